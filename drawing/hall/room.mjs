// The room one wakes in: wall, window, curtains. Red is how light a thing is, green the light about it, blue what falls on it.

import { chance, fill, mix, rgb, sheetFor, stroke } from "./draw.mjs";

const [X0, Y0, X1, Y1] = [-66, -318, 150, -78];
const box = (x, y, w, h) => [[x, y], [x + w, y], [x + w, y + h], [x, y + h]];

/** @param {View} view */
export function paintRoom(view) {
  const { ctx } = sheetFor(view);
  const rnd = chance(3);
  fill(ctx, box(-1023, -600, 1600, 1615), rgb([26, 0, 0]));
  fill(ctx, box(X0 - 14, Y0 - 14, X1 - X0 + 28, Y1 - Y0 + 28), rgb([60, 60, 0]));
  fill(ctx, box(X0 - 26, Y1 + 6, X1 - X0 + 52, 12), rgb([80, 150, 90]));
  fill(ctx, box(X0 - 20, Y1 + 18, X1 - X0 + 40, 8), rgb([30, 20, 0]));
  const [w, h] = [(X1 - X0 - 8) / 2, (Y1 - Y0 - 16) / 3];
  ctx.globalCompositeOperation = "destination-out";
  for (let i = 0; i < 6; i++) fill(ctx, box(X0 + (i % 2) * (w + 8), Y0 + ((i / 2) | 0) * (h + 8), w, h), "#000");
  ctx.globalCompositeOperation = "source-over";
  coverlet(ctx, rnd);
  for (const side of [-1, 1]) curtain(ctx, side, side < 0 ? X0 - 16 : X1 + 16, rnd);
}

/** The coverlet: its folds come toward us out of what light there is, and are lost in the dark. */
function coverlet(ctx, rnd) {
  const [top, low, rows, columns] = [70, 1010, 13, 80];
  const at = (i, v) => {
    const u = i / columns;
    const x = 40 + (u - 0.54) * (700 + 760 * v);
    return [x + 26 * Math.sin(v * 5 + u * 17) * v + 10 * Math.sin(v * 13 + u * 41) * v, mix(top, low, v)];
  };
  for (let i = 0; i < columns; i++) {
    const u = i / columns;
    for (let k = 0; k < rows; k++) {
      const [a, b] = [k / rows, Math.min(1, (k + 1.02) / rows)];
      const fold = (0.5 + 0.5 * Math.sin(u * 39 + 2.2 * Math.sin(u * 11) + a * 1.4)) ** 1.6;
      const aside = Math.exp(-(((at(i, a)[0] - 60) / 360) ** 2));
      const light = aside * Math.min(1, a * 4) * (1 - a) ** 1.3 * (0.42 + 0.58 * fold) * (0.92 + 0.16 * rnd());
      fill(ctx, [at(i, a), at(i + 1.06, a), at(i + 1.06, b), at(i, b)], rgb([26 + 120 * light, 40 * light * fold, 70 * light * fold]));
    }
  }
}

/** A curtain, its folds lit through. */
function curtain(ctx, side, x, rnd) {
  const [top, low] = [-440, -36];
  for (let i = 0; i < 60; i++) {
    const u = i / 59;
    const fold = 0.5 + 0.5 * Math.sin(u * 26 + Math.sin(u * 9) * 2);
    const thin = (1 - u) ** 1.4;
    const at = (v) => x + side * (-34 + u * 128 + 12 * Math.sin(v * 4 + u * 5) * v) - side * 26 * v * (1 - u);
    const line = Array.from({ length: 7 }, (_, k) => [at(k / 6), mix(top, low + 10 * Math.sin(u * 20) + 8 * rnd(), k / 6)]);
    stroke(ctx, line, rgb([40 + 60 * fold, 60 * fold + 100 * thin * fold, 190 * thin * (0.35 + 0.65 * fold)]), 4.6, true);
  }
}
