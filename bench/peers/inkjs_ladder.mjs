// ink in inkjs, as a ladder: one long "first that holds" in the order of priority, and the reader only listens. Nothing
// is offered, and nothing below the first that holds is looked at. What an expert would write for this one task.
import { HEAD, knot, needs } from "./inkjs.mjs";
import InkHub from "./inkjs.mjs";
import { idIn, main } from "./harness.mjs";

export default class InkLadder extends InkHub {
  source(storylets) {
    const order = [...storylets].sort((a, b) => b.priority - a.priority);
    const rungs = order.map((one) => `- ${needs(one)} and not ${one.id}: -> ${one.id}\n`);
    const knots = storylets.map((one) => knot(one, "listen"));
    return `${HEAD}=== hub ===\n{\n${rungs.join("")}}\n-> DONE\n=== listen ===\n+ [stay] -> hub\n${knots.join("")}`
      .replace("-> hub\n", "-> listen\n");
  }

  turn() {
    this.story.ChooseChoiceIndex(0);
    return this.story.ContinueMaximally();
  }

  read(text) {
    return [idIn(text), text.trim()];
  }
}

main(InkLadder, import.meta.url);
