// Behind the scene, on a thread of its own: keeps the stage and its pace, and sends pictures to the front.

import { Pace } from "../pace.mjs";
import { Stage } from "./stage.mjs";

const FRAME = 1000 / 30;
const SLOW = 50;
const HOPELESS = 150;
const STILL_AT = 11.3;

const post = (message, pictures = []) => self.postMessage(message, pictures);

class Backstage {
  /** @param {Art} art */
  constructor(art) {
    this.canvas = new OffscreenCanvas(16, 16);
    this.stage = new Stage(this.canvas, art);
    this.pace = new Pace();
    this.mode = "stills";
    this.hidden = this.ready = this.running = this.forced = false;
    this.voice = this.unravel = this.last = this.due = 0;
    this.spent = [];
  }

  take({ type, ...what }) {
    if (type === "hold") this.pace.held = what.held;
    if (type === "swell") this.pace.swell = 1;
    if (type === "size") this.stage.size(what.w, what.h, what.dense);
    if (type === "mode") [this.mode, this.forced] = [what.mode, what.forced];
    if (type === "hidden") this.hidden = what.hidden;
    if (type === "mood") {
      Object.assign(this.stage.mood, what.mood);
      this.pace.light = what.mood.light ?? this.pace.light;
      this.voice = what.mood.voice ?? this.voice;
      if (!this.ready) this.unravel = this.stage.unravel;
      this.ready = true;
    }
    if (this.ready && !this.due && ["size", "mode", "mood", "hidden"].includes(type)) this.due = setTimeout(() => this.#show(), 20);
  }

  /** Shows how things are now, once, however many messages said so. */
  #show() {
    this.due = 0;
    guard(() => {
      this.stage.set({});
      if (this.mode === "live") this.#run();
      else if (!this.hidden) this.#stills();
    });
  }

  /** One picture, or three of a breath, for a page that does not move. */
  #stills() {
    this.unravel = this.stage.unravel;
    const at = this.mode === "still" ? [0.12 + 0.6 * this.pace.light] : [0.06, 0.5, 1];
    const pictures = at.map((breath) => this.#picture(STILL_AT, breath, { voice: 0.4, lean: 0.35 }));
    post({ type: "stills", pictures, shown: this.stage.scenery }, pictures);
  }

  #picture(T, breath, how) {
    this.stage.draw(T, breath, { unravel: this.unravel, ...how });
    return this.canvas.transferToImageBitmap();
  }

  #run() {
    if (this.running) return;
    this.running = true;
    const turn = () => {
      this.running = !this.hidden && this.mode === "live";
      if (!this.running) return;
      const now = performance.now();
      const dt = Math.min(0.1, (now - (this.last || now)) / 1000);
      this.last = now;
      const breath = this.pace.step(dt);
      this.voice += (0.15 - this.voice) * Math.min(1, dt / 4);
      this.unravel += (this.stage.unravel - this.unravel) * Math.min(1, dt / 3);
      if (this.spent.length < 4) this.stage.settle();
      const picture = this.#picture(this.pace.clock + STILL_AT, breath, { voice: this.voice, lean: breath });
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
function guard(run) {
  try {
    run();
  } catch (error) {
    post({ type: "failed", why: String(error) });
  }
}

self.onmessage = ({ data }) => guard(() => {
  if (data.type === "art") backstage = new Backstage(data.art);
  else backstage?.take(data);
});
