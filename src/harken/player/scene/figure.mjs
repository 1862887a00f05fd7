// The one who comes (art/figure.svg), made ready: shown only as much as they let themselves be seen.

import { pen, sheet, soften } from "./draw.mjs";

/** The box the figure is drawn in: its width and height, and the line where it stands. */
export const BOX = { w: 480, h: 680, feet: 606 };

/** The figure's shape: red sharp, green soft, blue very soft. @param {ImageBitmap} figure */
export function shapeOf(figure) {
  const mask = sheet(figure.width, figure.height);
  const ctx = pen(mask);
  ctx.fillStyle = "#000";
  ctx.fillRect(0, 0, mask.width, mask.height);
  const solid = sheet(mask.width, mask.height);
  pen(solid).drawImage(figure, 0, 0);
  ctx.globalCompositeOperation = "lighter";
  for (const [picture, colour] of [[solid, "#f00"], [soften(solid, 3), "#0f0"], [soften(solid, 5), "#00f"]]) {
    const tint = sheet(mask.width, mask.height);
    const wash = pen(tint);
    wash.drawImage(picture, 0, 0);
    wash.globalCompositeOperation = "source-in";
    wash.fillStyle = colour;
    wash.fillRect(0, 0, tint.width, tint.height);
    ctx.drawImage(tint, 0, 0);
  }
  return mask;
}
