// The draughtsman's hand in the workshop: a seeded chance, and limbs; what is drawn is written down, not painted.

/** How far the eye is from the picture: one unit of the hall, at a distance of one, covers this much of it. */
export const FOCAL = 430;

/** Numbers from 0 to 1 that are the same for the same seed. */
export function chance(seed) {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export const mix = (a, b, t) => a + (b - a) * t;
export const clamp = (v, lo = 0, hi = 1) => Math.min(hi, Math.max(lo, v));
export const smooth = (a, b, v) => {
  const t = clamp((v - a) / (b - a));
  return t * t * (3 - 2 * t);
};
/** Between two points, or two colours. */
export const between = (a, b, t) => a.map((v, i) => mix(v, b[i], t));
/** A colour for a canvas, brighter or darker. @param {Colour} c */
export const rgb = (c, light = 1, alpha = 1) => `rgba(${c.map((v) => clamp(v * light, 0, 255) | 0)},${alpha})`;
/** From the hall onto the picture. */
export const project = (x, y, z) => [(FOCAL * x) / z, (FOCAL * y) / z];

/** A sheet is a number here: what is drawn on it is written down (see ./write.mjs). @param {View} view */
let sheets = 0;
export const fresh = () => (sheets = 0);
export const sheetFor = () => ({ canvas: sheets, ctx: { sheet: sheets++, globalCompositeOperation: "source-over" } });
export { fill, leaf, limb, sprig, stroke, volume, shell } from "./write.mjs";

/** n points along a smooth curve through the given ones, in as many dimensions as they have. @returns {Point[]} */
export function along(pts, n) {
  return Array.from({ length: n }, (_, i) => {
    const u = (i / (n - 1)) * (pts.length - 1);
    const k = Math.min(pts.length - 2, u | 0);
    const t = u - k;
    const [a, b, c, d] = [pts[Math.max(0, k - 1)], pts[k], pts[k + 1], pts[Math.min(pts.length - 1, k + 2)]];
    return b.map((_, j) => b[j] + 0.5 * t * (c[j] - a[j] + t * (2 * a[j] - 5 * b[j] + 4 * c[j] - d[j] + t * (3 * (b[j] - c[j]) + d[j] - a[j]))));
  });
}

/** A limb that runs through the hall, thick where it is near. Radii in the hall's units. @returns {Limb} */
export function run(pts, radii, n = 28) {
  const line = along(pts, n);
  const r = along(radii.map((v) => [v]), n);
  const z = (i) => Math.max(0.2, line[i][2]);
  return { mid: line.map(([x, y], i) => project(x, y, z(i))), half: r.map(([v], i) => (FOCAL * Math.max(0.002, v)) / z(i)) };
}

