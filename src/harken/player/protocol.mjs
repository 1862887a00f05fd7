// The conversation with a meeting (docs/architecture.md, the wire). Knows nothing of the page: a transport is handed in.
// Every turn has an id of its own; one that was not answered is sent again, under the same id, until it is.

const FIRST_WAIT = 400;
const LONGEST_WAIT = 8000;
const TEXT_MOST = 64 * 1024;

export class Locked extends Error {}

export class Conversation {
	/** @type {Transport | null} */ transport = null;
	/** The turn that waits for its answer. @type {Turn | null} */ waiting = null;
	/** Whether the reader is in a meeting, and goes back in by themselves. */ inside = false;
	#wait = FIRST_WAIT;
	#trying = false;
	#timer = 0;

	/** `connect` gives an open transport, `newTurn` an id. @param {{connect: () => Promise<Transport>, newTurn: () => string, hearer: Hearer, later?: (run: () => void, wait: number) => number}} parts */
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
			const transport = (this.transport = await this.connect());
			this.#wait = FIRST_WAIT;
			transport.onmessage = (message) => this.#heard(message);
			transport.onclose = () => {
				this.transport = null;
				this.hearer.line("lost");
				this.#again();
			};
			this.hearer.line("open");
			this.look();
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
		return this.#turn("begin", me);
	}

	choose(offer) {
		return this.#turn("breathe", { offer });
	}

	say(text) {
		if (new TextEncoder().encode(text).length <= TEXT_MOST) return this.#turn("breathe", { text });
		this.hearer.refused({ code: "too-long" }, null);
		return false;
	}

	/** Asks where the meeting stands. @param {string} [locale] the language to be told it in, before a meeting */
	look(locale) {
		this.transport?.send({ type: "open", ...(locale && { locale }) });
	}

	/** Whether it was taken: one at a time. @param {Partial<Turn>} [what] */
	#turn(type, what) {
		if (this.waiting) return false;
		this.waiting = { type, turn: this.newTurn(), ...what };
		this.transport?.send(this.waiting);
		return true;
	}

	#heard(message) {
		const { type, code } = message;
		const turn = this.waiting && (message.turn === this.waiting.turn || (type === "refused" && message.turn === null)) ? this.waiting : null;
		if (turn) this.waiting = null;
		if (type === "threshold") {
			this.hearer.threshold(message);
			if (this.waiting) this.transport?.send(this.waiting);
			else if (this.inside && message.state === "within") this.begin();
		} else if (type === "breath") {
			this.inside = !message.breath.over;
			this.hearer.breath(message, turn);
		} else if (type === "refused") {
			const passed = ["over", "moved-on"].includes(code);
			if (passed) this.inside = code !== "over";
			this.hearer.refused(message, turn);
			if (passed) this.look();
		}
	}

	/** One wait at a time, however often the reader came back meanwhile. */
	#again() {
		clearTimeout(this.#timer);
		this.#timer = this.later(() => void this.open(), this.#wait);
		this.#wait = Math.min(LONGEST_WAIT, this.#wait * 1.8);
	}
}
