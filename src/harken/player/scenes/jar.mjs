// The jar, for the light: see JAR in ../art/light.glsl.

import { mix, pen, rgb, sheet, smooth } from "./draw.mjs";

const LID = 0.16;

/** Its outline is how far down, and how wide there. Red is which way the glass faces, green what it holds, blue its cork. */
export function paintJar(outline, high) {
  const canvas = sheet(high * 0.8, high);
  const ctx = pen(canvas);
  for (let row = 0; row < high; row++) {
    const y = (row + 0.5) / high;
    const i = outline.findIndex(([at]) => at > y);
    if (i < 1) continue;
    const [[y0, w0], [y1, w1]] = [outline[i - 1], outline[i]];
    const half = mix(w0, w1, (y - y0) / (y1 - y0)) * high;
    const mid = canvas.width / 2;
    const g = ctx.createLinearGradient(mid - half, 0, mid + half, 0);
    const full = 255 * smooth(0.26, 0.36, y) * smooth(0.955, 0.9, y);
    for (let k = 0; k <= 12; k++) {
      const nx = k / 6 - 1;
      g.addColorStop(k / 12, rgb([nx * 127 + 128, full * Math.sqrt(1 - nx ** 4 * 0.98), y < LID ? 255 : 0]));
    }
    ctx.fillStyle = g;
    ctx.fillRect(mid - half, row, half * 2, 1.6);
  }
  return canvas;
}
