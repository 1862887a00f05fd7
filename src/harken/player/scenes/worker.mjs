// Behind the scene, on a thread of its own: keeps the stage and its pace, and sends pictures to the front.

import { Pace } from "../pace.mjs";
import { Stage } from "./stage.mjs";

const FRAME = 1000 / 30;
const SLOW = 50;
const HOPELESS = 150;
const STILL_AT = 11.3;

const gentle = (now, to, part) => now + (to - now) * Math.min(1, part);
/** A painting, by name. */
const fetched = async (name) => (await fetch(new URL(`../art/${name}.json`, import.meta.url))).json();

const post = (message, pictures = []) => self.postMessage(message, pictures);

class Backstage {
  /** @param {Art} art */
  constructor(art) {
    this.canvas = new OffscreenCanvas(16, 16);
    this.stage = new Stage(this.canvas, art, fetched);
    this.pace = new Pace();
    this.mode = "stills";
    this.hidden = this.ready = this.running = this.forced = false;
    this.voice = this.unravel = this.gone = this.reveal = this.last = this.due = this.time = 0;
    this.walk = { x: 0, z: 0 };
    this.to = this.walk;
    this.spent = [];
  }

  take({ type, ...what }) {
    if (type === "hold") this.pace.held = what.held;
    if (type === "swell") this.pace.swell = 1;
    if (type === "size") this.stage.size(what.w, what.h, what.dense);
    if (type === "mode") [this.mode, this.forced] = [what.mode, what.forced];
    if (type === "hidden") this.hidden = what.hidden;
    if (type === "walk") this.to = what.to;
    if (type === "mood") {
      Object.assign(this.stage.mood, what.mood);
      this.pace.light = what.mood.light ?? this.pace.light;
      this.voice = what.mood.voice ?? this.voice;
      if (!this.ready) this.unravel = this.stage.unravel;
      if (this.stage.mood.view !== this.seen) [this.seen, this.gone, this.reveal] = [this.stage.mood.view, 0, 0];
      this.ready = true;
    }
    if (this.ready && !this.due && ["size", "mode", "mood", "hidden", "walk"].includes(type)) this.due = setTimeout(() => this.#show(), 20);
  }

  /** Shows how things are now, once, however many messages said so. */
  async #show() {
    try {
      await this.stage.ready();
      this.due = 0;
      if (this.mode === "live") this.#run();
      else if (!this.hidden) this.#stills();
    } catch (error) {
      failed(error);
    }
  }

  /** One picture, or three of a breath, for a page that does not move. */
  #stills() {
    [this.unravel, this.walk] = [this.stage.unravel, this.to];
    this.gone = this.stage.mood.jar?.dissolve ? 0.55 : 0;
    this.reveal = 1;
    const at = this.mode === "still" ? [0.12 + 0.6 * this.pace.light] : [0.06, 0.5, 1];
    const pictures = at.map((breath) => this.#picture(STILL_AT, breath, { voice: 0.4, lean: 0.35 }));
    post({ type: "stills", pictures, shown: this.stage.scenery }, pictures);
  }

  #picture(T, breath, how) {
    this.stage.draw(T, breath, { unravel: this.unravel, walk: this.walk, gone: this.gone, reveal: this.reveal, ...how });
    return this.canvas.transferToImageBitmap();
  }

  #run() {
    if (this.running) return;
    this.running = true;
    const turn = () => {
      this.running = !this.hidden && this.mode === "live";
      if (!this.running) return;
      if (!this.stage.scene) return void setTimeout(turn, FRAME);
      const now = performance.now();
      const dt = Math.min(0.1, (now - (this.last || now)) / 1000);
      this.last = now;
      const breath = this.pace.step(dt);
      this.time += dt * (0.5 + this.stage.mood.motion);
      this.voice = gentle(this.voice, 0.15, dt / 4);
      this.unravel = gentle(this.unravel, this.stage.unravel, dt / 3);
      this.gone = Math.min(this.stage.mood.jar?.dissolve ?? 0, this.gone + dt / 7);
      this.reveal = Math.min(1, this.reveal + dt / 7);
      this.walk = { x: gentle(this.walk.x, this.to.x, dt * 2), z: gentle(this.walk.z, this.to.z, dt * 2) };
      if (this.spent.length < 4) this.stage.settle();
      const picture = this.#picture(this.time + STILL_AT, breath, { voice: this.voice, lean: breath });
      if (this.spent.length < 4) this.stage.settle();
      const spent = performance.now() - now;
      post({ type: "frame", pictures: [picture], shown: this.stage.scenery, ms: Math.round(spent) }, [picture]);
      if (!this.#slow(spent)) setTimeout(turn, Math.max(4, FRAME - spent));
    };
    turn();
  }

  /** Frames that cost too much give way to stills. */
  #slow(spent) {
    this.spent = [...this.spent, spent].slice(-40);
    const recent = this.spent.slice(1).slice(-5).sort((a, b) => a - b);
    const usual = recent[recent.length >> 1] ?? 0;
    if (this.forced || !(usual > HOPELESS || (recent.length > 3 && usual > SLOW))) return false;
    this.running = false;
    this.mode = "stills";
    post({ type: "mode", mode: "stills", ms: Math.round(usual) });
    this.#stills();
    return true;
  }
}

let backstage = null;

/** Whatever goes wrong with the picture, the story goes on without it. */
const failed = (error) => post({ type: "failed", why: String(error) });

self.onmessage = ({ data }) => {
  try {
    if (data.type === "art") backstage = new Backstage(data.art);
    else backstage?.take(data);
  } catch (error) {
    failed(error);
  }
};
