// The colours of a scene (art/palettes.json): indigo as they breathe out, rose between, gold as they breathe in, and
// ash as it comes apart. Each colour is light, not paint, and may go above one.

import { between } from "./draw.mjs";

/** The names every key has, in the order the shaders know them. */
const NAMES = ["top", "mid", "low", "sun", "deep", "star", "fill", "key"];

/** The palette as it is now; breath, ash and ache are 0 to 1. @param {Palette} p */
export function colours(p, breath, ash, ache) {
  const [a, b, t] = breath < 0.5 ? [p.indigo, p.rose, breath * 2] : [p.rose, p.gold, breath * 2 - 1];
  return new Float32Array(NAMES.flatMap((name) => {
    const now = between(between(a[name], b[name], t), p.ash[name], ash);
    const grey = 0.3 * now[0] + 0.55 * now[1] + 0.15 * now[2];
    return between(now, [grey * 0.94, grey * 0.92, grey * 1.14], ache * 0.2);
  }));
}
