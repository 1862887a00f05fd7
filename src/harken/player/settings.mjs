// The reader's settings, kept in this browser.

import { root } from "./make.mjs";

const USUAL = { size: "1", pace: "1", volume: ".6", captions: "on", touch: "on" };

export const setting = (name) => localStorage.getItem(`harken:${name}`) ?? USUAL[name] ?? "off";
export const on = (name) => setting(name) === "on";

export function keep({ name, type, value, checked }) {
	localStorage.setItem(`harken:${name}`, type !== "checkbox" ? value : checked ? "on" : "off");
	settle();
}

function settle() {
	for (const name of ["stilled", "plain", "no-digits"]) root.classList.toggle(name, on(name));
	root.style.setProperty("--size", setting("size"));
}
settle();
