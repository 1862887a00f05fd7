// The stage: paints what a scene is made of once, then lights it, frame by frame. Knows nothing of the page.

import { between, chance, clamp, frame, mix, smooth } from "./draw.mjs";
import { brushes, context, drop, noise, texture, vertices } from "./gl.mjs";
import { choose, draw } from "./drawn.mjs";
import { mapOf, paintScars } from "./scars.mjs";
import { faces } from "./shards.mjs";
import { lay } from "./strokes.mjs";

const HEARTS_MOST = 96;
const MOTHS = 150;
/** What a sheet is, for the light: the far shore, wood, books, leaves, what is close. */
const [DISTANT, WOOD, BOOKS, LEAVES, CLOSE] = [0, 1, 2, 3, 5];
const CORNERS = [[-2.4, -1.7], [2.4, -1.7], [-2.4, 1.7], [2.4, -1.7], [-2.4, 1.7], [2.4, 1.7]];
/** A palette's colours, in the order the shaders know them. Each is light, not paint, and may go above one. */
const COLOURS = ["top", "mid", "low", "sun", "deep", "star", "fill", "key"];
const EYE = [1, 0, 0, 0, 1];

/** The palette as it is now; breath, ash and ache are 0 to 1: indigo, rose and gold with the breath, ash as it comes apart. */
function colours(p, breath, ash, ache) {
  const [a, b, t] = breath < 0.5 ? [p.indigo, p.rose, breath * 2] : [p.rose, p.gold, breath * 2 - 1];
  return new Float32Array(COLOURS.flatMap((name) => {
    const now = between(between(a[name], b[name], t), p.ash[name], ash);
    const grey = 0.3 * now[0] + 0.55 * now[1] + 0.15 * now[2];
    return between(now, [grey * 0.94, grey * 0.92, grey * 1.14], ache * 0.2);
  }));
}

export class Stage {
  /** @param {Art} art what was fetched; @param {(name: string) => Promise<any>} fetched gives a painting by name */
  constructor(canvas, art, fetched) {
    Object.assign(this, { canvas, art, fetched });
    this.gl = context(canvas);
    this.brushes = brushes(this.gl, art.light);
    this.noise = texture(this.gl, noise(chance(7)));
    this.moth = texture(this.gl, art.moth);
    this.none = texture(this.gl, { data: new Uint8Array(4), size: 1 });
    this.empty = this.gl.createVertexArray();
    this.view = frame(1280, 720, 1);
    /** @type {Partial<Mood>} */ this.mood = { view: "plain", closeness: 1, ache: 0, clock: 0, voice: 0, motion: 0.5, books: [], scars: [], shards: [] };
    /** What is painted, by the set or the painting it is, for one size. */ this.painted = {};
    /** The paintings that were fetched. */ this.paintings = {};
  }

  size(w, h, dense) {
    this.view = frame(w, h, dense);
    [this.canvas.width, this.canvas.height] = [this.view.w, this.view.h];
    this.gl.viewport(0, 0, this.view.w, this.view.h);
    for (const { textures, shards, moths } of Object.values(this.painted)) {
      textures.forEach((t) => this.gl.deleteTexture(t));
      [shards, moths].forEach((array) => drop(this.gl, array));
    }
    this.painted = {};
    this.scene = null;
  }

  /** Which picture is meant; `scenery` and `scene` are the one that is ready. */
  get meant() {
    return this.mood.view in this.art.scenes ? this.mood.view : "plain";
  }

  /** How far things have come apart. */
  get unravel() {
    const { phase, clock } = this.mood;
    return phase === "unravelling" ? 0.28 + 0.66 * smooth(0.7, 1, clock) : 0;
  }

  /** Makes ready what the mood asks for; draws nothing. */
  async ready() {
    const needed = ({ cast = [], set }) => [...cast.map(({ art }) => art), ...({ hall: ["hall"], shore: ["hall"], room: ["room"] }[set] ?? [])];
    for (let name; (name = needed(this.art.scenes[this.meant]).find((each) => !this.paintings[each])); ) this.paintings[name] = await this.fetched(name);
    this.scenery = this.meant;
    this.scene = this.art.scenes[this.scenery];
    const { set, cast = [] } = this.scene;
    this.set = this.painted[set + (set === "shards" ? this.mood.shards.length : "")] ??= this.#set(set);
    for (const each of cast) this.painted[each.art] ??= this.#lay(each);
    this.#beat();
    this.#mark();
  }

  /** How many dots of ours a length of the picture has. */
  #dots(wide, tall) {
    return mix(wide, tall, this.view.upright) * this.view.scale;
  }

  #lay({ art, k, tall }) {
    const dots = tall ? this.#dots(150, 150) : this.#dots(...k);
    const { paint, facing } = lay(this.paintings[art], Math.min(dots, 420));
    const textures = [paint, facing].map((picture) => texture(this.gl, picture));
    return { paint: textures[0], facing: textures[1], textures };
  }

  #set(set) {
    const { gl, view } = this;
    const textures = [];
    const own = (picture) => picture && textures[textures.push(texture(gl, picture)) - 1];
    const make = (kind, depth, picture, data) => ({ kind, depth, picture: own(picture), data: own(data) });
    if (set === "shards") {
      const numbers = faces(this.mood.shards.length);
      return { sheets: [], textures, shards: vertices(gl, numbers, [3, 3, 2], false), corners: numbers.length / 8 };
    }
    if (set === "room") return { sheets: [make("room", 0.4, draw(this.paintings.room, view).room)], textures };
    if (set === "shore") return { sheets: [make(DISTANT, 0, draw(this.paintings.hall, view, ["shore"]).shore)], textures };
    const hall = draw(this.paintings.hall, view);
    const sheets = [make(DISTANT, 0, hall.far), make(WOOD, 1, hall.wood), make(BOOKS, 1, hall.books, hall.data), make(LEAVES, 1, hall.arch), make(CLOSE, 2.4, hall.near)];
    const found = hall.found.filter(({ at: [x, y] }) => x > view.left && x < view.right && y > view.top && y < view.bottom);
    const rnd = chance(29);
    const perch = (i) => found[(i * 7) % found.length]?.at ?? [0, -100];
    const moths = vertices(gl, Array.from({ length: MOTHS }, (_, i) => [...perch(i), rnd(), rnd()]).flat(), [2, 2], true);
    return { sheets, textures, heroes: choose(found, HEARTS_MOST), moths };
  }

  /** Gives each telling's book its heart: nearness, stillness, and a phase of its own. */
  #beat() {
    const { heroes = [] } = this.set;
    const books = this.mood.books.slice(0, heroes.length);
    drop(this.gl, this.hearts);
    this.hearts = books.length && vertices(this.gl, books.flatMap(([near, still], i) => {
      const [a, b, c, d] = heroes[i].corners;
      const along = (u, v, k) => (a[k] + c[k]) / 2 + ((d[k] - a[k]) / 2) * u + ((b[k] - a[k]) / 2) * v;
      return CORNERS.flatMap(([u, v]) => [along(u, v, 0), along(u, v, 1), u, v, near, still ? 1 : 0, ((i * 37) % 100) / 100]);
    }), [2, 2, 3], false);
  }

  /** Draws the scars that lie on this scene's hands. */
  #mark() {
    const { scars, newScar } = this.mood;
    const cast = this.scene.cast?.find(({ slots }) => slots);
    if (this.scars) this.gl.deleteTexture(this.scars);
    this.scars = null;
    if (!cast) return;
    const box = (strokes) => strokes.map((line) => line.map(([x, y]) => [(x - 500) / 470, (y - 500) / 470]));
    const some = this.scenery === "waking" ? (newScar ? [{ lines: box(newScar.strokes), touched: true }] : []) : scars.map(({ id, touched }) => ({ lines: mapOf(id), touched }));
    this.scars = texture(this.gl, paintScars(this.paintings[cast.art].size, Math.min(this.#dots(...cast.k), 300), cast.slots, some));
  }

  /** Draws one moment: T in seconds, the breath from 0 to 1. */
  draw(T, breath, { unravel = this.unravel, voice = this.mood.voice, lean = breath, walk = { x: 0, z: 0 }, gone = this.mood.jar?.dissolve ?? 0, reveal = 1 } = {}) {
    const { gl, mood, scene, set } = this;
    const palette = this.art.palettes[scene.palette];
    const { sun, water, cloud } = palette.frame;
    const ache = clamp(mood.ache / 10);
    const [zoom, right, down, blur, light] = scene.eye ?? EYE;
    const shudder = unravel * 2.2 * (Math.sin(T * 7.1) * Math.sin(T * 1.3) + 0.5 * Math.sin(T * 11.3)) * mood.motion;
    const page = this.view;
    const V = [page.x + right * page.scale, page.y + (down + shudder) * page.scale, page.scale * zoom, page.h];
    const W = [page.x, page.y, page.scale, page.h];
    const common = {
      V, W, R: [page.w, page.h], T, breath, unravel, ache, voice, lean, light, blur: blur && Math.max(0.1, blur + Math.log2(page.scale / 0.84)),
      C: colours(palette, breath, smooth(0.1, 1, unravel), ache), F: [...sun, water, cloud], A: { int: 0 }, D: { int: 1 }, S: { int: 2 }, N: { int: 7 },
    };
    const paint = (name, more = {}, array = this.empty, ...pictures) => {
      pictures.forEach((picture, i) => picture && this.#bind(i, picture));
      this.brushes[name]({ ...common, ...more });
      gl.bindVertexArray(array);
    };
    const quad = (...all) => {
      paint(...all);
      gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
    };
    this.#bind(7, this.noise);
    this.#backdrop(paint, V, zoom);
    const cast = () => {
      for (const each of scene.cast ?? []) this.#cast(each, (more) => quad("cast", { ...more, V: W, reveal }, this.empty, this.painted[each.art].paint, this.painted[each.art].facing, this.scars ?? this.none));
    };
    if (set.shards) {
      const touched = mood.shards.findIndex((shard) => shard.touched);
      paint("shard", { walk: [walk.x, walk.z, mood.shards.length], touched }, set.shards);
      gl.drawArrays(gl.TRIANGLES, 0, set.corners);
    }
    for (const { kind, depth, picture, data } of set.sheets) {
      if (kind === CLOSE && !scene.eye) cast();
      if (kind === "room") quad("room", { depth }, this.empty, picture);
      else if (kind !== CLOSE || !scene.eye) quad("sheet", { depth, kind: { int: kind } }, this.empty, picture, data);
      if (kind !== BOOKS || !this.hearts) continue;
      paint("heart", {}, this.hearts);
      gl.drawArrays(gl.TRIANGLES, 0, Math.min(mood.books.length, set.heroes.length) * 6);
    }
    if (!set.moths || scene.eye) cast();
    if (scene.jar) quad("jar", { V: W, B: this.#jar(), depth: 2.4, flip: 1, hum: mood.jar?.hum ?? 0.5, gone, O: new Float32Array(scene.jar.outline.flatMap((point) => [...point, 0])) });
    paint("dust");
    gl.drawArrays(gl.POINTS, 0, 70);
    if (set.moths && unravel > 0) {
      paint("moth", {}, set.moths, this.moth);
      gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, MOTHS);
    }
    paint("air", { V: W });
    gl.drawArrays(gl.TRIANGLES, 0, 3);
  }

  #bind(unit, picture) {
    this.gl.activeTexture(this.gl.TEXTURE0 + unit);
    this.gl.bindTexture(this.gl.TEXTURE_2D, picture);
  }

  /** Sky and water; where the hall hides them, they are not drawn. */
  #backdrop(paint, [x, y, scale], zoom) {
    const { gl, view } = this;
    const whole = [view.left * 2, view.top * 2, view.right * 2, view.bottom * 2];
    const open = this.set.moths && zoom < 1.2 ? [[-196, view.top, 196, 2], [-470, 0, 470, view.bottom]] : [whole];
    gl.enable(gl.SCISSOR_TEST);
    for (const [x0, y0, x1, y1] of open) {
      const [left, low] = [Math.max(0, Math.floor(x + x0 * scale)), Math.max(0, Math.floor(view.h - y - y1 * scale))];
      gl.scissor(left, low, Math.max(0, Math.ceil(x + x1 * scale) - left), Math.max(0, Math.ceil(view.h - y - y0 * scale) - low));
      paint("backdrop");
      gl.drawArrays(gl.TRIANGLES, 0, 3);
    }
    gl.disable(gl.SCISSOR_TEST);
  }

  #jar() {
    const { to, high } = this.scene.jar;
    const [x, y] = between(...to, this.view.upright);
    const h = mix(...high, this.view.upright);
    return [x - h * 0.4, y - h / 2, h * 0.8, h];
  }

  /** Where a painting lies. The one who stands comes nearer and clearer as the two of you are closer; twice, where there is water. */
  #cast(each, paint) {
    const { art, at, to, k, foot, tall, away, light, rim, chest = [0, 0, 0], ends = [0, 0, 0], depth = 1.2, water = 0, hang } = each;
    const { mood, view } = this;
    const [w, h] = this.paintings[art].size;
    const more = { L: light, L2: rim, chest, ends, depth, water, near: 1, ground: 0 };
    if (!tall) {
      const size = mix(...k, view.upright);
      const [x, y] = between(...to, view.upright);
      return paint({ ...more, B: [x - at[0] * size, (hang ? Math.min(y, view.top) : y) - at[1] * size, w * size, h * size], flip: 1 });
    }
    if (!mood.here) return null;
    const near = clamp((mood.closeness - 1) / 3.2 + 0.06);
    const z = away ? mix(3.2, 2.4, near) : mix(2.75, 1.75, near);
    const size = (430 * 1.22) / z / tall;
    const [x, y] = [mix(16, 30, near), (430 * 0.99) / z];
    const B = [x - foot[0] * size, y - foot[1] * size, w * size, h * size];
    for (const flip of away ? [1] : [-1, 1]) paint({ ...more, B, near, flip, ground: y });
    return null;
  }

  /** Waits until what was asked for is drawn, so that it can be timed. */
  settle() {
    this.gl.readPixels(0, 0, 1, 1, this.gl.RGBA, this.gl.UNSIGNED_BYTE, new Uint8Array(4));
  }
}
