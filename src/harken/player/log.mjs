// <harken-log>: what was told, line after line.

import { calm, make, tell } from "./make.mjs";
import { setting } from "./settings.mjs";

const SIGN = 34; // milliseconds
const SHOWN = ["place", "line", "answer", "study", "talk", "promise"];
const SPOKEN = ".line, .answer, .talk, .promise";

customElements.define("harken-log", class extends HTMLElement {
	coming = [];

	get busy() {
		return this.coming.length > 0;
	}

	/** @param {Beat[]} beats */
	add(beats, { did, said, known }) {
		this.finish();
		for (const old of this.children) old.classList.add("past");
		const lines = gathered(beats).flatMap(line);
		if (said != null) lines.unshift(make("p.you", {}, [make("bdi", { text: said })]));
		else if (did) lines.unshift(make("p.did", { text: did }));
		if (!lines.length) return;
		this.coming = known || calm() || setting("pace") === "whole" ? [] : lines.slice(1);
		for (const item of this.coming) item.classList.add("coming");
		this.append(...lines);
		requestAnimationFrame(() => this.scrollTo(smoothly(lines[0].offsetTop - this.clientHeight * .16)));
		if (!known) this.#seen(this.busy ? lines[0] : lines.find((item) => item.matches(SPOKEN)) ?? lines[0]);
	}

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

	get transcript() {
		return [...this.children].filter((item) => !item.matches(".pause")).map((item) => item.textContent).join("\n\n");
	}

	#next() {
		const next = this.coming.shift();
		if (!next) return;
		next.classList.remove("coming");
		next.scrollIntoView({ ...smoothly(), block: "nearest" });
		this.#seen(next);
	}

	#seen(item) {
		clearTimeout(this.timer);
		tell(this, "spoken", { text: item.matches(SPOKEN) ? item.textContent : "", marks: [...item.classList] });
		const long = Math.min(4600, 420 + item.textContent.length * SIGN * (item.matches(".slow, .pause") ? 1.5 : 1));
		if (this.busy && setting("pace") !== "step") this.timer = setTimeout(() => this.#next(), long * Number(setting("pace")));
	}

	turn(pages) {
		this.scrollBy(smoothly(this.clientHeight * .7 * pages));
	}
});

/** @returns {ScrollToOptions} */
const smoothly = (top) => ({ top, behavior: calm() ? "auto" : "smooth" });

function gathered(beats) {
	const all = [];
	for (const beat of beats) {
		const last = all.at(-1);
		if (beat.kind === "appear" && last?.kind === "appear") last.label += ` · ${beat.label}`;
		else all.push({ ...beat });
	}
	return all;
}

/** @param {Beat} beat */
function line({ kind, label, text, voice = [], spans = [["", text]], title }) {
	if (kind === "pause") return [make("p.pause", { "aria-hidden": "true", text: "·" })];
	if (kind === "appear" && label) return [make("p.thing", { text: label })];
	if (!SHOWN.includes(kind) || !text) return [];
	const marks = voice.filter((mark) => /^[a-z-]+$/.test(mark));
	const shown = make(["p", kind, ...marks].join("."), { dir: "auto" }, spans.map(([how, part]) => (how ? make(how === "em" ? "em" : "bdi", { text: part }) : part)));
	return title ? [make("h3", { text: title, dir: "auto" }), shown] : [shown];
}
