// Writes down what is drawn: digits of 64, as ../../src/harken/player/scenes/drawn.mjs reads them. A length is two of them, in
// halves from -1024. Each thing begins with its letter and its sheet: L limb, F fill, S stroke, X cut away, B book,
// V leaf of ivy, T sprig, G the wood all around.

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
export const WOODS = [[74, 48, 38], [66, 50, 38], [78, 48, 46], [62, 40, 36], [40, 40, 40]];
export const LITS = [[236, 178, 128], [190, 150, 100], [230, 170, 130], [226, 170, 124], [120, 120, 120]];
export const out = [];
const one = (v) => DIGITS[Math.max(0, Math.min(63, Math.round(v)))];
/** A number from -1024 to 1023.5, in halves. */
const two = (v) => {
  const n = Math.max(0, Math.min(4095, Math.round((v + 1024) * 2)));
  return DIGITS[n >> 6] + DIGITS[n & 63];
};
const at = ([x, y]) => two(x) + two(y);
const far = (pts) => pts.every(([x, y]) => x < -1023 || x > 560 || y < -520 || y > 1015);
const colour = (style) => {
  const [r, g, b, a = 1] = style.startsWith("#") ? [0, 0, 0, 1] : style.match(/[\d.]+/g).map(Number);
  return one(r / 4) + one(g / 4) + one(b / 4) + one(a * 63);
};
const put = (ctx, kind, text) => out.push(kind + ctx.sheet + text);

export function fill(ctx, pts, style, soft = false) {
  if (far(pts)) return;
  const kind = ctx.globalCompositeOperation === "source-over" ? "F" : "X";
  for (let i = 0; i === 0 || i < pts.length - 2; i += 4000) put(ctx, kind, colour(style) + one(soft ? 1 : 0) + one(pts.length >> 6) + one(pts.length & 63) + pts.map(at).join(""));
}

export function stroke(ctx, pts, style, width, soft = false) {
  if (far(pts) || ctx.globalCompositeOperation !== "source-over") return;
  put(ctx, "S", colour(style) + one(width * 8) + one(soft ? 1 : 0) + one(pts.length) + pts.map(at).join(""));
}

export function limb(ctx, { mid, half }, { base, rim = 1, shade = 1, grain = 1, cut = false }) {
  if (Math.max(...half) < 0.3 || far(mid)) return;
  const kind = Math.max(0, WOODS.findIndex((wood) => wood.join() === base.join()));
  const n = Math.min(mid.length, 13);
  const pick = Array.from({ length: n }, (_, i) => Math.round((i / (n - 1)) * (mid.length - 1)));
  put(ctx, "L", one(kind) + one(rim * 40) + one(shade * 40) + one(grain * 40) + one(cut ? 1 : 0) + one(n) + pick.map((i) => at(mid[i]) + two(half[i] * 8 - 1024)).join(""));
}

export const leaf = (ctx, p, turn, size, green, light, glow) => far([p]) || put(ctx, "V", at(p) + one(((turn % 6.2832) + 6.2832) % 6.2832 * 10) + one(size * 2) + one(green) + one(light * 40) + one(glow * 63));
export const sprig = (ctx, p, turn, size, tone) => far([p]) || put(ctx, "T", at(p) + one((turn % 6.2832) * 10) + one(size * 8) + one(tone * 63));
export const shell = (ctx, pts) => put(ctx, "G", one(pts.length >> 6) + one(pts.length & 63) + pts.map(at).join(""));
export const volume = (ctx, { corners, board, page, lying, above, rnd }) => put(ctx, "B", one(board) + one(page) + one((lying ? 1 : 0) + (above ? 2 : 0)) + one(rnd() * 64) + one(rnd() * 64) + corners.map(at).join(""));
