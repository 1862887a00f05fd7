// A scar: the drawing that a meeting left. It draws itself, glows while a promise is owed, and can be taken along.

import { button, calm, give, make } from "./make.mjs";
import { word } from "./words.mjs";

const [LEFT, WIDE, TALL, NIGHT] = [60, 880, 1000, "#090714"];
const LINE = { fill: "none", stroke: "#ffe9c4", "stroke-width": "9", "stroke-linecap": "round", "stroke-linejoin": "round" };
const HALO = { ...LINE, stroke: "#f0a95a", "stroke-width": "34", opacity: ".2" };

/** A stroke as a smooth path through its points (Catmull and Rom's). @param {Point[]} points */
function path(points) {
  const at = (i) => points[Math.max(0, Math.min(points.length - 1, i))];
  return points.slice(1).reduce((d, c, i) => {
    const [a, b, e] = [at(i - 1), at(i), at(i + 2)];
    const bent = [b[0] + (c[0] - a[0]) / 6, b[1] + (c[1] - a[1]) / 6, c[0] - (e[0] - b[0]) / 6, c[1] - (e[1] - b[1]) / 6, ...c];
    return `${d}C${bent.map(Math.round).join(" ")}`;
  }, `M${points[0].join(" ")}`);
}

/** The drawing. Stroke after stroke appears, unless all must keep still. @param {Scar} scar */
export function drawing({ strokes, label, owed }, still = calm()) {
  let wait = 0.8;
  const lines = strokes.map((points) => {
    const long = points.slice(1).reduce((sum, p, i) => sum + Math.hypot(p[0] - points[i][0], p[1] - points[i][1]), 0);
    const pair = [make("path.halo", { d: path(points), pathLength: "1", ...HALO }), make("path", { d: path(points), pathLength: "1", ...LINE })];
    for (const { style } of pair) {
      style.setProperty("--wait", `${wait.toFixed(2)}s`);
      style.setProperty("--long", `${(long / 520 + 0.3).toFixed(2)}s`);
    }
    wait += long / 900 + 0.12;
    return pair;
  });
  return make(`svg.scar${owed ? ".owed" : ""}${still ? "" : ".drawn"}`, { viewBox: `${LEFT} 0 ${WIDE} ${TALL}`, role: "img", "aria-label": label || word("scar") }, lines.flat());
}

/** @param {Scar} scar */
export function asSvg(scar) {
  const picture = drawing(scar, true);
  picture.style.background = NIGHT;
  return new Blob([new XMLSerializer().serializeToString(picture)], { type: "image/svg+xml" });
}

/** @param {Scar} scar @returns {Promise<Blob>} */
export function asPng({ strokes }) {
  const canvas = new OffscreenCanvas(WIDE * 2, TALL * 2);
  const pen = /** @type {any} */ (canvas.getContext("2d"));
  pen.fillStyle = NIGHT;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.setTransform(2, 0, 0, 2, -2 * LEFT, 0);
  pen.lineCap = pen.lineJoin = "round";
  for (const look of [HALO, LINE]) {
    Object.assign(pen, { strokeStyle: look.stroke, lineWidth: look["stroke-width"], globalAlpha: look.opacity ?? 1 });
    for (const points of strokes) pen.stroke(new Path2D(path(points)));
  }
  return canvas.convertToBlob({ type: "image/png" });
}

/** The drawing under its name, and two ways to take it along. @param {Scar} scar */
export const shown = (scar) => [drawing(scar), make("figcaption", { text: scar.label }), make("p.take", {}, [
  button(word("as-svg"), () => give("scar.svg", asSvg(scar))),
  button(word("as-png"), async () => give("scar.png", await asPng(scar)))])];
