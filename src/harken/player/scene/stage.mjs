// The stage: paints a scene's sheets once, then lights them, frame by frame. Knows nothing of the page.

import { paintShards } from "./desert.mjs";
import { chance, clamp, mix, smooth } from "./draw.mjs";
import { BOX, shapeOf } from "./figure.mjs";
import { brushes, context, noise, texture, vertices } from "./gl.mjs";
import { paintArch, paintFar, paintNear } from "./growth.mjs";
import { paintHall } from "./hall.mjs";
import { colours } from "./palettes.mjs";

const HEARTS_MOST = 96;
const MOTHS = 120;
/** What a sheet is, for the light: the far shore, wood, books, leaves, shards, what is close. */
const [DISTANT, WOOD, BOOKS, LEAVES, SHARDS, CLOSE] = [0, 1, 2, 3, 4, 5];
const CORNERS = [[-2.4, -1.7], [2.4, -1.7], [-2.4, 1.7], [2.4, -1.7], [-2.4, 1.7], [2.4, 1.7]];

/** How a scene lies on a page of this size; `dense` pixels of ours to one of the page's. @returns {View} */
export function frame(w, h, dense) {
  const upright = 1 - smooth(0.75, 1.3, w / h);
  const [x, y] = [w * mix(0.665, 0.5, upright), h * mix(0.475, 0.225, upright)];
  const scale = mix(Math.max(h / 860, w / 1500), Math.max(w / 580, h / 1360), upright);
  return { w: Math.round(w * dense), h: Math.round(h * dense), scale: scale * dense, x: x * dense, y: y * dense,
    left: -x / scale, right: (w - x) / scale, top: -y / scale, bottom: (h - y) / scale };
}

export class Stage {
  /** @param {Art} art */
  constructor(canvas, art) {
    this.canvas = canvas;
    this.art = art;
    this.gl = context(canvas);
    this.brushes = brushes(this.gl, art.light);
    this.noise = texture(this.gl, noise(chance(7)));
    this.cast = { mask: texture(this.gl, shapeOf(art.figure)), paint: texture(this.gl, art.figure), moth: texture(this.gl, art.moth) };
    this.empty = this.gl.createVertexArray();
    this.view = frame(1280, 720, 1);
    /** @type {Mood} */ this.mood = { art: "plain", light: 0, phase: "", closeness: 1, ache: 0, clock: 0, here: false, voice: 0, books: [] };
    /** What is painted, by scene; all of it for one size. */ this.painted = {};
    this.now = { sheets: [], heroes: [] };
  }

  size(w, h, dense) {
    this.view = frame(w, h, dense);
    [this.canvas.width, this.canvas.height] = [this.view.w, this.view.h];
    this.gl.viewport(0, 0, this.view.w, this.view.h);
    for (const { sheets } of Object.values(this.painted)) for (const { picture, data } of sheets) [picture, data].forEach((t) => t && this.gl.deleteTexture(t));
    this.painted = {};
  }

  /** @param {Partial<Mood>} mood */
  set(mood) {
    Object.assign(this.mood, mood);
    this.now = this.painted[this.scenery] ??= this.#paint();
    this.#beat();
  }

  /** Which drawing the story's name for it means. */
  get scenery() {
    return this.mood.art in this.art.palettes ? this.mood.art : "plain";
  }

  /** How far things have come apart. */
  get unravel() {
    const { phase, clock } = this.mood;
    return phase === "unravelling" ? 0.28 + 0.66 * smooth(0.7, 1, clock) : phase === "waking" ? 1 : 0;
  }

  #paint() {
    const { gl, view } = this;
    const make = (kind, depth, picture, data) => ({ kind, depth, picture: texture(gl, picture), data: data && texture(gl, data) });
    if (this.scenery === "desert") return { sheets: [make(SHARDS, 0, paintShards(view))], heroes: [] };
    if (this.scenery === "plain") return { sheets: [make(DISTANT, 0, paintFar(view, false))], heroes: [] };
    const hall = paintHall(view, HEARTS_MOST);
    const sheets = [make(DISTANT, 0, paintFar(view, true)), make(WOOD, 1, hall.wood), make(BOOKS, 1, hall.books, hall.data), make(LEAVES, 1, paintArch(view)), make(CLOSE, 2.4, paintNear(view))];
    const rnd = chance(29);
    const perch = (i) => hall.perches[(i * 7) % hall.perches.length] ?? [0, -100];
    const moths = vertices(gl, Array.from({ length: MOTHS }, (_, i) => [...perch(i), rnd(), rnd()]).flat(), [2, 2], true);
    return { sheets, heroes: hall.heroes, moths };
  }

  /** Gives each telling's book its heart: nearness, stillness, and a phase of its own. */
  #beat() {
    const { heroes } = this.now;
    const books = this.mood.books.slice(0, heroes.length);
    this.hearts = books.length && vertices(this.gl, books.flatMap(([near, still], i) => {
      const [a, b, c, d] = heroes[i].corners;
      const along = (u, v, k) => (a[k] + c[k]) / 2 + ((d[k] - a[k]) / 2) * u + ((b[k] - a[k]) / 2) * v;
      return CORNERS.flatMap(([u, v]) => [along(u, v, 0), along(u, v, 1), u, v, near, still ? 1 : 0, ((i * 37) % 100) / 100]);
    }), [2, 2, 3], false);
  }

  /** Draws one moment: T in seconds, the breath from 0 to 1. */
  draw(T, breath, { unravel = this.unravel, voice = this.mood.voice, lean = breath } = {}) {
    const { gl, view, mood, scenery } = this;
    const palette = this.art.palettes[scenery];
    const { sun, water, cloud } = palette.frame;
    const ache = clamp(mood.ache / 10);
    const common = {
      V: [view.x, view.y, view.scale, view.h], R: [view.w, view.h], T, breath, unravel, ache, voice, lean,
      C: colours(palette, breath, smooth(0.1, 1, unravel), ache), F: [...sun, water, cloud], A: { int: 0 }, D: { int: 1 }, N: { int: 7 },
    };
    const paint = (name, more = {}, array = this.empty, ...pictures) => {
      [...pictures].forEach((picture, i) => picture && this.#bind(i, picture));
      this.brushes[name]({ ...common, ...more });
      gl.bindVertexArray(array);
    };
    this.#bind(7, this.noise);
    this.#backdrop(paint);
    const figure = () => this.#figure((more) => {
      paint("figure", more, this.empty, this.cast.mask, this.cast.paint);
      gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
    });
    for (const { kind, depth, picture, data } of this.now.sheets) {
      if (kind === CLOSE) figure();
      paint(kind === SHARDS ? "shards" : "sheet", { depth, kind: { int: kind } }, this.empty, picture, data);
      gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
      if (kind !== BOOKS || !this.hearts) continue;
      paint("heart", {}, this.hearts);
      gl.drawArrays(gl.TRIANGLES, 0, Math.min(mood.books.length, this.now.heroes.length) * 6);
    }
    if (scenery === "desert") figure();
    paint("dust");
    gl.drawArrays(gl.POINTS, 0, 70);
    if (scenery === "library" && unravel > 0) {
      paint("moth", {}, this.now.moths, this.cast.moth);
      gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, MOTHS);
    }
    paint("air");
    gl.drawArrays(gl.TRIANGLES, 0, 3);
  }

  #bind(unit, picture) {
    this.gl.activeTexture(this.gl.TEXTURE0 + unit);
    this.gl.bindTexture(this.gl.TEXTURE_2D, picture);
  }

  /** Sky and water; where the hall hides them, they are not drawn. */
  #backdrop(paint) {
    const { gl, view } = this;
    const open = this.scenery === "library" ? [[-196, view.top, 196, 2], [-470, 0, 470, view.bottom]] : [[view.left, view.top, view.right, view.bottom]];
    gl.enable(gl.SCISSOR_TEST);
    for (const [x0, y0, x1, y1] of open) {
      const [left, low] = [Math.max(0, Math.floor(view.x + x0 * view.scale)), Math.max(0, Math.floor(view.h - view.y - y1 * view.scale))];
      gl.scissor(left, low, Math.max(0, Math.ceil(view.x + x1 * view.scale) - left), Math.max(0, Math.ceil(view.h - view.y - y0 * view.scale) - low));
      paint("backdrop");
      gl.drawArrays(gl.TRIANGLES, 0, 3);
    }
    gl.disable(gl.SCISSOR_TEST);
  }

  /** The one who comes: nearer and clearer as the two of you are closer; twice where there is water. */
  #figure(paint) {
    if (!this.mood.here || this.scenery === "plain") return;
    const near = clamp((this.mood.closeness - 1) / 6);
    const desert = this.scenery === "desert";
    const z = desert ? mix(3.2, 2.4, near) : mix(2.75, 1.5, near);
    const k = (430 * 1.2) / z / (BOX.feet - 40);
    const B = [mix(16, 34, near), (430 * 0.98) / z, BOX.w * k, BOX.h * k];
    for (const flip of desert ? [1] : [-1, 1]) paint({ B, near, here: 1, flip });
  }

  /** Waits until what was asked for is drawn, so that it can be timed. */
  settle() {
    this.gl.readPixels(0, 0, 1, 1, this.gl.RGBA, this.gl.UNSIGNED_BYTE, new Uint8Array(4));
  }
}
