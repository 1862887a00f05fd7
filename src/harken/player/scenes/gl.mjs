// What is asked of WebGL2.

import { mix, smooth } from "./draw.mjs";

export function context(canvas) {
	const gl = canvas.getContext("webgl2", { antialias: false, alpha: false, depth: false, powerPreference: "low-power" });
	if (!gl) throw new Error("WebGL2 is not here");
	gl.enable(gl.BLEND);
	gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
	gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, true);
	return gl;
}

export function brushes(gl, text) {
	const parts = text.split(/^\/\/# /m).slice(1).map((part) => part.match(/^(\w+) ?(\w*).*\n([^]*)/));
	const body = Object.fromEntries(parts.map(([, name, , lines]) => [name, lines]));
	const source = (name) => `#version 300 es\n${body.HEAD}${body[name].includes("sky(") ? body.SKY : ""}${body[name]}`;
	return Object.fromEntries(parts.filter(([, , shape]) => shape).map(([, name, shape]) => [name.toLowerCase(), brush(gl, source(shape), source(name))]));
}

function brush(gl, vertex, fragment) {
	const program = gl.createProgram();
	const shaders = [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]].map(([type, text]) => {
		const shader = gl.createShader(type);
		gl.shaderSource(shader, text);
		gl.compileShader(shader);
		gl.attachShader(program, shader);
		return shader;
	});
	gl.linkProgram(program);
	const places = {};
	let checked = false;
	return (set) => {
		checked ||= gl.getProgramParameter(program, gl.LINK_STATUS);
		if (!checked) throw new Error(shaders.map((s) => gl.getShaderInfoLog(s)).join("\n"));
		gl.useProgram(program);
		for (const [name, value] of Object.entries(set)) {
			const place = (places[name] ??= gl.getUniformLocation(program, name));
			if (typeof value === "number") gl.uniform1f(place, value);
			else if (value instanceof Float32Array) gl.uniform3fv(place, value);
			else if ("int" in value) gl.uniform1i(place, value.int);
			else gl[`uniform${value.length}fv`](place, value);
		}
	};
}

export function texture(gl, picture, beyond = gl.CLAMP_TO_EDGE) {
	const made = gl.createTexture();
	gl.activeTexture(gl.TEXTURE7);
	gl.bindTexture(gl.TEXTURE_2D, made);
	gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, gl.RGBA, gl.UNSIGNED_BYTE, picture);
	gl.generateMipmap(gl.TEXTURE_2D);
	gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR_MIPMAP_LINEAR);
	gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, beyond);
	gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, beyond);
	return made;
}

export function vertices(gl, numbers, sizes, each) {
	const array = gl.createVertexArray();
	gl.bindVertexArray(array);
	gl.bindBuffer(gl.ARRAY_BUFFER, (array.buffer = gl.createBuffer()));
	gl.bufferData(gl.ARRAY_BUFFER, new Float32Array(numbers), gl.STATIC_DRAW);
	const row = sizes.reduce((a, b) => a + b);
	let offset = 0;
	sizes.forEach((size, i) => {
		gl.enableVertexAttribArray(i);
		gl.vertexAttribPointer(i, size, gl.FLOAT, false, row * 4, offset);
		gl.vertexAttribDivisor(i, each ? 1 : 0);
		offset += size * 4;
	});
	const count = numbers.length / row;
	return Object.assign(array, each ? { times: count } : { mode: gl.TRIANGLES, count });
}

export function drop(gl, array) {
	gl.deleteBuffer(array?.buffer);
	gl.deleteVertexArray(array);
}

export function noise(rnd, size = 128) {
	const fields = [8, 16, 32, 64].map((n) => {
		const v = Float32Array.from({ length: n * n }, rnd);
		const at = (i, j) => v[(j % n) * n + (i % n)];
		return (x, y) => {
			const [i, j] = [(x * n) | 0, (y * n) | 0];
			const [f, g] = [smooth(0, 1, x * n - i), smooth(0, 1, y * n - j)];
			return mix(mix(at(i, j), at(i + 1, j), f), mix(at(i, j + 1), at(i + 1, j + 1), f), g);
		};
	});
	const picture = new ImageData(size, size);
	for (let p = 0; p < size * size; p++) {
		const all = fields.map((field) => field((p % size) / size, ((p / size) | 0) / size));
		picture.data.set([all[0] * 255, all.reduce((sum, v, i) => sum + v * 271 * .5 ** (i + 1), 0), 0, 255], p * 4);
	}
	return picture;
}
