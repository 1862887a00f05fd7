// The way to this page's server: one socket, the keep's requests, and the door that gives both the key.

import { Locked } from "./protocol.mjs";

/** Asks for something of the keep's page, or does something there. @param {string} path @param {object} [body] */
export function ask(path, body) {
	const headers = { "Content-Type": "application/json" };
	return fetch(path, { cache: "no-store", ...(body && { method: "POST", headers, body: JSON.stringify(body) }) });
}

/** Shows the key from behind the address's #, and takes it out. True when the door is open. */
export async function enter() {
	const token = location.hash.slice(1);
	if (token) history.replaceState(null, "", location.pathname);
	return (await ask("/enter", token ? { token } : {})).ok;
}

/** @returns {Promise<Transport>} */
export async function socket() {
	if (!(await enter())) throw new Locked();
	const line = new WebSocket(`${location.origin.replace("http", "ws")}/meeting`);
	await new Promise((open, fail) => Object.assign(line, { onopen: open, onclose: fail }));
	/** @type {Transport} */ const transport = {
		send: (message) => line.readyState === WebSocket.OPEN && line.send(JSON.stringify(message)),
		onmessage: null,
		onclose: null,
	};
	line.onmessage = ({ data }) => transport.onmessage?.(JSON.parse(data));
	line.onclose = () => transport.onclose?.();
	return transport;
}
