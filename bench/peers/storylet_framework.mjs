// storylet-framework (JavaScript): a deck of storylets with conditions, priorities and "redraw: never". It chooses by
// itself; it keeps no text for the reader, so the host fills in the words. It is on no registry: see README.md.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { main, rendered, TRUST_MOST } from "./harness.mjs";

const { deckFromJson } = await import(
  `${process.env.HARKEN_BENCH_CHECKOUTS}/storylet-framework/javascript/src/jsonLoader.js`
);

function storylet(one) {
  return {
    id: one.id,
    condition: [`trust >= ${one.trust}`, ...one.told].join(" and "),
    priority: one.priority,
    updateOnPlayed: { [one.id]: true, trust: `least(trust + ${one.gain}, ${TRUST_MOST})` },
    content: { text: one.text },
  };
}

export default class StoryletFramework {
  write(storylets, folder) {
    const context = { trust: 0, ...Object.fromEntries(storylets.map((one) => [one.id, false])) };
    const deck = { context, defaults: { redraw: "never" }, storylets: storylets.map(storylet) };
    writeFileSync(join(folder, "deck.json"), JSON.stringify(deck));
  }

  compile() {} // it reads what authors write

  load(storylets, folder) {
    this.deck = deckFromJson(JSON.parse(readFileSync(join(folder, "deck.json"), "utf8")), { least: Math.min });
    this.told = [];
  }

  turn() {
    const { trust } = this.deck.context;
    const drawn = this.deck.drawAndPlaySingle();
    this.told.push(drawn.id);
    return [drawn.id, rendered(drawn.content.text, trust)];
  }

  read(outcome) {
    return outcome;
  }

  save() {
    return JSON.stringify({ trust: this.deck.context.trust, told: this.told });
  }
}

main(StoryletFramework, import.meta.url);
