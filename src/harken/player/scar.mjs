// The drawing that a meeting left.

import { button, calm, give, make } from "./make.mjs";
import { curve } from "./scenes/draw.mjs";
import { word } from "./words.mjs";

const [LEFT, WIDE, TALL, NIGHT] = [60, 880, 1000, "#090714"];
const LINE = { fill: "none", stroke: "#ffe9c4", "stroke-width": "9", "stroke-linecap": "round", "stroke-linejoin": "round" };
const HALO = { ...LINE, stroke: "#f0a95a", "stroke-width": "34", opacity: ".2" };

function path(points) {
	let d = "";
	curve({ moveTo: (...to) => (d = `M${to}`), bezierCurveTo: (...to) => (d += `C${to.map(Math.round)}`) }, points);
	return d;
}

/** @param {Scar} scar */
function drawing({ strokes, label, owed }, still = calm()) {
	let wait = .8;
	const lines = strokes.flatMap((points) => {
		const long = points.slice(1).reduce((sum, p, i) => sum + Math.hypot(p[0] - points[i][0], p[1] - points[i][1]), 0);
		const pair = [HALO, LINE].map((look) => make("path", { class: look === HALO && "halo", d: path(points), pathLength: "1", ...look }));
		for (const { style } of pair) {
			style.setProperty("--wait", `${wait}s`);
			style.setProperty("--long", `${long / 520 + .3}s`);
		}
		wait += long / 900 + .12;
		return pair;
	});
	return make(`svg.scar${owed ? ".owed" : ""}${still ? "" : ".drawn"}`, { viewBox: `${LEFT} 0 ${WIDE} ${TALL}`, role: "img", "aria-label": label || word("scar") }, lines);
}

function asSvg(scar) {
	const picture = drawing(scar, true);
	picture.style.background = NIGHT;
	return new Blob([new XMLSerializer().serializeToString(picture)]);
}

function asPng({ strokes }) {
	const canvas = new OffscreenCanvas(WIDE * 2, TALL * 2);
	const pen = /** @type {Ctx} */ (canvas.getContext("2d"));
	pen.fillStyle = NIGHT;
	pen.fillRect(0, 0, canvas.width, canvas.height);
	pen.setTransform(2, 0, 0, 2, -2 * LEFT, 0);
	pen.lineCap = pen.lineJoin = "round";
	for (const look of [HALO, LINE]) {
		Object.assign(pen, { strokeStyle: look.stroke, lineWidth: look["stroke-width"], globalAlpha: look.opacity ?? 1 });
		for (const points of strokes) pen.stroke(new Path2D(path(points)));
	}
	return canvas.convertToBlob();
}

export const shown = (scar) => [drawing(scar), make("figcaption", { text: scar.label }), make("p.take", {}, [
	button(word("as-svg"), () => give("scar.svg", asSvg(scar))),
	button(word("as-png"), async () => give("scar.png", await asPng(scar)))])];
