// The conversation with a meeting (docs/architecture.md).

const FIRST_WAIT = 400;
const LONGEST_WAIT = 8000;
const TEXT_MOST = 64 * 1024;

export class Locked extends Error {}

export class Conversation {
	/** @type {Transport | null} */ transport = null;
	/** @type {Turn | null} */ waiting = null;
	inside = false;
	#wait = FIRST_WAIT;
	#trying = false;
	#timer = 0;

	/** @param {{ connect: () => Promise<Transport>, newTurn: () => string, hearer: Hearer, later?: any }} parts */
	constructor({ connect, newTurn, hearer, later = setTimeout.bind(null) }) {
		this.connect = connect;
		this.newTurn = newTurn;
		this.hearer = hearer;
		this.later = later;
	}

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

	hurry() {
		this.#wait = FIRST_WAIT;
		void this.open();
	}

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

	look(locale) {
		this.transport?.send({ type: "open", ...(locale && { locale }) });
	}

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

	#again() {
		clearTimeout(this.#timer);
		this.#timer = this.later(() => void this.open(), this.#wait);
		this.#wait = Math.min(LONGEST_WAIT, this.#wait * 1.8);
	}
}
