// <harken-waking>: the page after a meeting, with the mark it left, drawn stroke by stroke.

import { calm, make, tell } from "./make.mjs";
import { curve } from "./scene/draw.mjs";

const SVG = "http://www.w3.org/2000/svg";

function svg(name, set) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(set)) element.setAttribute(key, value);
  return element;
}

/** A stroke as a smooth path through its points. */
function path(points) {
  let d = "";
  const add = (letter) => (...at) => (d += letter + at.map(Math.round));
  curve({ moveTo: add("M"), bezierCurveTo: add("C") }, points);
  return d;
}

export class HarkenWaking extends HTMLElement {
  show({ scar, owed, ran }) {
    const parts = [make("h2", { text: ran ? "You ran, and woke." : "You wake.", tabindex: "-1" })];
    if (scar) parts.push(this.#scar(scar, owed));
    parts.push(make("div.after", {}, [
      make("button.again", { type: "button", text: "Sleep again", onclick: () => tell(this, "again") }),
      make("button.quietly", { type: "button", text: "Read it over", onclick: () => tell(this, "transcript") }),
    ]));
    this.replaceChildren(...parts);
    parts[0].focus({ preventScroll: true });
  }

  #scar({ strokes, label }, owed) {
    const picture = svg("svg", { viewBox: "60 0 880 1000", role: "img", "aria-label": label, class: `scar${owed ? " owed" : ""}` });
    let wait = calm() ? 0 : 0.8;
    for (const stroke of strokes) {
      const long = stroke.slice(1).reduce((sum, p, i) => sum + Math.hypot(p[0] - stroke[i][0], p[1] - stroke[i][1]), 0);
      for (const kind of ["halo", "line"]) {
        const line = svg("path", { d: path(stroke), pathLength: "1", class: kind });
        line.style.setProperty("--wait", `${wait.toFixed(2)}s`);
        line.style.setProperty("--long", `${(long / 520 + 0.3).toFixed(2)}s`);
        picture.append(line);
      }
      wait += calm() ? 0 : long / 900 + 0.12;
    }
    return make("figure", {}, [picture, make("figcaption", { text: label })]);
  }
}
customElements.define("harken-waking", HarkenWaking);
