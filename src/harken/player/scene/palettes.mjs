// The colours of a scene (art/palettes.json): indigo as they breathe out, rose between, gold as they breathe in, and
// ash as it comes apart. Each colour is light, not paint, and may go above one.

/** The names every key has, in the order the shaders know them. */
const NAMES = ["top", "mid", "low", "sun", "deep", "star", "fill", "key"];

/**
 * The palette as it is now.
 * @param {Palette} p @param {number} breath 0 to 1 @param {number} ash 0 to 1 @param {number} ache 0 to 1
 */
export function colours(p, breath, ash, ache) {
  const out = new Float32Array(NAMES.length * 3);
  const [a, b, t] = breath < 0.5 ? [p.indigo, p.rose, breath * 2] : [p.rose, p.gold, breath * 2 - 1];
  NAMES.forEach((name, n) => {
    const now = [0, 1, 2].map((c) => (a[name][c] + (b[name][c] - a[name][c]) * t) * (1 - ash) + p.ash[name][c] * ash);
    const grey = 0.3 * now[0] + 0.55 * now[1] + 0.15 * now[2];
    for (let c = 0; c < 3; c++) out[n * 3 + c] = now[c] + (grey * [0.94, 0.92, 1.14][c] - now[c]) * ache * 0.42;
  });
  return out;
}
