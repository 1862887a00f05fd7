// Scars, as drawings: on the confider's palms small maps; on yours the line of a meeting.
// Red is the mark itself, green the light in it, blue how late it is drawn.

import { along, between, chance, mix, sheet, stroke } from "./draw.mjs";

/** How much larger what is near is seen, for each step of depth: the middle of a breath in light.glsl. */
const NEARER = 0.017;
/** Half of what a finger can touch. */
const LEAST = 22;
/** The glow of a touched scar: how wide, how bright. */
const GLOW = [[0.26, 26], [0.17, 60], [0.10, 110], [0.05, 255]];

/** A number of its own for every name. */
const seedOf = (id) => [...id].reduce((sum, letter) => (Math.imul(sum, 31) + letter.codePointAt(0)) | 0, 7);

/** A small map, in a box from -1 to 1: a road or a river, what runs into it, its banks, and a place. @returns {Point[][]} */
export function mapOf(id) {
	const rnd = chance(seedOf(id));
	let x = (rnd() - 0.5) * 0.5;
	const main = Array.from({ length: 7 }, (_, i) => [(x += (rnd() - 0.5) * 0.5) * 0.8, -1 + i / 3]);
	const line = along(main, 40);
	const lines = [main];
	for (let i = 0; i < 3; i++) {
		const [a, b] = line[(8 + i * 10 + rnd() * 6) | 0];
		const side = i % 2 ? 1 : -1;
		lines.push([[a, b], [a + side * 0.25, b - 0.1 * rnd()], [a + side * (0.45 + 0.3 * rnd()), b + 0.25 * (rnd() - 0.3)]]);
	}
	const bank = rnd() < 0.5 ? -1 : 1;
	for (let i = 3; i < 36; i += 2) {
		const [a, b] = line[i];
		if (rnd() < 0.7) lines.push([[a + bank * 0.07, b], [a + bank * (0.13 + 0.08 * rnd()), b + 0.05]]);
	}
	const [hx, hy] = line[(14 + rnd() * 14) | 0];
	const ring = (n, wide, high, step, from) => Array.from({ length: n }, (_, i) => [hx - bank * 0.3 + wide * Math.cos(i * step + from), hy + high * Math.sin(i * step + from)]);
	return [...lines, ring(9, 0.09, 0.08, 0.8, 0), ring(7, 0.2, 0.16, 0.6, 4), ring(7, 0.3, 0.24, 0.6, 6)];
}

/** Where the first `count` scars of a painting are seen on a page: boxes in its pixels. @param {any} painting @param {View} view of density 1 */
export function boxes({ slots, at, to, k, hang, depth }, view, count) {
	const size = mix(...k, view.upright);
	const [left, middle] = between(...to, view.upright);
	const top = hang ? Math.min(middle, view.top) : middle;
	const scale = view.scale * (1 + depth * NEARER);
	return slots.slice(0, count).map(([x, y, , half]) => {
		const r = Math.max(LEAST, half * size * scale);
		return { x: view.x + (left + (x - at[0]) * size) * scale - r, y: view.y + (top + (y - at[1]) * size) * scale - r, w: 2 * r, h: 2 * r };
	});
}

/**
 * Draws scars where they lie. `slots` are [x, y, turn in degrees, half its height] in the painting's own units.
 * @param {{lines: Point[][], touched: boolean}[]} scars
 */
export function paintScars(size, dots, slots, scars) {
	const ctx = sheet(size[0] * dots, size[1] * dots);
	ctx.fillRect(0, 0, ctx.canvas.width, ctx.canvas.height);
	ctx.globalCompositeOperation = "lighten";
	ctx.lineJoin = "round";
	scars.slice(0, slots.length).forEach(({ lines, touched }, n) => {
		const [x, y, turn, half] = slots[n];
		const [c, s] = [Math.cos, Math.sin].map((of) => of((turn * Math.PI) / 180) * half * dots);
		ctx.setTransform(c, s, -s, c, x * dots, y * dots);
		lines.forEach((line, i) => {
			const pts = along(line, Math.max(3, line.length * 4));
			for (let j = 0; j < pts.length - 1; j++) {
				const late = Math.min(255, ((i + j / pts.length) / lines.length) * 235 + 10) | 0;
				const lit = (red, green, width) => stroke(ctx, pts.slice(j, j + 2), `rgb(${red},${green},${late})`, width);
				if (touched) for (const [wide, light] of GLOW) lit(0, light, wide);
				lit(i ? 200 : 255, touched ? 255 : 0, i ? 0.04 : 0.065);
			}
		});
	});
	return ctx.canvas;
}
