// <harken-keep>: what is kept, and what its owner can do with it.

import { button, give, make, tell } from "./make.mjs";
import { shown } from "./scar.mjs";
import { ask } from "./transport.mjs";
import { dated, settle, word } from "./words.mjs";

const BURNABLE = ["said", "vow", "jar"];
const read = async (answer) => (await answer?.json().catch(() => null)) ?? {};

customElements.define("harken-keep", class extends HTMLElement {
	/** @type {KeptEntry[]} */ entries = [];

	connectedCallback() {
		this.said = this.querySelector(".state");
		this.list = this.querySelector(".kept");
		this.shards = this.querySelector(".shards");
		this.addEventListener("submit", ({ target, submitter }) => void this.#post(target, submitter));
		this.addEventListener("toggle", ({ target }) => target.dataset.entry && target.open && this.scene.visit(Number(target.dataset.entry)), true);
	}

	async show(scene) {
		if (!this.scene) scene.addEventListener("walked", () => this.#lay());
		this.scene = scene;
		this.said.textContent = "";
		this.querySelector("h2").focus();
		const answer = await ask("/keep.json").catch(() => null);
		const { entries = [], meetings = [], locks = [], say } = await read(answer);
		this.entries = entries;
		this.list.replaceChildren(...meetings.flatMap(({ meeting, day }) => {
			const own = entries.filter((entry) => entry.meeting === meeting);
			const title = word("meeting", meeting) + (day ? ` · ${dated(day)}` : "");
			return own.length ? [make("h3", { text: title }), ...own.map((entry) => this.#entry(entry))] : [];
		}));
		this.querySelector(".locks").replaceChildren(...locks.map(({ kind }) => make("form", { method: "dialog", "data-post": "/keep/lock" }, [
			make("button", { name: "remove", value: kind, text: word("unlock", kind) })])));
		const shards = entries.map(({ entry }) => ({ id: String(entry), kept: true }));
		scene.set({ view: "desert", art: "desert", light: .5, here: false, phase: "", shards });
		this.#lay();
		if (!answer?.ok || !entries.length) this.said.textContent = say ?? word(answer?.ok ? "kept-nothing" : "no-keep");
	}

	#entry(entry) {
		const { title, kind, text, strokes, state } = entry;
		const label = title || text[0] || word(kind);
		const piece = make("details", { "data-entry": this.entries.indexOf(entry) }, [
			make("summary", {}, [make("cite", { text: label, dir: "auto" }), make("small", { text: word(state === "kept" ? kind : state) })]),
			...(strokes ? shown({ strokes, label }) : []), ...text.map((line) => make("p", { text: line, dir: "auto" }))]);
		if (state === "kept" && BURNABLE.includes(kind)) piece.append(this.querySelector("template").content.cloneNode(true));
		settle(piece);
		return piece;
	}

	async #post(form, { name, value }) {
		const to = form.dataset.post;
		const piece = form.closest("[data-entry]");
		const entry = piece && this.entries[piece.dataset.entry];
		const fields = [...new FormData(form), [name, value]].filter(([key]) => key).map(([key, said]) => [key, ["on", "true"].includes(said) || said]);
		const answer = await ask(to, entry ? { entry: entry.entry } : Object.fromEntries(fields)).catch(() => null);
		const ok = answer?.ok;
		if (ok && to.endsWith("export")) return give("harken.age", await answer.blob());
		if (ok && to.endsWith("forget")) return tell(this, "forgotten");
		const { say = ok ? "" : word("no-keep"), state, words = [] } = await read(answer);
		if (ok && entry) {
			const burned = this.#entry(Object.assign(entry, { state, text: [], strokes: null }));
			piece.replaceWith(burned);
			burned.firstElementChild.focus();
		} else if (ok && !words.length) await this.show(this.scene);
		this.said.textContent = [say, words].flat().join(" ");
	}

	#lay() {
		this.shards.replaceChildren(...this.scene.shardBoxes().slice(0, this.entries.length).map(({ x, y, w, h }, i) => {
			const shard = button("", () => this.#open(i), { tabindex: "-1", title: this.entries[i].title });
			shard.style.cssText = `left:${x}px;top:${y}px;width:${w}px;height:${h}px`;
			return shard;
		}));
	}

	#open(i) {
		const piece = this.list.querySelector(`[data-entry="${i}"]`);
		piece.open = true;
		piece.firstElementChild.focus();
		piece.scrollIntoView();
	}
});
