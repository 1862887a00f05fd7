// The reader's settings. They, and never what was said, are kept in this browser.

const USUAL = { size: "1", pace: "1", volume: "0.6", captions: "on", touch: "on" };

export const setting = (name) => localStorage.getItem(`harken:${name}`) ?? USUAL[name] ?? "off";
export const on = (name) => setting(name) === "on";

/** Keeps what a field of the settings says. */
export function keep({ name, type, value, checked }) {
	localStorage.setItem(`harken:${name}`, type !== "checkbox" ? value : checked ? "on" : "off");
	settle();
}

/** Puts the settings into their fields. */
export function show(form) {
	for (const field of form.querySelectorAll("[name]")) {
		field.value = setting(field.name);
		field.checked = on(field.name);
	}
}

function settle() {
	const root = document.documentElement;
	for (const name of ["stilled", "plain", "no-digits"]) root.classList.toggle(name, on(name));
	root.style.setProperty("--size", setting("size"));
}
settle();
