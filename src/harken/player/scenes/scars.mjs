// Scars.

import { along, between, chance, mix, sheet, stroke } from "./draw.mjs";

const NEARER = .017; // as light.glsl has it, in the middle of a breath
const LEAST = 22; // for a finger
const GLOW = [[.26, 26], [.17, 60], [.10, 110], [.05, 255]];

const seedOf = (id) => [...id].reduce((sum, letter) => (Math.imul(sum, 31) + letter.codePointAt(0)) | 0, 7);

export function mapOf(id) {
	const rnd = chance(seedOf(id));
	let x = (rnd() - .5) * .5;
	const main = Array.from({ length: 7 }, (_, i) => [(x += (rnd() - .5) * .5) * .8, -1 + i / 3]);
	const line = along(main, 40);
	const lines = [main];
	for (let i = 0; i < 3; i++) {
		const [a, b] = line[(8 + i * 10 + rnd() * 6) | 0];
		const side = i % 2 ? 1 : -1;
		lines.push([[a, b], [a + side * .25, b - .1 * rnd()], [a + side * (.45 + .3 * rnd()), b + .25 * (rnd() - .3)]]);
	}
	const bank = rnd() < .5 ? -1 : 1;
	for (let i = 3; i < 36; i += 2) {
		const [a, b] = line[i];
		if (rnd() < .7) lines.push([[a + bank * .07, b], [a + bank * (.13 + .08 * rnd()), b + .05]]);
	}
	const [hx, hy] = line[(14 + rnd() * 14) | 0];
	const ring = (n, wide, high, step, from) => Array.from({ length: n }, (_, i) => [hx - bank * .3 + wide * Math.cos(i * step + from), hy + high * Math.sin(i * step + from)]);
	return [...lines, ring(9, .09, .08, .8, 0), ring(7, .2, .16, .6, 4), ring(7, .3, .24, .6, 6)];
}

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
				lit(i ? 200 : 255, touched ? 255 : 0, i ? .04 : .065);
			}
		});
	});
	return ctx.canvas;
}
