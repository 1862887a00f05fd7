// Books: their pages to us, no spines, no two alike.

import { between, clamp, fill, mix, rgb, stroke } from "./draw.mjs";

export function volume(ctx, data, b) {
	const [nearLow, nearTop, farTop, farLow, backLow, backTop, backFar] = b.corners;
	const dim = .72 + .4 * b.rnd();
	fill(ctx, [nearLow, nearTop, backTop, backLow], rgb(b.board, .42 * dim));
	if (b.above) fill(ctx, [nearTop, farTop, backFar, backTop], rgb(b.page, .6 * dim));
	// u from board to board, v along the pages
	const on = (u, v) => (b.lying ? between(between(nearLow, farLow, v), between(nearTop, farTop, v), u) : between(between(nearLow, farLow, u), between(nearTop, farTop, u), v));
	edge(ctx, b, on, dim);
	fill(data, [nearLow, backLow, backTop, nearTop, farTop, farLow], rgb([255, b.id * 4, b.phase * 4]));
}

function edge(ctx, { rnd, board, page, lying }, on, dim) {
	const [a, z] = [on(0, .5), on(1, .5)];
	const across = Math.hypot(z[0] - a[0], z[1] - a[1]);
	const rim = clamp(1.7 / Math.max(across, 1), .1, .24);
	const band = (v, style) => fill(ctx, [on(0, 0), on(0, v), on(1, v), on(1, 0)], style);
	band(1, rgb(board, .34 * dim));
	fill(ctx, [on(rim, .03), on(rim, .965), on(.5, .955), on(1 - rim, .965), on(1 - rim, .03), on(.5, .036)], rgb(page, .8 * dim));
	const lines = clamp(Math.round(across * .8), 2, 16);
	for (let i = 0; i < lines; i++) {
		const u = mix(rim, 1 - rim, (i + .5) / lines);
		const hollow = 1 - .62 * Math.abs(u * 2 - 1) ** 2.2;
		const tone = rnd() < .42 ? rgb([70, 44, 30], dim, .42) : rgb(page, dim * (.55 + .6 * hollow), .75);
		stroke(ctx, [on(u, .035 + .02 * rnd()), on(u + .05 * (rnd() - .5) / lines, .955 - .025 * rnd() ** 2)], tone, (across * (1 - 2 * rim) / lines) * (.35 + .6 * rnd()));
	}
	for (const [u, w, light] of [[rim * .5, 1, .9], [1 - rim * .5, .8, 1.25]]) stroke(ctx, [on(u, 0), on(u, 1)], rgb(board, light * dim, .95), Math.max(.6, across * rim * w));
	if (across > 4 && !lying) dress(ctx, on, rnd, across);
	band(.16, "rgba(14,8,14,.34)");
	band(.07, "rgba(14,8,14,.36)");
}

function dress(ctx, on, rnd, across) {
	const [what, u] = [rnd(), .3 + .4 * rnd()];
	const thin = Math.max(.8, across * .07);
	if (what < .16) stroke(ctx, [on(u, 1), on(u + .04, .4), on(u - .03, -.08 - .1 * rnd())], rgb([176, 44, 48], 1, .95), thin);
	else if (what < .3) for (const v of [.3, .72]) stroke(ctx, [on(0, v), on(1, v)], rgb([206, 158, 84], 1, .85), thin);
	else if (what < .42) stroke(ctx, [on(0, .5), on(1, .54)], rgb([96, 66, 52], 1, .95), thin);
}
