// The books. They stand with their pages to us, each between its own two boards: no spines, no two alike.

import { between, chance, clamp, fill, mix, project, rgb, stroke } from "./draw.mjs";
import { ribAt, wallAt } from "./hall.mjs";

const BOARDS = [[112, 44, 50], [58, 66, 118], [74, 84, 58], [120, 78, 48], [150, 128, 92], [88, 54, 98], [44, 92, 96], [60, 44, 46], [146, 92, 44]];
const PAGES = [[226, 204, 158], [238, 222, 184], [206, 178, 132], [218, 196, 168], [194, 176, 158], [232, 208, 150]];
const WOOD = [92, 60, 44];
const DEEP = 0.24;
const ROWS = 7;

/** The height of a shelf: a little grown, and never level. */
const level = (row, side, z) => 0.7 - 0.44 * row + 0.035 * Math.sin(z * 2.3 + row * 1.4 + side * 2) + 0.018 * Math.sin(z * 5.1 + row * 3);

/** The shelves of one bay, on one side, from the ground up. `desk` holds what is painted on, and what is found. */
export function paintBay(desk, k, side) {
  const [far, near] = [0.985 * ribAt(k - 1), 1.0125 * ribAt(k)];
  const rnd = chance(1000 + k * 40 + side * 7);
  const top = level(ROWS, side, far) + 0.1;
  const back = (z) => Array.from({ length: 11 }, (_, i) => {
    const y = mix(0.78, top, i / 10);
    return project(side * (wallAt(y) + 0.02), y, z);
  });
  fill(desk.wood, [...back(far), ...back(near).reverse()], rgb([26, 16, 18], 0.9));
  for (let row = 0; row < ROWS; row++) {
    board(desk.wood, row, side, far, near, rnd);
    books(desk, row, side, far, near, rnd);
  }
}

function board(ctx, row, side, far, near, rnd) {
  const lip = 0.036 + 0.012 * rnd();
  for (let i = 0; i < 9; i++) {
    const [z0, z1] = [mix(near, far, (i + 1.04) / 9), mix(near, far, i / 9)];
    const at = (z, out, down) => {
      const y = level(row, side, z);
      return project(side * (wallAt(y) + out), y + down, z);
    };
    const under = level(row, side, z1) < 0 ? lip : 0;
    fill(ctx, [at(z0, -0.14, under), at(z1, -0.14, under), at(z1, 0.06, under), at(z0, 0.06, under)], rgb(WOOD, 0.3 + 0.1 * rnd()));
    fill(ctx, [at(z0, -0.14, 0), at(z1, -0.14, 0), at(z1, -0.14, lip), at(z0, -0.14, lip)], rgb(WOOD, 0.8 + 0.3 * rnd()));
    stroke(ctx, [at(z0, -0.14, 0), at(z1, -0.14, 0)], rgb([255, 206, 150], 1, 0.42), 1.6 / z1);
  }
}

/** A row of books, the farthest first: gaps, leaning ones, and some that lie on each other. */
function books(desk, row, side, far, near, rnd) {
  const kin = rnd();
  const some = (list) => list[(rnd() * list.length) | 0];
  let z = far - 0.03;
  while (z > near + 0.04) {
    const scale = 0.8 + 0.2 * rnd();
    if (rnd() < 0.07) {
      z -= (0.06 + 0.16 * rnd()) * scale;
    } else if (rnd() < 0.09 && z - near > 0.4) {
      const wide = 0.2 + 0.1 * rnd();
      let y = level(row, side, z);
      for (let i = 0; i < 2 + rnd() * 3; i++) {
        const [high, less] = [0.04 + 0.04 * rnd(), 0.03 * i * rnd()];
        volume(desk, { side, z0: z - less, z1: z - wide + less, y, high, lean: 0, out: 0.02 + 0.07 * rnd(), lying: true, board: some(BOARDS), page: some(PAGES), rnd });
        y -= high + 0.004;
      }
      z -= wide + 0.02;
    } else {
      const thick = (0.045 + 0.1 * rnd() ** 1.6) * scale;
      if (z - thick < near) break;
      const lean = rnd() < 0.14 ? (0.03 + 0.06 * rnd()) * (rnd() < 0.5 ? -1 : 1) : (rnd() - 0.5) * 0.012;
      volume(desk, { side, z0: z, z1: z - thick, y: level(row, side, z), high: 0.2 + 0.17 * rnd() * (0.6 + 0.4 * kin), lean, out: 0.02 + 0.1 * rnd(), board: some(BOARDS), page: some(PAGES), rnd });
      z -= thick + 0.006 + Math.abs(lean) * 0.5;
    }
  }
}

/** One book: its near board, its pages between two boards, and its top where we look down on it. */
function volume({ books: ctx, data, view, found }, b) {
  const { side, z0, z1, y, high, lean, rnd } = b;
  const top = y - high;
  const out = wallAt((y + top) / 2) - 0.1;
  const [front, back] = [side * (out - b.out), side * (out + DEEP)];
  const [nearLow, nearTop, farTop, farLow] = [project(front, y, z1), project(front, top, z1 + lean), project(front, top, z0 + lean), project(front, y, z0)];
  const [backLow, backTop, backFar] = [project(back, y, z1), project(back, top, z1 + lean), project(back, top, z0 + lean)];
  const xs = [nearLow[0], farLow[0], backLow[0]];
  if (Math.max(...xs) < view.left - 30 || Math.min(...xs) > view.right + 30 || nearTop[1] > view.bottom || nearLow[1] < view.top) return;
  const dim = 0.72 + 0.4 * rnd();
  fill(ctx, [nearLow, nearTop, backTop, backLow], rgb(b.board, 0.42 * dim));
  if (top > -0.02) fill(ctx, [nearTop, farTop, backFar, backTop], rgb(b.page, 0.6 * dim));
  // along a page edge: u from the near board to the far one (lying: from the low one to the high), v along the pages
  const on = (u, v) => (b.lying ? between(between(nearLow, farLow, v), between(nearTop, farTop, v), u) : between(between(nearLow, farLow, u), between(nearTop, farTop, u), v));
  pages(ctx, b, on, dim);
  fill(data, [nearLow, backLow, backTop, nearTop, farTop, farLow], rgb([255, rnd() * 255, rnd() * 255]));
  const at = between(nearLow, farTop, 0.5);
  if (!b.lying) found.heroes.push({ corners: [nearLow, nearTop, farTop, farLow], size: Math.abs(nearLow[1] - nearTop[1]), at });
  if (rnd() < 0.2) found.perches.push(at);
}

/** The edge of the pages, hollowed a little, between its boards. */
function pages(ctx, { rnd, board, page, lying }, on, dim) {
  const [a, z] = [on(0, 0.5), on(1, 0.5)];
  const across = Math.hypot(z[0] - a[0], z[1] - a[1]);
  const rim = clamp(1.7 / Math.max(across, 1), 0.1, 0.24);
  const band = (v, style) => fill(ctx, [on(0, 0), on(0, v), on(1, v), on(1, 0)], style);
  band(1, rgb(board, 0.34 * dim));
  fill(ctx, [on(rim, 0.03), on(rim, 0.965), on(0.5, 0.955), on(1 - rim, 0.965), on(1 - rim, 0.03), on(0.5, 0.036)], rgb(page, 0.8 * dim));
  const lines = clamp(Math.round(across * 0.8), 2, 16);
  for (let i = 0; i < lines; i++) {
    const u = mix(rim, 1 - rim, (i + 0.5) / lines);
    const hollow = 1 - 0.62 * Math.abs(u * 2 - 1) ** 2.2;
    const tone = rnd() < 0.42 ? rgb([70, 44, 30], dim, 0.42) : rgb(page, dim * (0.55 + 0.6 * hollow), 0.75);
    stroke(ctx, [on(u, 0.035 + 0.02 * rnd()), on(u + 0.05 * (rnd() - 0.5) / lines, 0.955 - 0.025 * rnd() ** 2)], tone, (across * (1 - 2 * rim) / lines) * (0.35 + 0.6 * rnd()));
  }
  for (const [u, w, light] of [[rim * 0.5, 1, 0.9], [1 - rim * 0.5, 0.8, 1.25]]) stroke(ctx, [on(u, 0), on(u, 1)], rgb(board, light * dim, 0.95), Math.max(0.6, across * rim * w));
  if (across > 4 && !lying) dress(ctx, on, rnd, across);
  band(0.16, "rgba(14,8,14,.34)");
  band(0.07, "rgba(14,8,14,.36)");
}

/** What makes a book this one: a ribbon, a clasp, ties, a stain. */
function dress(ctx, on, rnd, across) {
  const [what, u] = [rnd(), 0.3 + 0.4 * rnd()];
  const thin = Math.max(0.8, across * 0.07);
  if (what < 0.16) stroke(ctx, [on(u, 1), on(u + 0.04, 0.4), on(u - 0.03, -0.08 - 0.1 * rnd())], rgb([176, 44, 48], 1, 0.95), thin);
  else if (what < 0.3) for (const v of [0.3, 0.72]) stroke(ctx, [on(0, v), on(1, v)], rgb([206, 158, 84], 1, 0.85), thin);
  else if (what < 0.42) stroke(ctx, [on(0, 0.5), on(1, 0.54)], rgb([96, 66, 52], 1, 0.95), thin);
  else if (what < 0.5) fill(ctx, [on(0.2, 0.6), on(0.4, 0.96), on(0.8, 0.96), on(0.7, 0.74)], rgb([110, 66, 40], 1, 0.3));
}
