// What a JavaScript peer is, and how it is run. The same as harness.py, which says what each part means.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename } from "node:path";
import process from "node:process";
import { deflateSync } from "node:zlib";

export const NAME = "Ada";
export const TRUST_MOST = 20;
const HALF = 10;
const LEAST_TURNS = 3;
const PLAYS = 5;
const QUICK = 1000;

/** A package of the peers' own environment. */
export const need = createRequire(process.env.HARKEN_BENCH_NODE + "/");

export const measure = (trust) => (trust >= HALF ? "half of it" : "little of it");
export const rendered = (text, trust) => text.replaceAll("{name}", NAME).replaceAll("{measure}", measure(trust));
/** The id in a text: every text says its own number. */
export const idIn = (text) => "s" + /under number (\d+)/.exec(text)[1];

const since = (begun) => Number(process.hrtime.bigint() - begun) / 1e6;
const peak = () => process.resourceUsage().maxRSS / 1024;
const fingerprint = (items) => createHash("sha256").update(items.join("\n")).digest("hex").slice(0, 12);

/** Run a peer: a class with write, compile, load, turn, read and save. */
export function main(Peer, url) {
  if (basename(process.argv[1]) !== basename(url)) return; // imported by a variant of this peer
  const [what, story, folder, turns, seconds] = process.argv.slice(2);
  const storylets = JSON.parse(readFileSync(story, "utf8"));
  mkdirSync(folder, { recursive: true });
  const out = what === "compile" ? compile(new Peer(), storylets, folder) : play(Peer, storylets, folder, +turns, +seconds);
  console.log(JSON.stringify(out));
}

function compile(peer, storylets, folder) {
  peer.write(storylets, folder);
  const begun = process.hrtime.bigint();
  peer.compile(folder);
  return { compile_ms: since(begun) };
}

function play(Peer, storylets, folder, turns, seconds) {
  const base = peak();
  let peer = new Peer();
  const begun = process.hrtime.bigint();
  peer.load(storylets, folder);
  const load_ms = since(begun);
  takeTurns(peer, turns, seconds / 2);
  const times = [];
  let outcomes = [];
  const started = process.hrtime.bigint();
  for (let number = 0; number < PLAYS; number++) {
    if (number && since(started) > QUICK) break;
    peer = new Peer();
    peer.load(storylets, folder);
    const taken = takeTurns(peer, turns, seconds);
    outcomes = taken.outcomes;
    times.push(...taken.times);
  }
  const saved = peer.save();
  const told = outcomes.map((outcome) => peer.read(outcome));
  return {
    ids: told.map(([id]) => id),
    texts: told.some(([, text]) => text) ? fingerprint(told.map(([, text]) => text)) : null,
    turns: told.length,
    turn_ms: times,
    load_ms,
    save_bytes: Buffer.byteLength(saved),
    save_deflated_bytes: deflateSync(saved, { level: 9 }).length,
    rss_mb: peak(),
    rss_base_mb: base,
  };
}

function takeTurns(peer, turns, seconds) {
  const outcomes = [];
  const times = [];
  const started = process.hrtime.bigint();
  for (let number = 0; number < turns; number++) {
    if (number >= LEAST_TURNS && since(started) > seconds * 1000) break;
    const begun = process.hrtime.bigint();
    const outcome = peer.turn();
    times.push(since(begun));
    outcomes.push(outcome);
  }
  return { outcomes, times };
}
