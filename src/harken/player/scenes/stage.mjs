// Paints a scene once, then lights it, frame by frame.

import { between, chance, clamp, FOCAL, frame, mix, smooth } from "./draw.mjs";
import { brushes, context, drop, noise, texture, vertices } from "./gl.mjs";
import { choose, draw } from "./drawn.mjs";
import { mapOf, paintScars } from "./scars.mjs";
import { faces } from "./shards.mjs";
import { lay } from "./strokes.mjs";

const HEARTS_MOST = 96;
const MOTHS = 150;
const BOOKS = 2;
const COLOURS = ["top", "mid", "low", "sun", "deep", "star", "fill", "key"];

function colours(p, breath, ash, ache) {
	const [a, b, t] = breath < .5 ? [p.indigo, p.rose, breath * 2] : [p.rose, p.gold, breath * 2 - 1];
	return new Float32Array(COLOURS.flatMap((name) => {
		const now = between(between(a[name], b[name], t), p.ash[name], ash);
		const grey = .3 * now[0] + .55 * now[1] + .15 * now[2];
		return between(now, [grey * .94, grey * .92, grey * 1.14], ache * .2);
	}));
}

export class Stage {
	constructor(canvas, art, fetched) {
		const gl = (this.gl = context(canvas));
		this.canvas = canvas;
		this.art = art;
		this.fetched = fetched;
		this.brushes = brushes(gl, art.light);
		this.noise = texture(gl, noise(chance(7)), gl.REPEAT);
		this.moth = texture(gl, art.moth);
		this.none = texture(gl, new ImageData(1, 1));
		this.quad = gl.createVertexArray();
		this.specks = Object.assign(gl.createVertexArray(), { mode: gl.POINTS, count: 70 });
		this.view = frame(1280, 720, 1);
		/** @type {Partial<Mood>} */
		this.mood = { view: "plain", closeness: 1, ache: 0, clock: 0, voice: 0, motion: .5, books: [], scars: [], shards: [] };
		this.painted = {};
		this.paintings = {};
	}

	size(w, h, dense) {
		const { gl, canvas } = this;
		this.view = frame(w, h, dense);
		Object.assign(canvas, { width: this.view.w, height: this.view.h });
		gl.viewport(0, 0, canvas.width, canvas.height);
		for (const { textures, shards, moths } of Object.values(this.painted)) {
			textures.forEach((t) => gl.deleteTexture(t));
			[shards, moths].forEach((array) => drop(gl, array));
		}
		this.painted = {};
		this.scene = null;
	}

	get unravel() {
		const { phase, clock } = this.mood;
		return phase === "unravelling" ? .28 + .66 * smooth(.7, 1, clock) : 0;
	}

	async ready() {
		const { painted, paintings } = this;
		const meant = () => this.art.scenes[this.mood.view] ?? this.art.scenes.plain;
		const needed = ({ cast = [], set }) => [...cast.map(({ art }) => art), this.art.scenes.sets[set].art].filter((name) => name && !paintings[name]);
		for (let name; ([name] = needed(meant())), name; ) paintings[name] = await this.fetched(name);
		this.scenery = this.mood.view;
		this.scene = meant();
		const { set, cast = [] } = this.scene;
		this.set = this.painted[set + (set === "shards" ? this.mood.shards.length : "")] ??= this.#set(set);
		for (const each of cast) this.painted[each.art] ??= this.#lay(each);
		this.#beat();
		this.#mark();
	}

	#dots(wide, tall) {
		return mix(wide, tall, this.view.upright) * this.view.scale;
	}

	#lay({ art, k = [150, 150] }) {
		return { textures: lay(this.paintings[art], Math.min(this.#dots(...k), 420)).map((picture) => texture(this.gl, picture)) };
	}

	#set(name) {
		const { gl, view } = this;
		const { art, names } = this.art.scenes.sets[name];
		const textures = [];
		const own = (picture) => picture && textures[textures.push(texture(gl, picture)) - 1];
		if (!art) return { sheets: [], textures, shards: vertices(gl, faces(this.mood.shards.length), [3, 3, 2]) };
		const { found, ...drawn } = draw(this.paintings[art], view, names.flatMap(([sheet, , , data]) => [sheet, data]));
		const sheets = names.map(([sheet, kind, depth, data]) => ({ kind, depth, pictures: [own(drawn[sheet]), own(drawn[data])] }));
		if (name !== "hall") return { sheets, textures };
		const seen = found.filter(({ at: [x, y] }) => x > view.left && x < view.right && y > view.top && y < view.bottom);
		const rnd = chance(29);
		const perch = (i) => seen[(i * 7) % seen.length]?.at ?? [0, -100];
		const moths = vertices(gl, Array.from({ length: MOTHS }, (_, i) => [...perch(i), rnd(), rnd()]).flat(), [2, 2], true);
		return { sheets, close: sheets.pop(), textures, heroes: choose(seen, HEARTS_MOST), moths };
	}

	#beat() {
		const { heroes = [] } = this.set;
		const books = this.mood.books.slice(0, heroes.length);
		drop(this.gl, this.hearts);
		const rows = books.flatMap(([near, still], i) => [...heroes[i].corners.flat(), near, still ? 1 : 0, (i * .37) % 1]);
		this.hearts = books.length ? vertices(this.gl, rows, [4, 4, 3], true) : null;
	}

	#mark() {
		const { scars, newScar } = this.mood;
		const cast = this.scene.cast?.find(({ slots }) => slots);
		this.gl.deleteTexture(this.scars);
		this.scars = null;
		if (!cast) return;
		const box = (strokes) => strokes.map((line) => line.map(([x, y]) => [(x - 500) / 470, (y - 500) / 470]));
		const some = this.scenery !== "waking" ? scars.map(({ id, touched }) => ({ lines: mapOf(id), touched })) : newScar ? [{ lines: box(newScar.strokes), touched: true }] : [];
		this.scars = texture(this.gl, paintScars(this.paintings[cast.art].size, Math.min(this.#dots(...cast.k), 300), cast.slots, some));
	}

	draw(T, breath, { unravel = this.unravel, voice = this.mood.voice, lean = breath, walk = { x: 0, z: 0 }, gone = this.mood.jar?.dissolve ?? 0, reveal = 1 } = {}) {
		const { gl, mood, scene, set, view } = this;
		const palette = this.art.palettes[scene.palette];
		const { sun, water, cloud } = palette.frame;
		const ache = clamp(mood.ache / 10);
		const [zoom, right, down, blur, light] = scene.eye ?? [1, 0, 0, 0, 1];
		const shudder = unravel * 2.2 * (Math.sin(T * 7.1) * Math.sin(T * 1.3) + .5 * Math.sin(T * 11.3)) * mood.motion;
		const V = [view.x + right * view.scale, view.y + (down + shudder) * view.scale, view.scale * zoom, view.h];
		const W = [view.x, view.y, view.scale, view.h];
		const common = {
			V, W, R: [view.w, view.h], T, breath, unravel, ache, voice, lean, light, blur: blur && Math.max(.1, blur + Math.log2(view.scale / .84)),
			C: colours(palette, breath, smooth(.1, 1, unravel), ache), F: [...sun, water, cloud], A: { int: 0 }, D: { int: 1 }, S: { int: 2 }, N: { int: 7 },
		};
		const bind = (picture, unit) => {
			if (!picture) return;
			gl.activeTexture(gl.TEXTURE0 + unit);
			gl.bindTexture(gl.TEXTURE_2D, picture);
		};
		const paint = (name, own = {}, pictures = [], array = this.quad) => {
			pictures.forEach(bind);
			this.brushes[name]({ ...common, ...own });
			gl.bindVertexArray(array);
			gl.drawArraysInstanced(array.mode ?? gl.TRIANGLE_STRIP, 0, array.count ?? 4, array.times ?? 1);
		};
		const sheet = ({ kind, depth, pictures }) => {
			paint(scene.set === "room" ? "room" : "sheet", { depth, kind: { int: kind } }, pictures);
			if (kind === BOOKS && this.hearts) paint("heart", {}, [], this.hearts);
		};
		bind(this.noise, 7);
		paint("backdrop", { open: set.moths && !unravel && zoom < 1.2 ? 1 : 0 });
		if (set.shards) paint("shard", { walk: [walk.x, walk.z, mood.shards.length], touched: mood.shards.findIndex((shard) => shard.touched) }, [], set.shards);
		set.sheets.forEach(sheet);
		if (scene.jar) paint("jar", { V: W, B: this.#jar(scene.jar), depth: 2.4, flip: 1, hum: mood.jar?.hum ?? .5, gone, O: new Float32Array(scene.jar.outline.flatMap((point) => [...point, 0])) });
		for (const each of scene.cast ?? []) for (const own of this.#places(each)) paint("cast", { ...own, V: W, reveal }, [...this.painted[each.art].textures, this.scars ?? this.none]);
		if (set.close && !scene.eye) sheet(set.close);
		paint("dust", {}, [], this.specks);
		if (set.moths && unravel > 0) paint("moth", {}, [this.moth], set.moths);
		paint("air", { V: W });
	}

	#jar({ to, high }) {
		const [x, y] = between(...to, this.view.upright);
		const h = mix(...high, this.view.upright);
		return [x - h * .4, y - h / 2, h * .8, h];
	}

	#places({ art, at, to, k, foot, tall, away, light, rim, chest = [0, 0, 0], ends = [0, 0, 0], depth = 1.2, water = 0, hang }) {
		const { mood, view } = this;
		const [w, h] = this.paintings[art].size;
		const own = { L: light, L2: rim, chest, ends, depth, water, near: 1, ground: 0, flip: 1 };
		const box = (x, y, [px, py], size) => [x - px * size, y - py * size, w * size, h * size];
		if (!tall) {
			const [x, y] = between(...to, view.upright);
			return [{ ...own, B: box(x, hang ? Math.min(y, view.top) : y, at, mix(...k, view.upright)) }];
		}
		if (!mood.here) return [];
		const near = clamp((mood.closeness - 1) / 3.2 + .06);
		const z = away ? mix(3.2, 2.4, near) : mix(2.75, 1.75, near);
		const ground = (FOCAL * .99) / z;
		const B = box(mix(16, 30, near), ground, foot, (FOCAL * 1.22) / z / tall);
		return (away ? [1] : [-1, 1]).map((flip) => ({ ...own, B, near, flip, ground }));
	}

	settle() {
		this.gl.readPixels(0, 0, 1, 1, this.gl.RGBA, this.gl.UNSIGNED_BYTE, new Uint8Array(4));
	}
}
