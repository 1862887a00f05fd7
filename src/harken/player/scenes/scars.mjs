// Scars, as drawings: on the palms of the one who confides each is a small map; on yours it is the line of a meeting.
// Red is the mark itself, green the light in it, blue how late it is drawn.

import { along, between, chance, curve, mix, pen, sheet } from "./draw.mjs";

/** How much larger what is near is seen, for each step of depth: the middle of a breath in light.glsl. */
const NEARER = 0.017;
/** Half of what a finger can touch. */
const LEAST = 22;

/** A number of its own for every name. */
const seedOf = (id) => [...id].reduce((sum, letter) => (Math.imul(sum, 31) + letter.codePointAt(0)) | 0, 7);

/** A small map, in a box from -1 to 1: a road or a river, what runs into it, its banks, and a place. @returns {number[][][]} */
export function mapOf(id) {
  const rnd = chance(seedOf(id));
  let x = (rnd() - 0.5) * 0.5;
  const main = Array.from({ length: 7 }, (_, i) => [(x += (rnd() - 0.5) * 0.5), -1 + i / 3]).map(([a, b]) => [a * 0.8, b]);
  const line = along(main, 40);
  const lines = [main];
  for (let i = 0; i < 3; i++) {
    const from = line[(8 + i * 10 + rnd() * 6) | 0];
    const side = i % 2 ? 1 : -1;
    lines.push([from, [from[0] + side * 0.25, from[1] - 0.1 * rnd()], [from[0] + side * (0.45 + 0.3 * rnd()), from[1] + 0.25 * (rnd() - 0.3)]]);
  }
  const bank = rnd() < 0.5 ? -1 : 1;
  for (let i = 3; i < 36; i += 2) {
    const [a, b] = line[i];
    if (rnd() < 0.7) lines.push([[a + bank * 0.07, b], [a + bank * (0.13 + 0.08 * rnd()), b + 0.05]]);
  }
  const [hx, hy] = line[(14 + rnd() * 14) | 0];
  const home = [hx - bank * 0.3, hy];
  lines.push(Array.from({ length: 9 }, (_, i) => [home[0] + 0.09 * Math.cos(i * 0.8), home[1] + 0.08 * Math.sin(i * 0.8)]));
  for (const r of [0.2, 0.3]) lines.push(Array.from({ length: 7 }, (_, i) => [home[0] + r * Math.cos(i * 0.6 + r * 20), home[1] + r * 0.8 * Math.sin(i * 0.6 + r * 20)]));
  return lines;
}

/** Where the first `count` scars of a painting are seen on a page: boxes in its pixels. @param {View} view of density 1 */
export function boxes({ slots, at, to, k, hang, depth }, view, count) {
  const size = mix(...k, view.upright);
  const [left, middle] = between(...to, view.upright);
  const top = hang ? Math.min(middle, view.top) : middle;
  const scale = view.scale * (1 + depth * NEARER);
  return slots.slice(0, count).map(([x, y, , half]) => {
    const r = Math.max(LEAST, half * size * scale);
    return { x: view.x + (left + (x - at[0]) * size) * scale - r, y: view.y + (top + (y - at[1]) * size) * scale - r, w: 2 * r, h: 2 * r };
  });
}

/**
 * Draws scars where they lie. `slots` are [x, y, turn in degrees, half its height] in the painting's own units.
 * @param {{lines: number[][][], touched: boolean}[]} scars
 */
export function paintScars(size, dots, slots, scars) {
  const canvas = sheet(size[0] * dots, size[1] * dots);
  const ctx = pen(canvas);
  ctx.fillStyle = "#000";
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  ctx.globalCompositeOperation = "lighten";
  ctx.lineCap = ctx.lineJoin = "round";
  scars.slice(0, slots.length).forEach(({ lines, touched }, n) => {
    const [x, y, turn, half] = slots[n];
    const [c, s] = [Math.cos((turn * Math.PI) / 180) * half * dots, Math.sin((turn * Math.PI) / 180) * half * dots];
    ctx.setTransform(c, s, -s, c, x * dots, y * dots);
    lines.forEach((line, i) => {
      const pts = along(line, Math.max(3, line.length * 4));
      for (let j = 0; j < pts.length - 1; j++) {
        const late = Math.min(255, ((i + j / pts.length) / lines.length) * 235 + 10) | 0;
        const part = pts.slice(j, j + 2);
        const stroke = (style, width) => {
          ctx.strokeStyle = style;
          ctx.lineWidth = width;
          ctx.beginPath();
          curve(ctx, part);
          ctx.stroke();
        };
        if (touched) for (const [wide, light] of [[0.26, 26], [0.17, 60], [0.10, 110], [0.05, 255]]) stroke(`rgb(0,${light},${late})`, wide);
        stroke(`rgb(${i ? 200 : 255},${touched ? 255 : 0},${late})`, i ? 0.04 : 0.065);
      }
    });
  });
  return canvas;
}
