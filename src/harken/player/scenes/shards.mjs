// The desert whose sand is broken mirrors: where each shard lies, and of what faces it is made. Pure.

import { chance, clamp, FOCAL, mix } from "./draw.mjs";

/** How far one can walk: to the sides, back and forth. */
const REACH = { x: 4, back: -0.6, forth: 9 };
const SHARDS_MOST = 60;
/** Where the shards of tellings stand, as seen from the start: across for each step away. */
const ACROSS = [0.5, -0.44, 0.84, -0.86, 0.27, -0.26, 0.62, -0.6, 0.9];
/** Those that are only desert. */
const WILD = [[-9, 15, 2.6], [8.5, 14, 3], [-5.2, 19, 2.2], [13, 22, 3.4], [2.4, 26, 2], [-14, 24, 3.2]];

/** How high the sand lies. */
const dune = (x, z) => 1 - 0.14 * Math.sin(x * 0.55 + z * 0.42) * clamp(z / 6) - 0.07 * Math.sin(x * 1.3 - z * 0.9) - 0.045 * Math.sin(x * 0.31 + 2) * Math.sin(z * 0.5) - 0.008 * z;

/** Where the nth shard stands, how high, and how it leans. */
export function placeOf(n) {
	const z = 2.3 + 0.6 * n + 0.25 * Math.sin(n * 2.4);
	const x = ACROSS[n % ACROSS.length] * z * (1 + 0.04 * (n % 4));
	return { x, z, high: 1 + 0.6 * Math.abs(Math.sin(n * 1.7 + 0.6)) + 0.02 * n, lean: 0.34 * Math.sin(n * 2.1 + 1) };
}

export const within = ({ x, z }) => ({ x: clamp(x, -REACH.x, REACH.x), z: clamp(z, REACH.back, REACH.forth) });
/** Where one stands to look at the nth shard. */
export const before = (n) => within({ x: placeOf(n).x * 0.72, z: placeOf(n).z - 2.5 });

/** What the first `count` shards cover on a page: boxes in its pixels. @param {View} view of density 1 */
export function boxes(view, count, walk) {
	return Array.from({ length: Math.min(count, SHARDS_MOST) }, (_, n) => {
		const { x, z, high, lean } = placeOf(n);
		const k = (FOCAL / Math.max(0.3, z - walk.z)) * view.scale;
		const foot = view.y + dune(x, z) * k;
		const [mid, wide] = [view.x + (x - walk.x + (lean * high) / 2) * k, high * 0.56 * k];
		return { x: mid - wide / 2, y: foot - high * k, w: wide, h: high * k, near: z - walk.z > 0.3 };
	});
}

/** All faces, the farthest first: for each corner x, y, z; turn, own chance, distance from the rim; which, height. */
export function faces(count) {
	const found = [];
	const rnd = chance(61);
	for (let z = 40; z > -0.2; ) {
		const size = 0.10 + 0.028 * Math.max(0, z - 5) ** 0.8;
		const half = 3.2 + z * 1.0 + 3;
		for (let x = -half * 1.5; x < half; x += size * (0.8 + 0.5 * rnd())) found.push({ z, pts: sliver(x, z + (rnd() - 0.5) * size, size, rnd) });
		z -= size * 0.6 * (1 + Math.max(0, z - 8) * 0.03);
	}
	const stand = (place, which) => found.push({ z: place.z, pts: standing(place, which, rnd) });
	WILD.forEach(([x, z, high], i) => stand({ x, z, high, lean: 0.5 * Math.sin(i * 2.7) }, -1));
	for (let n = 0; n < Math.min(count, SHARDS_MOST); n++) stand(placeOf(n), n);
	return found.sort((a, b) => b.z - a.z).flatMap(({ pts }) => pts).flat();
}

/** A face as triangles around its middle. `turns` for each corner. */
function fan(pts, turns, own, which, rim = 1) {
	const mid = [0, 1, 2].map((k) => pts.reduce((sum, p) => sum + p[k], 0) / pts.length);
	const turn = turns.reduce((a, b) => a + b, 0) / turns.length;
	const corner = (i) => [...pts[i], turns[i], own, 0, which, 0];
	return pts.flatMap((_, i) => [[...mid, turn, own, rim, which, 0.5], corner(i), corner((i + 1) % pts.length)]);
}

/** One shard, lying. */
function sliver(x, z, size, rnd) {
	const [n, turn, tilt, lie, own] = [3 + ((rnd() * 2.6) | 0), rnd() * 7, (rnd() - 0.5) * size * 0.9, rnd() * 7, rnd()];
	const faced = 0.42 + tilt * Math.sin(lie) * 4 + (rnd() - 0.5) * 0.62;
	const pts = Array.from({ length: n }, (_, i) => {
		const a = turn + (i / n) * 6.283 + (rnd() - 0.5) * 0.7;
		const r = size * (0.42 + 0.55 * rnd());
		const [px, pz] = [x + Math.cos(a) * r, z + Math.sin(a) * r];
		return [px, dune(px, pz) + tilt * Math.cos(a - lie), pz];
	});
	return fan(pts, pts.map(() => faced + (rnd() - 0.5) * 0.3), own, -1);
}

/** A great shard: three faces about a ridge, its thickness, and what broke off it. */
function standing({ x, z, high, lean }, which, rnd) {
	const [wide, own, foot] = [high * (0.2 + 0.07 * rnd()), 0.25 + 0.7 * rnd(), dune(x, z) + 0.02];
	const at = (u, v, out = 0) => [x + u * wide + lean * v * high, foot - v * high, z - out * wide];
	const jag = (v) => v + (rnd() - 0.5) * 0.16;
	const [tip, heart, low] = [at(jag((own - 0.6) * 1.3), 1), at(jag(0.05), jag(0.5), 0.1), at(-0.1, -0.04, 0.1)];
	const left = [at(-0.75, -0.04), at(jag(-0.95), jag(0.3)), at(jag(-0.66), jag(0.64))];
	const right = [at(jag(0.36), jag(0.76)), at(jag(0.85), jag(0.46)), at(jag(0.72), 0.16), at(0.55, -0.04)];
	const base = rnd() * 0.25;
	const parts = [
		fan([...left.map(([a, b, c]) => [a - wide * 0.1, b, c + 0.02]), [tip[0] - wide * 0.08, tip[1], tip[2]], tip, ...[...left].reverse()], Array(8).fill(0.95), own, which, 0.4),
		fan([tip, left[2], left[1], left[0], low, heart], [0.66, 0.6, 0.56, 0.5, 0.48, 0.5 + base], own, which),
		fan([tip, heart, right[1], right[0]], [0.42, 0.36, 0.4, 0.46], (own + 0.13) % 1, which),
		fan([heart, low, right[3], right[2], right[1]], [0.66 + base, 0.6, 0.5, 0.52, 0.6], (own + 0.27) % 1, which),
	];
	for (let i = 0; i < 14; i++) parts.push(sliver(x + (rnd() - 0.5) * wide * 3.6, z - 0.05 - 0.12 * rnd(), mix(0.05, 0.12, rnd()) * high, rnd));
	return parts.flat();
}
