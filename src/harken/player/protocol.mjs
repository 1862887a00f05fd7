// The conversation with a meeting (docs/architecture.md, the wire). Knows nothing of the page: a transport is handed in.
// Every turn has an id of its own; one that was not answered is sent again, under the same id, until it is.

const FIRST_WAIT = 400;
const LONGEST_WAIT = 8000;
export const TEXT_MOST = 64 * 1024;

export class Locked extends Error {}

export class Conversation {
  /** @type {Transport | null} */ transport = null;
  /** The turn that waits for its answer. @type {Turn | null} */ waiting = null;
  /** Whether the reader is in a meeting, and goes back in by themselves. */ inside = false;
  #wait = FIRST_WAIT;
  #trying = false;

  /** `connect` gives an open transport, `newTurn` an id. @param {{connect: () => Promise<Transport>, newTurn: () => string, hearer: Hearer, later?: typeof setTimeout}} parts */
  constructor({ connect, newTurn, hearer, later = setTimeout.bind(null) }) {
    this.connect = connect;
    this.newTurn = newTurn;
    this.hearer = hearer;
    this.later = later;
  }

  /** Opens the line, and keeps it open. */
  async open() {
    if (this.transport || this.#trying) return;
    this.#trying = true;
    try {
      const transport = await this.connect();
      this.transport = transport;
      this.#wait = FIRST_WAIT;
      transport.onmessage = (message) => this.#heard(message);
      transport.onclose = () => this.#lost(transport);
      this.hearer.line("open");
      transport.send({ type: "open" });
    } catch (error) {
      if (error instanceof Locked) this.hearer.line("locked");
      else this.#again();
    } finally {
      this.#trying = false;
    }
  }

  /** Tries at once, where a wait is going on. */
  hurry() {
    this.#wait = FIRST_WAIT;
    void this.open();
  }

  /** Steps in, or back in. @param {Partial<Turn>} [me] what the reader says of themselves; without it, as before */
  begin(me) {
    return this.#turn({ type: "begin", turn: this.newTurn(), ...me });
  }

  choose(offer) {
    return this.#turn({ type: "breathe", turn: this.newTurn(), offer });
  }

  say(text) {
    const turn = { type: "breathe", turn: this.newTurn(), text };
    if (new TextEncoder().encode(text).length <= TEXT_MOST) return this.#turn(turn);
    this.hearer.refused({ turn: turn.turn, code: "too-long" }, turn);
    return false;
  }

  /** Asks where the meeting stands. */
  look() {
    this.transport?.send({ type: "open" });
  }

  /** @param {Turn} turn whether it was taken: one at a time */
  #turn(turn) {
    if (this.waiting) return false;
    this.waiting = turn;
    this.transport?.send(turn);
    return true;
  }

  #heard(message) {
    const turn = this.waiting && message.turn === this.waiting.turn ? this.waiting : null;
    if (message.type === "threshold") {
      this.hearer.threshold(message);
      if (this.waiting) this.transport?.send(this.waiting);
      else if (this.inside && message.state === "within") this.begin();
    } else if (message.type === "breath") {
      if (turn) this.waiting = null;
      this.inside = !message.breath.over;
      this.hearer.breath(message, turn);
    } else if (message.type === "refused") {
      const refused = turn ?? (message.turn === null ? this.waiting : null);
      if (refused) this.waiting = null;
      if (message.code === "over") this.inside = false;
      if (message.code === "moved-on") this.inside = true;
      this.hearer.refused(message, refused);
      if (message.code === "moved-on" || message.code === "over") this.look();
    }
  }

  #lost(transport) {
    if (this.transport !== transport) return;
    this.transport = null;
    this.hearer.line("lost");
    this.#again();
  }

  #again() {
    this.later(() => void this.open(), this.#wait);
    this.#wait = Math.min(LONGEST_WAIT, this.#wait * 1.8);
  }
}
