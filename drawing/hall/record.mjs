// Draws the hall once, and writes down every stroke of it: node drawing/hall/record.mjs

import { writeFileSync } from "node:fs";
import { paintArch, paintFar, paintNear } from "./growth.mjs";
import { paintHall } from "./hall.mjs";
import { fresh } from "./draw.mjs";
import { paintRoom } from "./room.mjs";
import { BOARDS, PAGES } from "./shelves.mjs";
import { LITS, out, WOODS } from "./write.mjs";

const GREENS = [[74, 104, 62], [58, 90, 66], [96, 112, 56], [50, 76, 58], [112, 104, 52]];
/** A leaf of ivy, its stalk at 0, 0. */
const IVY = [[0, 0], [-0.2, -0.1], [-0.52, -0.04], [-0.4, 0.2], [-0.62, 0.5], [-0.28, 0.5], [-0.12, 0.8], [0, 1.04], [0.12, 0.8], [0.28, 0.5], [0.62, 0.5], [0.4, 0.2], [0.52, -0.04], [0.2, -0.1]];

const view = { w: 1280, h: 720, scale: 0.86, x: 0, y: 0, left: -1020, right: 540, top: -420, bottom: 1000 };
const ABOUT = "Drawn for Harken, Apache-2.0. Made by drawing/hall: how it is written stands in scenes/drawn.mjs.";

/** Writes a drawing's file. `paint` draws its sheets in order. */
function record(name, sheets, more, ...paint) {
  out.length = 0;
  fresh();
  for (const each of paint) each();
  const path = new URL(`../../src/harken/player/art/${name}.json`, import.meta.url);
  writeFileSync(path, `${JSON.stringify({ about: ABOUT, sheets, ...more, drawn: out.join("") })}\n`);
  console.log(name, out.length);
}

const close = { ...view, left: -1000, right: 503, top: -404 };
record("hall", ["wood", "books", "data", "arch", "far", "near", "shore"], { woods: WOODS, lits: LITS, boards: BOARDS, pages: PAGES, greens: GREENS, ivy: IVY },
  () => paintHall(view), () => paintArch(view), () => paintFar(view, true), () => paintNear(close), () => paintFar(view, false));
record("room", ["room"], {}, () => paintRoom(view));
