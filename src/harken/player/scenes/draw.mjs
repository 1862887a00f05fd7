// The draughtsman's hand.

export const FOCAL = 430;
export const VALUE = Object.fromEntries([..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"].map((digit, i) => [digit, i]));

export function chance(seed) {
	let a = seed >>> 0;
	return () => {
		a = (a + 0x6d2b79f5) >>> 0;
		let t = Math.imul(a ^ (a >>> 15), 1 | a);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
	};
}

export const mix = (a, b, t) => a + (b - a) * t;
export const clamp = (v, lo = 0, hi = 1) => Math.min(hi, Math.max(lo, v));
export const smooth = (a, b, v) => {
	const t = clamp((v - a) / (b - a));
	return t * t * (3 - 2 * t);
};
export const between = (a, b, t) => a.map((v, i) => mix(v, b[i], t));
export const rgb = (c, light = 1, alpha = 1) => `rgba(${c.map((v) => clamp(v * light, 0, 255) | 0)},${alpha})`;

export function sheet(w, h) {
	const ctx = new OffscreenCanvas(Math.max(1, w | 0), Math.max(1, h | 0)).getContext("2d");
	ctx.lineCap = "round";
	return ctx;
}

export function curve(ctx, pts, closed = false) {
	const n = pts.length;
	const at = (i) => pts[closed ? (i + n) % n : clamp(i, 0, n - 1)];
	ctx.moveTo(...pts[0]);
	for (let i = 0; i < (closed ? n : n - 1); i++) {
		const [a, b, c, d] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
		ctx.bezierCurveTo(b[0] + (c[0] - a[0]) / 6, b[1] + (c[1] - a[1]) / 6, c[0] - (d[0] - b[0]) / 6, c[1] - (d[1] - b[1]) / 6, ...c);
	}
}

function trace(ctx, pts, soft, closed) {
	ctx.beginPath();
	if (soft) curve(ctx, pts, closed);
	else for (const p of pts) ctx.lineTo(...p);
}

export function fill(ctx, pts, style, soft) {
	trace(ctx, pts, soft, true);
	ctx.fillStyle = style;
	ctx.fill();
}

export function stroke(ctx, pts, style, width, soft) {
	trace(ctx, pts, soft, false);
	ctx.strokeStyle = style;
	ctx.lineWidth = width;
	ctx.stroke();
}

export function along(pts, n) {
	return Array.from({ length: n }, (_, i) => {
		const u = (i / (n - 1)) * (pts.length - 1);
		const k = Math.min(pts.length - 2, u | 0);
		const t = u - k;
		const [a, b, c, d] = [pts[Math.max(0, k - 1)], pts[k], pts[k + 1], pts[Math.min(pts.length - 1, k + 2)]];
		return b.map((_, j) => b[j] + .5 * t * (c[j] - a[j] + t * (2 * a[j] - 5 * b[j] + 4 * c[j] - d[j] + t * (3 * (b[j] - c[j]) + d[j] - a[j]))));
	});
}

function ribs({ mid, half }) {
	return mid.map((p, i) => {
		const [a, b] = [mid[Math.max(0, i - 1)], mid[Math.min(mid.length - 1, i + 1)]];
		const l = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1;
		const n = [(a[1] - b[1]) / l, (b[0] - a[0]) / l];
		return { p, n, r: half[i], off: (s) => [p[0] + n[0] * half[i] * s, p[1] + n[1] * half[i] * s] };
	});
}

function facing({ p, n }) {
	const [x, y] = [-p[0], -60 - p[1]];
	return (n[0] * x + n[1] * y) / (Math.hypot(x, y) || 1);
}

export function outline(limb) {
	const e = ribs(limb);
	return [...e.map((r) => r.off(1)), ...e.reverse().map((r) => r.off(-1))];
}

export function limb(ctx, line, { rnd, base, lit, grain, rim, shade }) {
	const e = ribs(line);
	const widest = Math.max(...line.half);
	if (widest < .3) return;
	fill(ctx, outline(line), rgb(base, .16 * shade));
	const lanes = clamp(Math.round(widest * .85), 3, 20);
	const fibres = lanes * Math.max(2, Math.round(e.length / 6));
	for (let f = 0; f < fibres; f++) {
		const u = (((f % lanes) + rnd()) / lanes) * 2 - 1;
		const long = 4 + Math.round(rnd() * 9);
		const from = Math.round(rnd() * (e.length + 4)) - 4;
		const [wob, pitch] = [rnd() * 9, .72 + .56 * rnd() * grain];
		const fibre = e.slice(Math.max(0, from), from + long + 1).map((r, i) =>
			r.off(clamp(u + (.12 * Math.sin(i * .5 + wob) + .06 * Math.sin(i * 1.3 + wob * 3)) * grain, -.96, .96)));
		if (fibre.length < 2) continue;
		const mid = e[clamp(from + (long >> 1), 0, e.length - 1)];
		const tone = (.16 + .34 * Math.sqrt(1 - u * u * .9) + .66 * Math.max(0, facing(mid) * u) ** 1.5) * pitch;
		stroke(ctx, fibre, rgb(between(base, lit, clamp(tone)), tone * 1.25 * shade, .6), Math.max(.5, (mid.r * 2 / lanes) * (.35 + .9 * rnd())), true);
	}
	ctx.lineCap = "butt";
	for (let i = 0; rim > 0 && i < e.length - 1; i += 3) {
		const f = facing(e[i]);
		stroke(ctx, e.slice(i, i + 4).map((r) => r.off(Math.sign(f) * .93)), rgb(lit, 1.5, clamp(f * f * .62 * rim * shade)), clamp(e[i].r * .11, .7, 3), true);
	}
	ctx.lineCap = "round";
}

/** @returns {View} */
export function frame(w, h, dense) {
	const upright = 1 - smooth(.75, 1.3, w / h);
	const [x, y] = [w * mix(.665, .5, upright), h * mix(.475, .19, upright)];
	const scale = mix(Math.max(h / 860, w / 1500), Math.max(w / 580, h / 1360), upright);
	return { w: Math.round(w * dense), h: Math.round(h * dense), scale: scale * dense, x: x * dense, y: y * dense, upright,
		left: -x / scale, right: (w - x) / scale, top: -y / scale, bottom: (h - y) / scale };
}
