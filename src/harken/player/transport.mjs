// The way to this page's server.

import { Locked } from "./protocol.mjs";

export function ask(path, body) {
	const headers = { "Content-Type": "application/json" };
	return fetch(path, { cache: "no-store", ...(body && { method: "POST", headers, body: JSON.stringify(body) }) });
}

export async function enter() {
	const token = location.hash.slice(1);
	if (token) history.replaceState(null, "", location.pathname);
	return (await ask("/enter", token ? { token } : {})).ok;
}

export async function socket() {
	if (!(await enter())) throw new Locked();
	const line = new WebSocket(`${location.origin.replace("http", "ws")}/meeting`);
	await new Promise((open, fail) => Object.assign(line, { onopen: open, onclose: fail }));
	const transport = {
		send: (message) => line.readyState === WebSocket.OPEN && line.send(JSON.stringify(message)),
		onmessage: null,
		onclose: null,
	};
	line.onmessage = ({ data }) => transport.onmessage?.(JSON.parse(data));
	line.onclose = () => transport.onclose?.();
	return transport;
}
