// <harken-log>: what was told, line after line; the old lines dim. Any key or tap brings the rest at once.

import { calm, make, tell } from "./make.mjs";
import { setting } from "./settings.mjs";

/** Milliseconds a sign is given, before the next line comes. */
const SIGN = 34;
const SHOWN = ["place", "line", "answer", "study", "talk", "promise"];
const SPOKEN = ".line, .answer, .talk, .promise";

export class HarkenLog extends HTMLElement {
	/** Lines that are in the page and not seen yet. @type {HTMLElement[]} */ coming = [];
	timer = 0;

	/** Whether lines are still coming. */
	get busy() {
		return this.coming.length > 0;
	}

	/**
	 * Adds a breath. It is all in the page at once, for those who hear it; those who see it are given it line by line.
	 * @param {Beat[]} beats @param {{did?: string, said?: string, known?: boolean}} how
	 */
	add(beats, { did, said, known = false }) {
		this.finish();
		for (const old of this.children) old.classList.add("past");
		const lines = gathered(beats).flatMap(line);
		if (said != null) lines.unshift(make("p.you", {}, [make("bdi", { text: said })]));
		else if (did) lines.unshift(make("p.did", { text: did }));
		if (!lines.length) return;
		this.coming = known || calm() || setting("pace") === "whole" ? [] : lines.slice(1);
		for (const item of this.coming) item.classList.add("coming");
		this.append(...lines);
		// the new breath begins near the top, so that it is read without moving
		requestAnimationFrame(() => this.#scroll("scrollTo", lines[0].offsetTop - this.clientHeight * 0.16));
		if (!known) this.#seen(this.busy ? lines[0] : lines.find((item) => item.matches(SPOKEN)) ?? lines[0]);
	}

	/** Everything, now; or where the reader asks for each line, the next one. */
	goOn() {
		if (setting("pace") === "step") this.#next();
		else this.finish();
	}

	finish() {
		clearTimeout(this.timer);
		for (const item of this.coming) item.classList.remove("coming");
		this.coming = [];
	}

	clear() {
		this.finish();
		this.replaceChildren();
	}

	/** What was shown, as plain text. */
	get transcript() {
		return [...this.children].filter((item) => !item.matches(".pause")).map((item) => item.textContent).join("\n\n");
	}

	#next() {
		const next = this.coming.shift();
		if (!next) return;
		next.classList.remove("coming");
		next.scrollIntoView({ block: "nearest", behavior: calm() ? "instant" : "smooth" });
		this.#seen(next);
	}

	/** A line is seen: it is spoken, and the next one waits until it is read. */
	#seen(item) {
		clearTimeout(this.timer);
		tell(this, "spoken", { text: item.matches(SPOKEN) ? item.textContent : "", marks: [...item.classList] });
		const long = Math.min(4600, 420 + item.textContent.length * SIGN * (item.matches(".slow, .pause") ? 1.5 : 1));
		if (this.busy && setting("pace") !== "step") this.timer = setTimeout(() => this.#next(), long * Number(setting("pace")));
	}

	/** Moves some pages on, or back. @param {number} pages */
	turn(pages) {
		this.#scroll("scrollBy", this.clientHeight * 0.7 * pages);
	}

	/** @param {"scrollTo" | "scrollBy"} how */
	#scroll(how, top) {
		this[how]({ top, behavior: calm() ? "instant" : "smooth" });
	}
}

/** Things that appear together are named together. @param {Beat[]} beats */
const gathered = (beats) => beats.reduce((all, beat) => {
	const last = all.at(-1);
	if (beat.kind !== "appear" || last?.kind !== "appear") return [...all, { ...beat }];
	last.label += ` · ${beat.label}`;
	return all;
}, /** @type {Beat[]} */ ([]));

/** @param {Beat} beat @returns {HTMLElement[]} */
function line({ kind, label, text, voice = [], spans = [["", text]], title }) {
	if (kind === "pause") return [make("p.pause", { "aria-hidden": "true", text: "·" })];
	if (kind === "appear" && label) return [make("p.thing", { text: label })];
	if (!SHOWN.includes(kind) || !text) return [];
	const marks = voice.filter((mark) => /^[a-z-]+$/.test(mark));
	const shown = make(["p", kind, ...marks].join("."), { dir: "auto" }, spans.map(([how, part]) => (how ? make(how === "em" ? "em" : "bdi", { text: part }) : part)));
	return title ? [make("h3", { text: title, dir: "auto" }), shown] : [shown];
}

customElements.define("harken-log", HarkenLog);
