// Keys, touch and gamepads.

import { root } from "./make.mjs";
import { WHOLE_BREATH } from "./pace.mjs";

const TURNS = { PageDown: 1, PageUp: -1, ArrowDown: .25, ArrowUp: -.25 };
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const DOES = { Escape: "menu", "?": "help", F1: "help", 0: "wake", "-": "skip" };
const OURS = "a, button, input, textarea, select, summary, label, dialog, nav, harken-log, harken-keep";
const PAD = { 0: "Enter", 1: "Shift", 2: " ", 3: "?", 9: "Escape", 12: "1", 15: "2", 13: "3", 14: "4" };

export class Hand {
	held = 0;

	constructor(player) {
		this.player = player;
		addEventListener("keydown", (event) => this.#key(event) && event.preventDefault());
		addEventListener("keyup", ({ key }) => key === " " && this.release());
		addEventListener("pointerdown", ({ button, target, clientX, clientY }) => {
			if (button !== 0 || target.closest(OURS)) return;
			if (player.log.busy) player.log.goOn();
			else if (!player.touch(clientX, clientY)) this.hold();
		});
		for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => this.release());
		addEventListener("blur", () => this.release(true));
		addEventListener("gamepadconnected", () => this.#pad());
	}

	#key({ key, target, repeat, ctrlKey, metaKey, altKey }) {
		const { player } = this;
		const { log, scene, offers, box, mood, menu, at } = player;
		const writing = target.matches("input, textarea, select");
		const pressing = target.matches("button, summary");
		if (ctrlKey || metaKey || altKey || (menu.open && !["?", "F1"].includes(key))) return false;
		if (DOES[key] && (!writing || ["Escape", "F1"].includes(key))) player.do(DOES[key]);
		else if (writing) return false;
		else if (at === "keep" && STEPS[key]) scene.walk(...STEPS[key]);
		else if (at !== "talk") return false;
		else if (log.busy && key !== "Tab") {
			log.goOn();
			return !pressing;
		} else if (key === " " && !pressing) repeat || this.hold();
		else if (STEPS[key] && mood.view === "desert" && !log.contains(target)) scene.walk(...STEPS[key]);
		else if (TURNS[key] && !log.contains(target)) log.turn(TURNS[key]);
		else if (/^[1-9]$/.test(key) && !root.matches(".no-digits")) return offers.press(key);
		else {
			if (/^\p{L}$/u.test(key)) box.area.focus();
			return false;
		}
		return true;
	}

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
		if (whole && !lost) this.player.do("stay");
	}

	#pad(before = {}) {
		const now = {};
		for (const pad of navigator.getGamepads()) pad?.buttons.forEach(({ pressed }, i) => (now[i] ||= pressed));
		for (const [i, key] of Object.entries(PAD)) {
			if (!now[i] === !before[i]) continue;
			const { log, menu } = this.player;
			if (key === "Enter" && now[i] && !log.busy) /** @type {HTMLElement} */ (document.activeElement).click();
			else if (key === "Escape" && now[i] && menu.open) menu.close();
			else document.body.dispatchEvent(new KeyboardEvent(now[i] ? "keydown" : "keyup", { key, bubbles: true }));
		}
		if (Object.keys(now).length) requestAnimationFrame(() => this.#pad(now));
	}
}
