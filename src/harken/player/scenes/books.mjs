// The books. They stand with their pages to us, each between its own two boards: no spines, no two alike.

import { between, clamp, fill, mix, rgb, stroke } from "./draw.mjs";

/** One book: its near board, its pages between two boards, and its top where we look down on it. */
export function volume(ctx, data, b) {
	const [nearLow, nearTop, farTop, farLow, backLow, backTop, backFar] = b.corners;
	const dim = 0.72 + 0.4 * b.rnd();
	fill(ctx, [nearLow, nearTop, backTop, backLow], rgb(b.board, 0.42 * dim));
	if (b.above) fill(ctx, [nearTop, farTop, backFar, backTop], rgb(b.page, 0.6 * dim));
	// along a page edge: u from the near board to the far one (lying: from the low one to the high), v along the pages
	const on = (u, v) => (b.lying ? between(between(nearLow, farLow, v), between(nearTop, farTop, v), u) : between(between(nearLow, farLow, u), between(nearTop, farTop, u), v));
	edge(ctx, b, on, dim);
	fill(data, [nearLow, backLow, backTop, nearTop, farTop, farLow], rgb([255, b.id * 4, b.phase * 4]));
}

/** The edge of the pages, hollowed a little, between its boards. */
function edge(ctx, { rnd, board, page, lying }, on, dim) {
	const [a, z] = [on(0, 0.5), on(1, 0.5)];
	const across = Math.hypot(z[0] - a[0], z[1] - a[1]);
	const rim = clamp(1.7 / Math.max(across, 1), 0.1, 0.24);
	const band = (v, style) => fill(ctx, [on(0, 0), on(0, v), on(1, v), on(1, 0)], style);
	band(1, rgb(board, 0.34 * dim));
	fill(ctx, [on(rim, 0.03), on(rim, 0.965), on(0.5, 0.955), on(1 - rim, 0.965), on(1 - rim, 0.03), on(0.5, 0.036)], rgb(page, 0.8 * dim));
	const lines = clamp(Math.round(across * 0.8), 2, 16);
	for (let i = 0; i < lines; i++) {
		const u = mix(rim, 1 - rim, (i + 0.5) / lines);
		const hollow = 1 - 0.62 * Math.abs(u * 2 - 1) ** 2.2;
		const tone = rnd() < 0.42 ? rgb([70, 44, 30], dim, 0.42) : rgb(page, dim * (0.55 + 0.6 * hollow), 0.75);
		stroke(ctx, [on(u, 0.035 + 0.02 * rnd()), on(u + 0.05 * (rnd() - 0.5) / lines, 0.955 - 0.025 * rnd() ** 2)], tone, (across * (1 - 2 * rim) / lines) * (0.35 + 0.6 * rnd()));
	}
	for (const [u, w, light] of [[rim * 0.5, 1, 0.9], [1 - rim * 0.5, 0.8, 1.25]]) stroke(ctx, [on(u, 0), on(u, 1)], rgb(board, light * dim, 0.95), Math.max(0.6, across * rim * w));
	if (across > 4 && !lying) dress(ctx, on, rnd, across);
	band(0.16, "rgba(14,8,14,.34)");
	band(0.07, "rgba(14,8,14,.36)");
}

/** What makes a book this one: a ribbon, a clasp, ties. */
function dress(ctx, on, rnd, across) {
	const [what, u] = [rnd(), 0.3 + 0.4 * rnd()];
	const thin = Math.max(0.8, across * 0.07);
	if (what < 0.16) stroke(ctx, [on(u, 1), on(u + 0.04, 0.4), on(u - 0.03, -0.08 - 0.1 * rnd())], rgb([176, 44, 48], 1, 0.95), thin);
	else if (what < 0.3) for (const v of [0.3, 0.72]) stroke(ctx, [on(0, v), on(1, v)], rgb([206, 158, 84], 1, 0.85), thin);
	else if (what < 0.42) stroke(ctx, [on(0, 0.5), on(1, 0.54)], rgb([96, 66, 52], 1, 0.95), thin);
}
