// ink in inkjs, as a hub: every storylet a once-only choice with its conditions, and the host takes the best of what
// is offered by a table of priorities. The usual way to have storylets in ink, and what a reader would choose from.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { main, need, TRUST_MOST } from "./harness.mjs";

const { Compiler } = need("inkjs/full");
const { Story } = need("inkjs");

export const HEAD = 'VAR trust = 0\nVAR name = "Ada"\n-> hub\n';

export const needs = (one) => [`trust >= ${one.trust}`, ...one.told].join(" and ");

export function knot(one, then) {
  const text = one.text.replace("{measure}", "{trust >= 10:half of it|little of it}");
  const gains = one.gain ? `~ trust = MIN(trust + ${one.gain}, ${TRUST_MOST})\n` : "";
  return `=== ${one.id} ===\n${text}\n${gains}-> ${then}\n`;
}

export default class InkHub {
  source(storylets) {
    const choices = storylets.map((one) => `* {${needs(one)}} [${one.id}] -> ${one.id}\n`);
    return `${HEAD}=== hub ===\n${choices.join("")}${storylets.map((one) => knot(one, "hub")).join("")}`;
  }

  write(storylets, folder) {
    writeFileSync(join(folder, "story.ink"), this.source(storylets));
  }

  compile(folder) {
    const story = new Compiler(readFileSync(join(folder, "story.ink"), "utf8")).Compile();
    writeFileSync(join(folder, "story.ink.json"), story.ToJson());
  }

  load(storylets, folder) {
    this.priority = new Map(storylets.map((one) => [one.id, one.priority]));
    this.story = new Story(readFileSync(join(folder, "story.ink.json"), "utf8").replace(/^\uFEFF/, ""));
    this.story.ContinueMaximally();
  }

  turn() {
    let best = null;
    let highest = -1;
    for (const choice of this.story.currentChoices) {
      const priority = this.priority.get(choice.text);
      if (priority > highest) [best, highest] = [choice, priority];
    }
    this.story.ChooseChoiceIndex(best.index);
    return [best.text, this.story.ContinueMaximally()];
  }

  read([id, text]) {
    return [id, text.trim()];
  }

  save() {
    return this.story.state.ToJson();
  }
}

main(InkHub, import.meta.url);
