// The desert whose sand is broken mirrors.

import { chance, clamp, FOCAL, mix } from "./draw.mjs";

const REACH = { x: 4, back: -.6, forth: 9 };
const SHARDS_MOST = 60;
const ACROSS = [.5, -.44, .84, -.86, .27, -.26, .62, -.6, .9];
const WILD = [[-9, 15, 2.6], [8.5, 14, 3], [-5.2, 19, 2.2], [13, 22, 3.4], [2.4, 26, 2], [-14, 24, 3.2]];

const dune = (x, z) => 1 - .14 * Math.sin(x * .55 + z * .42) * clamp(z / 6) - .07 * Math.sin(x * 1.3 - z * .9) - .045 * Math.sin(x * .31 + 2) * Math.sin(z * .5) - .008 * z;

function placeOf(n) {
	const z = 2.3 + .6 * n + .25 * Math.sin(n * 2.4);
	const x = ACROSS[n % ACROSS.length] * z * (1 + .04 * (n % 4));
	return { x, z, high: 1 + .6 * Math.abs(Math.sin(n * 1.7 + .6)) + .02 * n, lean: .34 * Math.sin(n * 2.1 + 1) };
}

export const within = ({ x, z }) => ({ x: clamp(x, -REACH.x, REACH.x), z: clamp(z, REACH.back, REACH.forth) });
export const before = (n) => within({ x: placeOf(n).x * .72, z: placeOf(n).z - 2.5 });

export function boxes(view, count, walk) {
	return Array.from({ length: Math.min(count, SHARDS_MOST) }, (_, n) => {
		const { x, z, high, lean } = placeOf(n);
		const k = (FOCAL / Math.max(.3, z - walk.z)) * view.scale;
		const foot = view.y + dune(x, z) * k;
		const [mid, wide] = [view.x + (x - walk.x + (lean * high) / 2) * k, high * .56 * k];
		return { x: mid - wide / 2, y: foot - high * k, w: wide, h: high * k, near: z - walk.z > .3 };
	});
}

export function faces(count) {
	const found = [];
	const rnd = chance(61);
	for (let z = 40; z > -.2; ) {
		const size = .10 + .028 * Math.max(0, z - 5) ** .8;
		const half = 3.2 + z * 1.0 + 3;
		for (let x = -half * 1.5; x < half; x += size * (.8 + .5 * rnd())) found.push({ z, pts: sliver(x, z + (rnd() - .5) * size, size, rnd) });
		z -= size * .6 * (1 + Math.max(0, z - 8) * .03);
	}
	const stand = (place, which) => found.push({ z: place.z, pts: standing(place, which, rnd) });
	WILD.forEach(([x, z, high], i) => stand({ x, z, high, lean: .5 * Math.sin(i * 2.7) }, -1));
	for (let n = 0; n < Math.min(count, SHARDS_MOST); n++) stand(placeOf(n), n);
	return found.sort((a, b) => b.z - a.z).flatMap(({ pts }) => pts).flat();
}

function fan(pts, turns, own, which, rim = 1) {
	const mid = [0, 1, 2].map((k) => pts.reduce((sum, p) => sum + p[k], 0) / pts.length);
	const turn = turns.reduce((a, b) => a + b, 0) / turns.length;
	const corner = (i) => [...pts[i], turns[i], own, 0, which, 0];
	return pts.flatMap((_, i) => [[...mid, turn, own, rim, which, .5], corner(i), corner((i + 1) % pts.length)]);
}

function sliver(x, z, size, rnd) {
	const [n, turn, tilt, lie, own] = [3 + ((rnd() * 2.6) | 0), rnd() * 7, (rnd() - .5) * size * .9, rnd() * 7, rnd()];
	const faced = .42 + tilt * Math.sin(lie) * 4 + (rnd() - .5) * .62;
	const pts = Array.from({ length: n }, (_, i) => {
		const a = turn + (i / n) * 6.283 + (rnd() - .5) * .7;
		const r = size * (.42 + .55 * rnd());
		const [px, pz] = [x + Math.cos(a) * r, z + Math.sin(a) * r];
		return [px, dune(px, pz) + tilt * Math.cos(a - lie), pz];
	});
	return fan(pts, pts.map(() => faced + (rnd() - .5) * .3), own, -1);
}

function standing({ x, z, high, lean }, which, rnd) {
	const [wide, own, foot] = [high * (.2 + .07 * rnd()), .25 + .7 * rnd(), dune(x, z) + .02];
	const at = (u, v, out = 0) => [x + u * wide + lean * v * high, foot - v * high, z - out * wide];
	const jag = (v) => v + (rnd() - .5) * .16;
	const [tip, heart, low] = [at(jag((own - .6) * 1.3), 1), at(jag(.05), jag(.5), .1), at(-.1, -.04, .1)];
	const left = [at(-.75, -.04), at(jag(-.95), jag(.3)), at(jag(-.66), jag(.64))];
	const right = [at(jag(.36), jag(.76)), at(jag(.85), jag(.46)), at(jag(.72), .16), at(.55, -.04)];
	const base = rnd() * .25;
	const parts = [
		fan([...left.map(([a, b, c]) => [a - wide * .1, b, c + .02]), [tip[0] - wide * .08, tip[1], tip[2]], tip, ...[...left].reverse()], Array(8).fill(.95), own, which, .4),
		fan([tip, left[2], left[1], left[0], low, heart], [.66, .6, .56, .5, .48, .5 + base], own, which),
		fan([tip, heart, right[1], right[0]], [.42, .36, .4, .46], (own + .13) % 1, which),
		fan([heart, low, right[3], right[2], right[1]], [.66 + base, .6, .5, .52, .6], (own + .27) % 1, which),
	];
	for (let i = 0; i < 14; i++) parts.push(sliver(x + (rnd() - .5) * wide * 3.6, z - .05 - .12 * rnd(), mix(.05, .12, rnd()) * high, rnd));
	return parts.flat();
}
