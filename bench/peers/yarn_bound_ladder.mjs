// Yarn in yarn-bound, as a ladder: one long <<if>> in the order of priority that jumps to the first that holds.
import { idIn, main } from "./harness.mjs";
import YarnHub, { HUB, needs, node } from "./yarn_bound.mjs";

export default class YarnLadder extends YarnHub {
  source(storylets) {
    const order = [...storylets].sort((a, b) => b.priority - a.priority);
    const rungs = order.map((one, number) => `<<${number ? "else" : ""}if ${needs(one)}>>\n<<jump ${one.id}>>\n`);
    const hub = HUB.replace("---\n", "---\nListen.\n");
    return `${hub}${rungs.join("")}<<endif>>\n===\n${storylets.map(node).join("")}`;
  }

  turn() {
    this.runner.advance();
    const { text } = this.runner.currentResult;
    this.told.add(idIn(text));
    this.runner.advance();
    return text;
  }

  read(text) {
    return [idIn(text), text];
  }
}

main(YarnLadder, import.meta.url);
