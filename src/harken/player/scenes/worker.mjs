// Behind the scene, on a thread of its own.

import { Pace } from "../pace.mjs";
import { Stage } from "./stage.mjs";

const FRAME = 1000 / 30;
const SLOW = 50;
const HOPELESS = 150;
const STILL_AT = 11.3;

const gentle = (now, to, part) => now + (to - now) * Math.min(1, part);
const fetched = async (name) => (await fetch(new URL(`../art/${name}.json`, import.meta.url))).json();

class Backstage {
	pace = new Pace();
	mode = "stills";
	time = STILL_AT;
	to = { x: 0, z: 0 };
	now = { voice: 0, unravel: 0, gone: 0, reveal: 0, walk: this.to };
	spent = [];
	hidden = false;
	forced = false;
	seen = "";

	constructor(art) {
		this.canvas = new OffscreenCanvas(16, 16);
		this.stage = new Stage(this.canvas, art, fetched);
	}

	take({ type, ...what }) {
		const { pace, stage, now } = this;
		if (type === "hold") pace.held = what.held;
		if (type === "swell") pace.swell = 1;
		if (type === "size") stage.size(what.w, what.h, what.dense);
		if (["mode", "hidden"].includes(type)) Object.assign(this, what);
		if (type === "walk") this.to = what.to;
		if (type === "mood") {
			Object.assign(stage.mood, what.mood);
			pace.light = what.mood.light ?? pace.light;
			now.voice = what.mood.voice ?? now.voice;
			if (!this.seen) now.unravel = stage.unravel;
			if (stage.mood.view !== this.seen) [this.seen, now.gone, now.reveal] = [stage.mood.view, 0, 0];
		}
		if (this.seen && !this.due && !["hold", "swell"].includes(type)) this.due = setTimeout(() => this.#show(), 20);
	}

	async #show() {
		try {
			await this.stage.ready();
			this.due = 0;
			if (this.mode !== "live") this.#stills();
			else if (!this.running) this.#run();
		} catch (error) {
			failed(error);
		}
	}

	#stills() {
		if (this.hidden) return;
		const { stage, pace } = this;
		this.now = { ...this.now, unravel: stage.unravel, walk: this.to, gone: stage.mood.jar?.dissolve ? .55 : 0, reveal: 1 };
		const at = this.mode === "still" ? [.12 + .6 * pace.light] : [.06, .5, 1];
		this.#post("stills", at.map((breath) => this.#picture(STILL_AT, breath, { voice: .4, lean: .35 })));
	}

	#picture(T, breath, how) {
		this.stage.draw(T, breath, { ...this.now, ...how });
		return this.canvas.transferToImageBitmap();
	}

	#post(type, pictures, ms) {
		self.postMessage({ type, pictures, shown: this.stage.scenery, mode: this.mode, ms }, pictures);
	}

	#run() {
		this.running = !this.hidden && this.mode === "live";
		if (!this.running) return;
		const start = performance.now();
		if (this.stage.scene) this.#frame(start);
		if (this.running) setTimeout(() => this.#run(), Math.max(4, FRAME - (performance.now() - start)));
	}

	#frame(start) {
		const { stage, now, to } = this;
		const dt = Math.min(.1, (start - (this.last ?? start)) / 1000);
		this.last = start;
		this.time += dt * (.5 + stage.mood.motion);
		now.voice = gentle(now.voice, .15, dt / 4);
		now.unravel = gentle(now.unravel, stage.unravel, dt / 3);
		now.gone = Math.min(stage.mood.jar?.dissolve ?? 0, now.gone + dt / 7);
		now.reveal = Math.min(1, now.reveal + dt / 7);
		now.walk = { x: gentle(now.walk.x, to.x, dt * 2), z: gentle(now.walk.z, to.z, dt * 2) };
		const timed = this.spent.length < 4;
		if (timed) stage.settle();
		const picture = this.#picture(this.time, this.pace.step(dt));
		if (timed) stage.settle();
		const spent = performance.now() - start;
		this.#post("frame", [picture], Math.round(spent));
		this.#weigh(spent);
	}

	#weigh(spent) {
		this.spent = [...this.spent, spent].slice(-40);
		const recent = this.spent.slice(1).slice(-5).sort((a, b) => a - b);
		const usual = recent[recent.length >> 1] ?? 0;
		if (this.forced || !(usual > HOPELESS || (recent.length > 3 && usual > SLOW))) return;
		this.running = false;
		this.mode = "stills";
		this.#post("mode", [], Math.round(usual));
		this.#stills();
	}
}

let backstage;

const failed = (error) => self.postMessage({ type: "failed", why: String(error) });

self.onmessage = ({ data }) => {
	try {
		if (data.type === "art") backstage = new Backstage(data.art);
		else backstage?.take(data);
	} catch (error) {
		failed(error);
	}
};
