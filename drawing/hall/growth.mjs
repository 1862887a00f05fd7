// What grows: ivy and thorn at the arch, boughs and the far shore beyond it, roots and leaves close to us.

import { along, between, chance, fill, leaf, limb, mix, project, rgb, run, sheetFor, sprig } from "./draw.mjs";
import { FAR, wall } from "./hall.mjs";

const long = (pts) => pts.slice(1).reduce((sum, p, i) => sum + Math.hypot(p[0] - pts[i][0], p[1] - pts[i][1]), 0);
const heading = (line, i) => {
  const [a, b] = [line[Math.min(i, line.length - 2)], line[Math.min(i, line.length - 2) + 1]];
  return Math.atan2(b[1] - a[1], b[0] - a[0]);
};

/** A stem with leaves along it. */
function ivy(ctx, stem, rnd, { size, every, light, glow, width }) {
  const mid = along(stem, Math.max(6, Math.round(long(stem) / every)));
  const age = (i) => i / mid.length;
  limb(ctx, { mid, half: mid.map((_, i) => mix(width, 0.7, age(i))) }, { rnd, base: [66, 50, 38], lit: [190, 150, 100], rim: 0.5, grain: 0.4 });
  mid.forEach((p, i) => {
    if (rnd() < 0.14) return;
    const turn = heading(mid, i) - Math.PI / 2 + (rnd() < 0.5 ? 1 : -1) * (0.6 + 0.7 * rnd());
    const at = [p[0] + (rnd() - 0.5) * 3, p[1] + (rnd() - 0.5) * 3];
    leaf(ctx, at, turn, size * (0.55 + 0.75 * rnd()) * mix(1, 0.6, age(i)), (rnd() * 5) | 0, light * (0.5 + 0.7 * rnd()), glow * rnd());
  });
}

/** A cane of bramble and its thorns. */
function bramble(ctx, pts, rnd, width) {
  const mid = along(pts, Math.max(10, Math.round(long(pts) / 7)));
  for (let i = 2; i < mid.length - 1; i += 2) {
    const [[x, y], dir] = [mid[i], heading(mid, i)];
    const [lean, reach] = [dir + (rnd() < 0.5 ? 1.15 : -1.15), width * (2 + 1.8 * rnd())];
    const foot = [Math.cos(dir) * width * 0.5, Math.sin(dir) * width * 0.5];
    fill(ctx, [[x - foot[0], y - foot[1]], [x + Math.cos(lean) * reach, y + Math.sin(lean) * reach], [x + foot[0], y + foot[1]]], rgb([120, 82, 66]));
  }
  limb(ctx, { mid, half: mid.map((_, i) => mix(width * 0.62, 0.8, i / mid.length)) }, { rnd, base: [78, 48, 46], lit: [230, 170, 130], rim: 1.1, grain: 0.3 });
}

/** Where the edge of the arch stands, or a little outside it. @returns {Point} */
function edge(t, side, out = 0) {
  const [x, y] = wall(t);
  const [px, py] = project(side * x, y, FAR);
  const k = 0.9 + out / Math.hypot(px, py + 90);
  return [px * k, (py + 90) * k - 90];
}

/** The arch of ivy and thorn. @param {View} view */
export function paintArch(view) {
  const { canvas, ctx } = sheetFor(view);
  const rnd = chance(23);
  for (const side of [-1, 1]) {
    const cane = (from, to, sway) => Array.from({ length: 8 }, (_, i) => edge(mix(from, to, i / 7), side, sway * Math.sin(i * 1.7 + sway)));
    bramble(ctx, cane(0, 0.96, 7), rnd, 4.6);
    bramble(ctx, cane(0.03, 0.72, -9), rnd, 3.8);
    bramble(ctx, [edge(0.35, side), edge(0.42, side, -26), edge(0.55, side, -34), edge(0.66, side, -12), edge(0.74, side, 6)], rnd, 3);
    bramble(ctx, [edge(0.08, side, 6), edge(0.16, side, -22), edge(0.25, side, -30), edge(0.33, side, -16)], rnd, 2.6);
    ivy(ctx, cane(0, 1, 4), rnd, { size: 12, every: 5, light: 0.95, glow: 0.9, width: 3.2 });
    ivy(ctx, cane(0.1, 0.95, -12), rnd, { size: 10, every: 5, light: 1.1, glow: 1, width: 2.4 });
    ivy(ctx, cane(0.3, 1, 16), rnd, { size: 13, every: 6, light: 0.7, glow: 0.5, width: 2.6 });
  }
  for (let i = 0; i < 15; i++) {
    const [x, y] = edge(0.6 + 0.4 * rnd(), rnd() < 0.5 ? -1 : 1, 4);
    const [drop, lean] = [26 + 96 * rnd() ** 1.8, (rnd() - 0.5) * 16];
    ivy(ctx, [[x, y], [x + lean * 0.2, y + drop * 0.5], [x + lean, y + drop]], rnd, { size: 8.5, every: 5.5, light: 0.85, glow: 0.8, width: 1.2 });
  }
  return canvas;
}

/** Beyond the arch: the far shore, and boughs of the tree's own crown. In greys: black is near, white far. @param {View} view */
export function paintFar(view, boughs) {
  const { canvas, ctx } = sheetFor(view);
  const rnd = chance(31);
  const reach = Math.max(700, view.right, -view.left);
  for (const [tone, high, rough, base] of [[0.74, 26, 0.011, 1.5], [0.5, 15, 0.02, 2.5], [0.26, 7, 0.05, 4]]) {
    const land = [[-reach, base]];
    for (let x = -reach; x <= reach; x += 3) {
      const wave = Math.sin(x * rough + tone * 20) + 0.6 * Math.sin(x * rough * 2.7 + tone * 50) + 0.25 * Math.sin(x * rough * 9);
      const tree = tone < 0.6 && rnd() < 0.22 ? rnd() * high * 0.55 : 0;
      land.push([x, base - Math.max(0.5, high * (0.45 + 0.4 * wave) * (0.35 + 0.65 * Math.min(1, Math.abs(x - 30) / 130)) + tree)]);
    }
    fill(ctx, [...land, [reach, base]], rgb([255, 255, 255], tone));
  }
  if (boughs) for (const [a, b, w] of [[[-170, -300], [-30, -196], 8], [[190, -300], [62, -206], 9], [[40, -330], [108, -190], 5], [[-60, -330], [-104, -206], 5]]) bough(ctx, a, b, w, rnd, 2);
  return canvas;
}

/** A bough, its twigs and its leaves, against the sky. */
function bough(ctx, a, b, w, rnd, deep) {
  const mid = along([a, between(a, [b[0], b[1] - 8], 0.4), between(a, b, 0.78), b], 22);
  limb(ctx, { mid, half: mid.map((_, i) => mix(w, w * 0.16, i / 21)) }, { rnd, base: [40, 40, 40], lit: [120, 120, 120], rim: 0.6 });
  mid.forEach((p, i) => {
    if (i < 5) return;
    if (deep && rnd() < 0.34) {
      const angle = heading(mid, i - 1) + (rnd() < 0.5 ? 1 : -1) * (0.4 + 0.7 * rnd());
      const far = w * (3.4 + 5 * rnd());
      bough(ctx, p, [p[0] + Math.cos(angle) * far, p[1] + Math.sin(angle) * far + 4], w * 0.42, rnd, deep - 1);
    }
    for (let j = 0; j < 2; j++) {
      const [turn, size, at] = [rnd() * 7, 2.4 + 3 * rnd(), [p[0] + (rnd() - 0.5) * 20, p[1] + (rnd() - 0.4) * 17]];
      sprig(ctx, at, turn, size, 0.12 + 0.34 * rnd());
    }
  });
}

/** Close to us: roots in the water, and ivy hanging from the dark. @param {View} view */
export function paintNear(view) {
  const { canvas, ctx } = sheetFor(view);
  const rnd = chance(47);
  for (const side of [-1, 1]) {
    for (const [radii, ...pts] of [
      [[0.2, 0.13, 0.08, 0.05, 0.02], [2.9, -1.2, 1.2], [1.95, 0.5, 1.16], [1.2, 0.86, 1.24], [0.78, 1, 1.3], [0.56, 1.14, 1.3]],
      [[0.1, 0.07, 0.045, 0.012], [2.7, -0.1, 0.95], [1.5, 0.8, 0.92], [0.92, 0.96, 1], [0.6, 1.1, 1.02]],
    ]) limb(ctx, run(pts.map(([x, y, z]) => [side * x, y, z]), radii), { rnd, base: [62, 40, 36], lit: [226, 170, 124], rim: 0.9, shade: 0.8 });
  }
  const hang = (x, drop, light) => ivy(ctx, [[x, view.top - 20], [x - 4, view.top + drop * 0.5], [x + 6, view.top + drop]], rnd, { size: 22, every: 12, light, glow: 0.25, width: 2.4 });
  for (let i = 0; i < 9; i++) {
    const x = mix(view.right - 230, view.right + 10, rnd());
    hang(x, 70 + 210 * rnd() ** 1.5 * (x > view.right - 120 ? 1 : 0.5), 0.34);
  }
  for (let i = 0; i < 5; i++) hang(mix(view.left - 10, view.left + 180, rnd()), 60 + 130 * rnd(), 0.3);
  return canvas;
}
