// <harken-scene>: live, or three stills that fade with the breath, or one.

import { calm } from "./make.mjs";
import { Pace } from "./pace.mjs";
import { frame } from "./scenes/draw.mjs";
import { boxes as scarred } from "./scenes/scars.mjs";
import { before, boxes, within } from "./scenes/shards.mjs";

const [LIVE_MOST, STILL_MOST] = [1.3e6, 2.1e6];
const holds = ({ x, y, w, h }, px, py) => px >= x && px <= x + w && py >= y && py <= y + h;
const at = (path) => new URL(path, import.meta.url).href;

async function bitmap(path) {
	const picture = Object.assign(new Image(), { src: at(path) });
	await picture.decode();
	return createImageBitmap(picture);
}

function thread() {
	const url = at("scenes/worker.mjs");
	const policy = globalThis.trustedTypes?.createPolicy("harken", { createScriptURL: () => url });
	return new Worker(policy?.createScriptURL("") ?? url, { type: "module" });
}

customElements.define("harken-scene", class extends HTMLElement {
	pace = new Pace();
	/** @type {any} */ mood = {};
	here = { x: 0, z: 0 };
	front = 0;
	last = 0;
	force = sessionStorage.getItem("harken:picture");
	/** @type {(type: string, what?: object) => void} */
	tell = () => {};

	connectedCallback() {
		this.pairs = [...this.children];
		// the words first, then the picture
		requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => void this.#start(), 90)));
		let wait = 0;
		new ResizeObserver(() => {
			clearTimeout(wait);
			wait = setTimeout(() => this.#size(), 160);
		}).observe(this);
		addEventListener("visibilitychange", () => this.tell("hidden", { hidden: document.hidden }));
		matchMedia("(prefers-reduced-motion: reduce)").addEventListener("change", () => this.settle());
	}

	set(mood) {
		Object.assign(this.mood, mood);
		this.pace.light = mood.light ?? this.pace.light;
		this.dataset.art = this.mood.view;
		this.tell("mood", { mood: this.mood });
	}

	walk(dx, dz) {
		this.#go(within({ x: this.here.x + dx * .5, z: this.here.z + dz * .5 }));
	}

	visit(index) {
		this.#go(before(index));
	}

	#go(to) {
		this.here = to;
		this.tell("walk", { to });
		this.dispatchEvent(new Event("walked"));
	}

	shardBoxes() {
		return boxes(this.#view, this.mood.shards?.length ?? 0, this.here);
	}

	scarBoxes() {
		const hands = this.mood.view === "palms" && this.scenes?.palms.cast.find(({ slots }) => slots);
		return hands ? scarred(hands, this.#view, this.mood.scars?.length ?? 0) : [];
	}

	shardAt(x, y) {
		return this.shardBoxes().findIndex((box) => box.near && holds(box, x, y));
	}

	scarAt(x, y) {
		return this.scarBoxes().findIndex((box) => holds(box, x, y));
	}

	get #view() {
		return frame(this.clientWidth || 1, this.clientHeight || 1, 1);
	}

	hold(held) {
		this.pace.held = held && !calm();
		this.tell("hold", { held: this.pace.held });
	}

	swell() {
		this.pace.swell = 1;
		this.tell("swell");
	}

	settle() {
		if (this.dataset.mode === "none") return;
		const mode = calm() ? "still" : this.force ?? (this.slow ? "stills" : "live");
		this.dataset.mode = mode;
		this.tell("mode", { mode, forced: this.force === "live" });
	}

	async #start() {
		try {
			if (this.force === "none") throw new Error("no picture is wanted");
			const of = async (name, kind = "json") => (await fetch(at(`art/${name}`)))[kind]();
			const all = [of("palettes.json"), of("scenes.json"), of("light.glsl", "text"), bitmap("art/moth.svg")];
			const [palettes, scenes, light, moth] = await Promise.all(all);
			this.scenes = scenes;
			const worker = thread();
			worker.onmessage = ({ data }) => this.#heard(data);
			worker.onerror = () => (this.dataset.mode = "none");
			worker.postMessage({ type: "art", art: { palettes, scenes, light, moth } }, [moth]);
			this.tell = (type, what) => worker.postMessage({ type, ...what });
			this.#size();
			this.settle();
			this.set({});
			requestAnimationFrame((now) => this.#breathe(now));
		} catch {
			this.dataset.mode = "none";
		}
	}

	#size() {
		const { clientWidth: w, clientHeight: h } = this;
		const most = this.slow || calm() ? STILL_MOST : LIVE_MOST;
		if (w && h) this.tell("size", { w, h, dense: Math.min(devicePixelRatio, 2, Math.sqrt(most / (w * h))) });
	}

	#heard({ type, pictures, mode, ms, shown, why }) {
		if (type === "failed") Object.assign(this.dataset, { mode: "none", why });
		if (ms) this.dataset.ms = ms;
		if (type === "mode") {
			this.slow = true;
			this.dataset.mode = mode;
		}
		if (!pictures) return;
		if (type === "stills" || this.dataset.shown !== shown) this.front = 1 - this.front;
		this.pairs.forEach((pair, i) => pair.classList.toggle("front", i === this.front));
		this.pairs[this.front].querySelectorAll("canvas").forEach((canvas, i) => {
			canvas.hidden = !pictures[i];
			if (pictures[i]) canvas.getContext("bitmaprenderer").transferFromImageBitmap(pictures[i]);
		});
		this.dataset.shown = shown;
		this.dataset.drawn = `${Number(this.dataset.drawn ?? 0) + 1}`;
	}

	#breathe(now) {
		requestAnimationFrame((next) => this.#breathe(next));
		const dt = now - this.last;
		if (this.dataset.mode !== "stills" || document.hidden || dt < 33) return;
		this.last = now;
		this.style.setProperty("--breath", this.pace.step(Math.min(.1, dt / 1000)).toFixed(3));
	}
});
