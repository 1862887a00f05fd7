// Paintings of the workshop: drawing/brush.py.

import { sheet, VALUE } from "./draw.mjs";

const STROKE = 12;

export function lay({ size, parts }, dots) {
	const pens = [0, 1].map(() => sheet(Math.ceil(size[0] * dots), Math.ceil(size[1] * dots)));
	for (const { dots: own, outline, at, colours, strokes } of parts) {
		const [k, edge] = [dots / own, new Path2D(outline)];
		pens.forEach((ctx, i) => {
			ctx.save();
			ctx.setTransform(k, 0, 0, k, at[0] * dots, at[1] * dots);
			ctx.clip(edge);
			ctx.fillStyle = i ? "#8080ff" : colours[colours.length >> 2];
			ctx.fill(edge);
			ctx.globalCompositeOperation = "source-atop";
			ctx.globalAlpha = .86;
		});
		for (let i = 0; i < strokes.length; i += STROKE) one(pens, colours, [...strokes.slice(i, i + STROKE)].map((digit) => VALUE[digit]));
		for (const ctx of pens) ctx.restore();
	}
	return pens.map(({ canvas }) => canvas);
}

function one(pens, colours, /** @type {number[]} */ [x1, x0, y1, y0, mx, my, ex, ey, wide, colour, right, down]) {
	const [x, y] = [x1 * 64 + x0, y1 * 64 + y0];
	const [dx, dy] = [(ex - 32) * 3, (ey - 32) * 3];
	pens.forEach((ctx, i) => {
		ctx.strokeStyle = i ? `rgb(${right * 4},${down * 4},255)` : colours[colour];
		ctx.lineWidth = wide / 2;
		ctx.beginPath();
		ctx.moveTo(x, y);
		ctx.quadraticCurveTo(x + (mx - 32) * 4 - dx / 2, y + (my - 32) * 4 - dy / 2, x + dx, y + dy);
		ctx.stroke();
	});
}
