// Keys, touch and gamepads: what the hand does, told to the page as what the reader wants.

import { WHOLE_BREATH } from "./pace.mjs";

const TURNS = { PageDown: 1, PageUp: -1, ArrowDown: 0.25, ArrowUp: -0.25 };
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const DOES = { Escape: "menu", "?": "help", F1: "help", 0: "wake", "-": "skip" };
const OURS = "a, button, input, textarea, select, summary, label, dialog, nav, harken-log, harken-keep";
/** The keys that a gamepad's buttons are: the cross chooses among the first four, the left one breathes. */
const PAD = { 0: "Enter", 1: "Shift", 2: " ", 3: "?", 9: "Escape", 12: "1", 15: "2", 13: "3", 14: "4" };

export class Hand {
  held = 0;

  /** @param {any} player */
  constructor(player) {
    this.player = player;
    document.addEventListener("keydown", (event) => this.#key(event));
    document.addEventListener("keyup", ({ key }) => key === " " && this.release());
    document.addEventListener("pointerdown", ({ button, target, clientX, clientY }) => {
      if (button !== 0 || target.closest(OURS)) return;
      if (player.log.busy) player.log.goOn();
      else if (!player.touch(clientX, clientY)) this.hold();
    });
    for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => this.release());
    addEventListener("blur", () => this.release(true));
    addEventListener("gamepadconnected", () => this.#pad());
  }

  #key(event) {
    const { player } = this;
    const { key, target } = event;
    const writing = target.matches("input, textarea, select");
    const pressing = target.matches("button, summary");
    if (event.ctrlKey || event.metaKey || event.altKey || (player.menu.open && !["?", "F1"].includes(key))) return;
    const taken = () => {
      if (DOES[key] && (!writing || ["Escape", "F1"].includes(key))) player.do(DOES[key]);
      else if (writing) return false;
      else if (player.at === "keep" && STEPS[key]) player.scene.walk(...STEPS[key]);
      else if (player.at !== "talk") return false;
      else if (player.log.busy && key !== "Tab") {
        player.log.goOn();
        return !pressing;
      } else if (key === " " && !pressing) event.repeat || this.hold();
      else if (STEPS[key] && player.mood.view === "desert" && !player.log.contains(target)) player.scene.walk(...STEPS[key]);
      else if (TURNS[key] && !player.log.contains(target)) player.log.turn(TURNS[key]);
      else if (/^[1-9]$/.test(key) && !document.documentElement.classList.contains("no-digits")) return player.offers.press(key);
      else {
        if (/^\p{L}$/u.test(key)) player.box.area.focus();
        return false;
      }
      return true;
    };
    if (taken()) event.preventDefault();
  }

  /** Breathing with them: the sky turns while it lasts, and a whole breath is staying. */
  hold() {
    if (this.player.at !== "talk" || this.held) return;
    this.held = performance.now();
    this.player.breathing(true);
  }

  release(lost = false) {
    if (!this.held) return;
    const whole = performance.now() - this.held >= WHOLE_BREATH;
    this.held = 0;
    this.player.breathing(false);
    if (whole && !lost) this.player.choose(this.player.offers.find("stay"));
  }

  /** Reads the gamepads there are, for as long as there are any. */
  #pad(before = /** @type {any} */ ({})) {
    const now = {};
    for (const pad of navigator.getGamepads()) pad?.buttons.forEach(({ pressed }, i) => (now[i] ||= pressed));
    for (const [i, key] of Object.entries(PAD)) {
      if (Boolean(now[i]) === Boolean(before[i])) continue;
      const here = /** @type {HTMLElement} */ (document.activeElement);
      if (key === "Enter" && now[i] && !this.player.log.busy) here.click();
      else if (key === "Escape" && now[i] && this.player.menu.open) this.player.menu.close();
      else document.body.dispatchEvent(new KeyboardEvent(now[i] ? "keydown" : "keyup", { key, bubbles: true }));
    }
    if (Object.keys(now).length) requestAnimationFrame(() => this.#pad(now));
  }
}
