// The desert whose sand is broken mirrors. Red is where a shard is turned to, green its own chance, blue its edge.

import { between, chance, clamp, fill, FOCAL, rgb, sheetFor, stroke } from "./draw.mjs";

const face = (turn, own, rim) => rgb([turn * 255, own * 255, rim * 255]);

/** The great shards that stand in the sand: across, away, and how high. */
const STANDING = [[-7, 11, 1.9], [6.8, 10, 2.3], [3.2, 8.4, 1.2], [-3.4, 7.4, 1.5], [5, 6.2, 2.1], [-1.7, 5.2, 0.8], [2.7, 4.2, 1.5], [-2.5, 3.2, 1.35], [1.5, 2.9, 0.6], [-1.1, 2.3, 0.5], [2.1, 2, 1.15], [-2.3, 1.7, 0.8]];

/** How high the sand lies. */
const dune = (x, z) => 1 - 0.16 * Math.sin(x * 0.55 + z * 0.42) * Math.min(1, z / 6) - 0.09 * Math.sin(x * 1.3 - z * 0.9) - 0.012 * z;

/** @param {View} view */
export function paintShards(view) {
  const { canvas, ctx } = sheetFor(view);
  const rnd = chance(61);
  ctx.fillStyle = face(0.1, 0.5, 0);
  ctx.fillRect(view.left - 5, 1, view.right - view.left + 10, view.bottom);
  for (const [high, tone, pace] of [[30, 0.62, 0.008], [20, 0.5, 0.013], [9, 0.4, 0.02]]) {
    const ridge = [[view.left - 5, 8]];
    for (let x = view.left - 5; x <= view.right + 5; x += 6) ridge.push([x, 3 - high * (0.5 + 0.5 * Math.sin(x * pace + tone * 30)) ** 1.6]);
    fill(ctx, [...ridge, [view.right + 5, 8]], face(tone, rnd(), 0.05));
  }
  for (let z = 26; z > 0.62; ) {
    const size = 0.075 + 0.045 * z ** 0.55;
    const [from, to] = [(view.left * z) / FOCAL, (view.right * z) / FOCAL];
    for (let x = from - rnd() * size; x < to + size; x += size * (0.75 + 0.5 * rnd())) sliver(ctx, x, z + (rnd() - 0.5) * size, size, rnd);
    z -= size * 0.62 * Math.max(0.5, z / 7);
  }
  for (const place of STANDING) standing(ctx, place, rnd);
  return canvas;
}

/** A facet whose reflection bends from one corner to another. */
function facet(ctx, pts, to, own, turns) {
  const g = ctx.createLinearGradient(...pts[0], ...to);
  turns.forEach((turn, i) => g.addColorStop(i / (turns.length - 1), face(turn, own, 0)));
  fill(ctx, pts, g);
}

/** One shard, lying: three to five corners, a facet, and its bright edge. */
function sliver(ctx, x, z, size, rnd) {
  const [n, turn, tilt, lie] = [3 + ((rnd() * 2.6) | 0), rnd() * 7, (rnd() - 0.5) * 0.09, rnd() * 7];
  const pts = Array.from({ length: n }, (_, i) => {
    const a = turn + (i / n) * 6.283 + (rnd() - 0.5) * 0.7;
    const r = size * (0.4 + 0.5 * rnd());
    const [px, pz] = [x + Math.cos(a) * r, Math.max(0.4, z + Math.sin(a) * r)];
    return [(FOCAL * px) / pz, (FOCAL * (dune(px, pz) + tilt * Math.cos(a - lie))) / pz];
  });
  const own = rnd();
  const faces = clamp(0.42 + tilt * Math.sin(lie) * 8 + (rnd() - 0.5) * 0.75, 0.03);
  const seen = (FOCAL * size) / z;
  const bend = seen > 7 ? (rnd() - 0.5) * 0.5 : 0;
  if (bend) facet(ctx, pts, pts[2], own, [faces - bend, faces + bend]);
  else fill(ctx, pts, face(faces, own, 0));
  if (seen < 12) return;
  fill(ctx, [pts[0], pts[1], between(pts[0], pts[2], 0.5)], face(faces * 0.72 + 0.2 * rnd(), own, 0));
  stroke(ctx, pts.slice(0, 3), face(faces, own, rnd() < 0.3 ? 0.9 : 0.3), Math.min(1.8, 1.1 / z + 0.35));
}

/** A great shard, its facets, its edges, and what broke off it. */
function standing(ctx, [x, z, high], rnd) {
  const k = FOCAL / z;
  const [fx, fy] = [x * k, dune(x, z) * k + 4];
  const [lean, wide, own] = [(rnd() - 0.5) * 0.9 * high, high * (0.2 + 0.16 * rnd()), rnd()];
  const at = (u, v) => [fx + (u * wide + lean * v) * k, fy - v * high * k];
  const jag = (v) => v + (rnd() - 0.5) * 0.24;
  const [tip, heart, foot] = [at(jag(-0.1), 1), at(jag(0), jag(0.46)), at(-0.1, 0)];
  const left = [at(-0.7, -0.02), at(jag(-0.9), jag(0.3)), at(jag(-0.62), jag(0.62))];
  const right = [at(jag(0.34), jag(0.72)), at(jag(0.8), jag(0.44)), at(jag(0.66), 0.16), at(0.5, -0.02)];
  facet(ctx, [tip, ...[...left].reverse(), foot, heart], heart, own, [0.95, 0.46, 0.3]);
  facet(ctx, [tip, right[0], right[1], heart], heart, own, [0.34, 0.32, 0.62]);
  facet(ctx, [heart, right[1], right[2], right[3], foot], foot, own, [0.7, 0.25, 0.12]);
  for (const [pts, rim] of [[[...left, tip, ...right], 1], [[tip, heart, right[1]], 0.5], [[heart, foot], 0.4]]) stroke(ctx, pts, face(0.9, own, rim), Math.max(0.6, 2.2 / z));
  for (let i = 0; i < 16; i++) sliver(ctx, x + (rnd() - 0.5) * wide * 3.4, z - 0.04 - 0.1 * rnd(), 0.1 + 0.06 * high * rnd(), rnd);
}
