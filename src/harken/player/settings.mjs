// The reader's settings. They, and never what was said, are kept in this browser.

const USUAL = { size: "1", pace: "1", volume: "0.6", captions: "on", touch: "on" };
const CLASSES = ["stilled", "plain", "no-digits"];

export const setting = (name) => localStorage.getItem(`harken:${name}`) ?? USUAL[name] ?? "off";
export const on = (name) => setting(name) === "on";

/** Keeps what a field of the settings says. */
export function keep(field) {
  localStorage.setItem(`harken:${field.name}`, field.type !== "checkbox" ? field.value : field.checked ? "on" : "off");
  settle();
}

/** Puts the settings into their fields. */
export function show(form) {
  for (const field of form.querySelectorAll("[name]")) {
    if (field.type === "checkbox") field.checked = on(field.name);
    else field.value = setting(field.name);
  }
}

function settle() {
  const root = document.documentElement;
  for (const name of CLASSES) root.classList.toggle(name, on(name));
  root.style.setProperty("--size", setting("size"));
}
settle();
