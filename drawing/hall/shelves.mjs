// The books. They stand with their pages to us, each between its own two boards: no spines, no two alike.

import { chance, fill, mix, project, rgb, stroke, volume as write } from "./draw.mjs";
import { ribAt, wallAt } from "./hall.mjs";

export const BOARDS = [[112, 44, 50], [58, 66, 118], [74, 84, 58], [120, 78, 48], [150, 128, 92], [88, 54, 98], [44, 92, 96], [60, 44, 46], [146, 92, 44]];
export const PAGES = [[226, 204, 158], [238, 222, 184], [206, 178, 132], [218, 196, 168], [194, 176, 158], [232, 208, 150]];
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
function volume({ books: ctx, view }, b) {
  const { side, z0, z1, y, high, lean, rnd } = b;
  const top = y - high;
  const out = wallAt((y + top) / 2) - 0.1;
  const [front, back] = [side * (out - b.out), side * (out + DEEP)];
  const [nearLow, nearTop, farTop, farLow] = [project(front, y, z1), project(front, top, z1 + lean), project(front, top, z0 + lean), project(front, y, z0)];
  const [backLow, backTop, backFar] = [project(back, y, z1), project(back, top, z1 + lean), project(back, top, z0 + lean)];
  const xs = [nearLow[0], farLow[0], backLow[0]];
  if (Math.max(...xs) < view.left - 30 || Math.min(...xs) > view.right + 30 || nearTop[1] > view.bottom || nearLow[1] < view.top) return;
  write(ctx, { corners: [nearLow, nearTop, farTop, farLow, backLow, backTop, backFar], board: BOARDS.indexOf(b.board), page: PAGES.indexOf(b.page), lying: b.lying, above: top > -0.02, rnd });
}
