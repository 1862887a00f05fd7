// The hollow of the tree: its walls, ribs, vault and banks, and the order in which they stand.

import { between, chance, clamp, fill, limb, mix, project, rgb, run, sheetFor, shell as shellOf, smooth, stroke } from "./draw.mjs";
import { paintBay } from "./shelves.mjs";

/** Where the hall ends, at the arch. */
export const FAR = 4.6;
const RIBS = 9;
/** How far away the nth rib stands: each is nearer than the last by the same part. */
export const ribAt = (k) => FAR * 0.735 ** k;

/** One half of the hall, seen along its length: across and down, from the bank to the crown. */
const PROFILE = [[1.5, 1.06], [1.76, 0.72], [1.97, 0.2], [2.05, -0.45], [1.97, -1.1], [1.7, -1.72], [1.24, -2.26], [0.66, -2.74], [0, -3.16]];
const WOOD = [74, 48, 38];
const LIT = [236, 178, 128];

/** A point of the wall: t is 0 at the bank, 1 at the crown. @returns {Point} */
export function wall(t) {
  const u = clamp(t) * (PROFILE.length - 1);
  const k = Math.min(PROFILE.length - 2, u | 0);
  return between(PROFILE[k], PROFILE[k + 1], u - k);
}

/** How far out the wall stands at a height. */
export function wallAt(y) {
  const k = PROFILE.findIndex(([, top], i) => i > 0 && y >= top);
  if (k < 0 || y > PROFILE[0][1]) return y > 1 ? PROFILE[0][0] : 0;
  const [[x0, y0], [x1, y1]] = [PROFILE[k - 1], PROFILE[k]];
  return mix(x0, x1, (y0 - y) / (y0 - y1));
}

/** Half the river's width, at a distance. */
const bank = (z, side) => 0.98 + 0.1 * Math.sin(z * 1.7 + side) + 0.05 * Math.sin(z * 4.3 - side * 2) + 0.16 * smooth(3, FAR, z);

/** Paints the hall, the books apart from the wood, so that they can leave it. @param {View} view */
export function paintHall(view) {
  const [wood, books, data] = [sheetFor(view), sheetFor(view), sheetFor(view)];
  const rnd = chance(11);
  shell(wood.ctx, view);
  floor(wood.ctx, view, rnd);
  const found = { heroes: [], perches: [] };
  for (let k = 0; k < RIBS; k++) {
    if (k) {
      vault(wood.ctx, k, rnd);
      for (const side of [-1, 1]) paintBay({ wood: wood.ctx, books: books.ctx, data: data.ctx, view, found }, k, side);
    }
    rib(wood.ctx, [books.ctx, data.ctx], k, rnd);
  }
  return { wood: wood.canvas, books: books.canvas, data: data.canvas, found };
}

/** The wood around the opening. @param {View} view */
function shell(ctx, view) {
  const half = (side) => Array.from({ length: 41 }, (_, i) => {
    const [x, y] = wall(i / 40);
    return project(side * x, y, FAR);
  });
  shellOf(ctx, [...half(1), ...half(-1).reverse()]);
}

/** The banks, and the river left open between them. @param {View} view */
function floor(ctx, view, rnd) {
  const shore = Array.from({ length: 51 }, (_, i) => FAR * 1.02 * 0.045 ** (i / 50));
  const water = (side) => shore.map((z) => project(side * bank(z, side), 1, z));
  for (const side of [-1, 1]) {
    fill(ctx, [...water(side), ...shore.map((z) => project(side * 2.2, 1, z)).reverse()], rgb([46, 34, 40], 0.75));
    for (let i = 0; i < 900; i++) {
      const z = FAR * 0.16 ** (rnd() ** 0.8);
      const [x, y] = project(mix(bank(z, side), 2, rnd() ** 0.8) * side, 1, z);
      if (x < view.left - 20 || x > view.right + 20) continue;
      const reach = (26 / z) * (0.4 + rnd());
      stroke(ctx, [[x, y], [x + reach * 0.4 * side, y - (2.5 / z) * rnd()], [x + (reach * x) / 500, y + reach * 0.5]],
        rgb(rnd() < 0.3 ? [70, 86, 60] : [104, 74, 66], 0.5 + 0.8 * rnd(), 0.5), (3.2 / z) * (0.3 + rnd()), true);
    }
  }
  const open = [...water(1), ...water(-1).reverse()];
  ctx.globalCompositeOperation = "destination-out";
  fill(ctx, open, "#000");
  for (const width of [2, 4]) stroke(ctx, open, "rgba(0,0,0,.35)", width);
  ctx.globalCompositeOperation = "source-over";
}

/** The bark of the vault between two ribs: long fibres running away from us, and lesser ribs across them. */
function vault(ctx, k, rnd) {
  const [far, near] = [ribAt(k - 1), ribAt(k)];
  for (const side of [-1, 1]) {
    for (let i = 0; i < 260; i++) {
      const t = 0.5 + 0.5 * rnd() ** 0.9;
      const lift = 1 + 0.05 * Math.sin(t * 40 + k * 5) + 0.04 * rnd();
      const [x, y] = wall(t).map((v) => v * lift);
      const [a, b] = [project(side * x, y, far), project(side * x * 1.02, y * 1.02, mix(far, near, 0.4 + rnd() * 0.7))];
      const bend = between(a, b, 0.5).map((v) => v + (rnd() - 0.5) * 6);
      stroke(ctx, [a, bend, b], rgb(rnd() < 0.25 ? LIT : [128, 82, 62], (0.35 + 1.1 * rnd() ** 3) * mix(0.85, 0.5, k / RIBS), 0.34), (4.5 / near) * (0.3 + 1.4 * rnd() ** 2), true);
    }
    for (let s = 0; s < 3; s++) {
      const t = 0.42 + 0.16 * s + 0.08 * rnd();
      const at = (more, z) => {
        const [x, y] = wall(Math.min(1, t + more));
        return [side * x * 0.97, y * 0.99, z];
      };
      limb(ctx, run([at(0, near), at(0.16, mix(near, far, 0.45)), at(0.34, far)], [0.075, 0.05, 0.04], 16), { rnd, base: WOOD, lit: LIT, rim: 0.8, shade: 0.9 });
    }
  }
}

/** A rib: strands of root that leave the water, cross the bank, climb the wall and meet in the crown. `cut` is what it hides. */
function rib(wood, cut, k, rnd) {
  const z = ribAt(k);
  const grow = (line, rim, shade) => limb(wood, line, { base: WOOD, lit: LIT, rim, shade, cut: true });
  for (const side of [-1, 1]) {
    grow(run(strand(side, z, 0.06, 0, rnd), [0.02, 0.16, 0.2, 0.17, 0.15, 0.14, 0.14, 0.14], 34), 0.3, 0.72);
    for (let s = 0; s < 4; s++) {
      const radii = [0.012, 0.05, 0.1 - 0.012 * s, 0.085, 0.066, 0.056, 0.05, 0.045].map((r) => r * (0.75 + 0.5 * rnd()));
      grow(run(strand(side, z - 0.05 * s, -0.05 + 0.075 * s, s * 1.9 + k, rnd), radii, 40), k < 2 ? 1.2 : 0.85, mix(1.05, 0.8, k / RIBS));
    }
    for (let s = 0; s < 3; s++) grow(toe(side, z, rnd), 1, 1);
  }
}

/** The way of one strand. */
function strand(side, z, inset, phase, rnd) {
  const reach = 0.5 + 0.4 * rnd();
  const up = [0.06, 0.2, 0.36, 0.52, 0.68, 0.84, 1].map((t) => {
    const [x, y] = wall(t);
    const sway = 0.06 * Math.sin(t * 9 + phase) + 0.03 * Math.sin(t * 21 + phase * 2);
    const narrow = 1 - (0.09 + inset + sway) / Math.max(0.9, Math.hypot(x, y));
    return [side * x * narrow, y * narrow, z + 0.05 * Math.sin(t * 7 + phase)];
  });
  return [[side * bank(z, side) * (0.96 - 0.1 * reach), 1.08, z - 0.1 * reach], ...up];
}

/** A root that feels its way over the bank and into the water. */
function toe(side, z, rnd) {
  const b = bank(z, side);
  const far = (rnd() - 0.6) * 0.5 * (z / 3);
  return run([
    [1.74, 0.55 + 0.2 * rnd(), 0], [1.5 + 0.1 * rnd(), 0.92, 0.2], [mix(b, 1.4, 0.55), 0.93 + 0.04 * rnd(), 0.6], [b + 0.02, 0.97, 1], [b - 0.16 - 0.2 * rnd(), 1.1, 1.2],
  ].map(([x, y, t]) => [side * x, y, z + far * t]), [0.1, 0.075, 0.05, 0.036, 0.012], 22);
}
