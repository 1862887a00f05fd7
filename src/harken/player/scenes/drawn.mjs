// Drawings of the workshop: drawing/hall/write.mjs.

import { volume } from "./books.mjs";
import { along, between, chance, fill, limb, outline, rgb, sheet, stroke, VALUE } from "./draw.mjs";

export function draw({ sheets: names, drawn, woods, lits, boards, pages, greens, ivy }, view, only = names) {
	const here = (w, h) => {
		const ctx = sheet(w, h);
		ctx.setTransform(view.scale, 0, 0, view.scale, view.x, view.y);
		return ctx;
	};
	const sheets = names.map((name) => only.includes(name) && here(view.w, view.h));
	const nowhere = here(1, 1);
	const found = [];
	const rnd = chance(11);
	let i = 0;
	const one = () => VALUE[drawn[i++]];
	const many = () => one() * 64 + one();
	const two = () => many() / 2 - 1024;
	const at = () => [two(), two()];
	const points = (n) => Array.from({ length: n }, at);
	const colour = () => [rgb([one() * 4, one() * 4, one() * 4]), one() / 63];
	const cut = (ctx, pts) => {
		ctx.globalCompositeOperation = "destination-out";
		fill(ctx, pts, "#000");
		ctx.globalCompositeOperation = "source-over";
	};
	const does = {
		G: (ctx) => ground(ctx, points(many()), view),
		F(ctx) {
			const [style, alpha] = colour();
			const soft = one();
			ctx.globalAlpha = alpha;
			fill(ctx, points(many()), style, soft);
		},
		S(ctx) {
			const [style, alpha] = colour();
			const [width, soft] = [one() / 8, one()];
			ctx.globalAlpha = alpha;
			stroke(ctx, points(one()), style, Math.max(.3, width), soft);
		},
		X(ctx) {
			i += 5;
			cut(ctx, points(many()));
		},
		L(ctx) {
			const [kind, rim, shade, grain, through, n] = [one(), one() / 40, one() / 40, one() / 40, one(), one()];
			const line = along(Array.from({ length: n }, () => [...at(), many() / 16]), 30);
			const whole = { mid: line, half: line.map((p) => p[2]) };
			if (through) for (const ctx of sheets.slice(1, 3)) if (ctx) cut(ctx, outline(whole));
			limb(ctx, whole, { rnd, base: woods[kind], lit: lits[kind], rim, shade, grain });
		},
		B(ctx) {
			const [board, page, how, id, phase] = [boards[one()], pages[one()], one(), one(), one()];
			const corners = points(7);
			const [low, top, far] = corners;
			volume(ctx, sheets[2] || nowhere, { board, page, lying: how & 1, above: how & 2, corners, id, phase, rnd });
			found.push({ corners: corners.slice(0, 4), size: how & 1 ? 0 : Math.abs(low[1] - top[1]), at: between(low, far, .5) });
		},
		V: (ctx) => leaf(ctx, ivy, at(), one() / 10, one() / 2, greens[one()], one() / 40, one() / 63),
		T: (ctx) => sprig(ctx, at(), one() / 10, one() / 8, one() / 63),
	};
	while (i < drawn.length) {
		const kind = drawn[i++];
		const ctx = sheets[drawn[i++]] || nowhere;
		does[kind](ctx);
		ctx.globalAlpha = 1;
	}
	return { ...Object.fromEntries(names.map((name, n) => [name, sheets[n]?.canvas])), found };
}

function ground(ctx, opening, view) {
	const g = ctx.createRadialGradient(0, -60, 120, 0, -60, 1000);
	for (const [to, light] of [[0, .62], [.3, .36], [1, .2]]) g.addColorStop(to, rgb([74, 48, 38], light));
	ctx.fillStyle = g;
	ctx.beginPath();
	ctx.rect(view.left, view.top, view.right - view.left, view.bottom - view.top);
	ctx.moveTo(...opening[0]);
	for (const p of opening) ctx.lineTo(...p);
	ctx.fill("evenodd");
}

function leaf(ctx, ivy, at, turn, size, green, light, glow) {
	const [cos, sin] = [Math.cos(turn) * size, Math.sin(turn) * size];
	const place = (/** @type {Point} */ [x, y]) => [at[0] + x * cos - y * sin, at[1] + x * sin + y * cos];
	const shape = ivy.map(place);
	fill(ctx, shape, rgb(green, light), true);
	fill(ctx, [...shape.slice(0, 8), place([.03, .5])], rgb(green, light * .62, .8), true);
	if (size > 5) for (const tip of [[0, .92], [-.5, .42], [.5, .42]]) stroke(ctx, [place([0, .04]), place(tip)], rgb([200, 196, 140], light * 1.1, .5), size * .05);
	if (glow > .02) stroke(ctx, shape.slice(5, 12), rgb([255, 226, 170], 1, glow), Math.max(.6, size * .07), true);
}

function sprig(ctx, at, turn, size, tone) {
	const tip = (off, far) => [at[0] + Math.cos(turn + off) * size * far, at[1] + Math.sin(turn + off) * size * far];
	fill(ctx, [at, tip(.5, 1), tip(0, 2.1), tip(-.5, 1)], rgb([255, 255, 255], tone, .9));
}

export function choose(all, n) {
	const rnd = chance(5);
	const fit = all.filter(({ size }) => size > 15 && size < 90).map((book) => ({ ...book, order: rnd() })).sort((a, b) => a.order - b.order);
	const apart = fit.filter((b, i) => fit.slice(0, i).every((a) => Math.hypot(a.at[0] - b.at[0], a.at[1] - b.at[1]) > 46));
	return [...new Set([...apart, ...fit])].slice(0, n);
}
