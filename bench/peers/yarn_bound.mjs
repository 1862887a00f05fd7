// Yarn (the 2.0 language) in yarn-bound, as a hub: every storylet an option with its conditions, and the host takes the
// best of those that are available. yarn-bound has no visited() of its own, so the host supplies it.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { main, measure, NAME, need, TRUST_MOST } from "./harness.mjs";

const YarnBound = need("yarn-bound");

export const needs = (one) =>
  [`$trust >= ${one.trust}`, ...one.told.map((id) => `visited("${id}")`), `not visited("${one.id}")`].join(" and ");

export function node(one) {
  const text = one.text.replace("{name}", "{$name}").replace("{measure}", "{$measure}");
  const gains = one.gain ? `<<if $trust < ${TRUST_MOST}>>\n<<set $trust to $trust + 1>>\n<<endif>>\n` : "";
  return `title: ${one.id}\n---\n${text}\n${gains}<<jump Hub>>\n===\n`;
}

export const HUB =
  `title: Hub\n---\n<<if $trust >= 10>>\n<<set $measure to "${measure(10)}">>\n<<endif>>\n`;

export default class YarnHub {
  source(storylets) {
    const options = storylets.map((one) => `-> ${one.id} <<if ${needs(one)}>>\n    <<jump ${one.id}>>\n`);
    return `${HUB}${options.join("")}===\n${storylets.map(node).join("")}`;
  }

  write(storylets, folder) {
    writeFileSync(join(folder, "story.yarn"), this.source(storylets));
  }

  compile() {} // yarn-bound reads what authors write

  load(storylets, folder) {
    this.priority = new Map(storylets.map((one) => [one.id, one.priority]));
    this.told = new Set();
    this.variables = new Map([["trust", 0], ["name", NAME], ["measure", measure(0)]]);
    this.runner = new YarnBound({
      dialogue: readFileSync(join(folder, "story.yarn"), "utf8"),
      startAt: "Hub",
      variableStorage: this.variables,
      functions: { visited: (id) => this.told.has(id) },
    });
  }

  turn() {
    const { options } = this.runner.currentResult;
    let best = -1;
    let highest = -1;
    for (let number = 0; number < options.length; number++) {
      const priority = options[number].isAvailable ? this.priority.get(options[number].text.trim()) : -1;
      if (priority > highest) [best, highest] = [number, priority];
    }
    const id = options[best].text.trim();
    this.told.add(id);
    this.runner.advance(best);
    const { text } = this.runner.currentResult;
    this.runner.advance();
    return [id, text];
  }

  read(outcome) {
    return outcome;
  }

  save() {
    return JSON.stringify({ variables: [...this.variables], told: [...this.told] });
  }
}

main(YarnHub, import.meta.url);
