// The way to the server of this page: one socket, and the door that gives its key.

import { Locked } from "./protocol.mjs";

/**
 * Shows the key that stood behind # in the address, and takes it out of there. True when the door is open.
 * @returns {Promise<boolean>}
 */
export async function enter() {
  const token = location.hash.slice(1);
  if (token) history.replaceState(null, "", location.pathname);
  const answer = await fetch("/enter", {
    method: "POST", credentials: "same-origin", cache: "no-store",
    headers: { "Content-Type": "application/json" }, body: JSON.stringify(token ? { token } : {}),
  });
  return answer.ok;
}

/** @returns {Promise<import("./protocol.mjs").Transport>} */
export async function socket() {
  if (!(await enter())) throw new Locked("the door is locked");
  const line = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/meeting`);
  
  const transport = {
    send: (message) => line.readyState === WebSocket.OPEN && line.send(JSON.stringify(message)),
    close: () => line.close(),
    onmessage: null,
    onclose: null,
  };
  await new Promise((open, fail) => {
    line.onopen = open;
    line.onclose = fail;
  });
  line.onmessage = (event) => transport.onmessage?.(JSON.parse(event.data));
  line.onclose = () => transport.onclose?.();
  return transport;
}
