// The draughtsman's hand in the workshop: a seeded chance, and limbs; what is drawn is written down, not painted.

import { along, between, chance, clamp, FOCAL, mix, rgb, smooth } from "../../src/harken/player/scenes/draw.mjs";

export { along, between, chance, clamp, FOCAL, mix, rgb, smooth };

/** From the hall onto the picture. */
export const project = (x, y, z) => [(FOCAL * x) / z, (FOCAL * y) / z];

/** A sheet is a number here: what is drawn on it is written down (see ./write.mjs). @param {View} view */
let sheets = 0;
export const fresh = () => (sheets = 0);
export const sheetFor = () => ({ canvas: sheets, ctx: { sheet: sheets++, globalCompositeOperation: "source-over" } });
export { fill, leaf, limb, sprig, stroke, volume, shell } from "./write.mjs";

/** A limb that runs through the hall, thick where it is near. Radii in the hall's units. @returns {Limb} */
export function run(pts, radii, n = 28) {
  const line = along(pts, n);
  const r = along(radii.map((v) => [v]), n);
  const z = (i) => Math.max(0.2, line[i][2]);
  return { mid: line.map(([x, y], i) => project(x, y, z(i))), half: r.map(([v], i) => (FOCAL * Math.max(0.002, v)) / z(i)) };
}

