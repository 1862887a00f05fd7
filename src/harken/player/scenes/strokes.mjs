// A painting made of brush strokes (art/*.json): what was laid down, and which way the surface under each stroke faces.

import { pen, sheet, VALUE } from "./draw.mjs";

const STROKE = 12;

/**
 * Lays a painting at so many dots to a unit. A stroke is twelve digits (0 to 63): across and down, two each; its middle
 * and its end from there, in twos and threes, from 32; its width in halves; its colour; and how far it faces right and down.
 * @param {any} art
 */
export function lay(art, dots) {
  const [w, h] = art.size.map((units) => Math.ceil(units * dots));
  const [paint, facing] = [sheet(w, h), sheet(w, h)];
  const pens = [pen(paint), pen(facing)];
  for (const part of art.parts) {
    const k = dots / part.dots;
    const edge = new Path2D(part.outline);
    for (const ctx of pens) {
      ctx.save();
      ctx.setTransform(k, 0, 0, k, part.at[0] * dots, part.at[1] * dots);
      ctx.clip(edge);
      ctx.fillStyle = ctx === pens[0] ? part.colours[part.colours.length >> 2] : "#8080ff";
      ctx.fill(edge);
      ctx.lineCap = "round";
    }
    for (let i = 0; i < part.strokes.length; i += STROKE) one(pens, part, i);
    for (const ctx of pens) ctx.restore();
  }
  return { paint, facing };
}

function one(pens, { strokes, colours }, from) {
  const at = (i) => VALUE[strokes[from + i]];
  const [x, y] = [at(0) * 64 + at(1), at(2) * 64 + at(3)];
  const styles = [colours[at(9)], `rgb(${at(10) * 4},${at(11) * 4},255)`];
  pens.forEach((ctx, i) => {
    ctx.strokeStyle = styles[i];
    ctx.lineWidth = at(8) / 2;
    ctx.globalAlpha = 0.86;
    ctx.beginPath();
    ctx.moveTo(x, y);
    const [mx, my, ex, ey] = [x + (at(4) - 32) * 2, y + (at(5) - 32) * 2, x + (at(6) - 32) * 3, y + (at(7) - 32) * 3];
    ctx.quadraticCurveTo(2 * mx - (x + ex) / 2, 2 * my - (y + ey) / 2, ex, ey);
    ctx.stroke();
  });
}
