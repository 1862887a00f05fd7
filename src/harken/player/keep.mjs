// <harken-keep>: what is kept, as the mirror desert to walk in and as a list; and what its owner can do with it.

import { button, give, make, tell } from "./make.mjs";
import { shown } from "./scar.mjs";
import { ask } from "./transport.mjs";
import { dated, settle, word } from "./words.mjs";

/** What was told to a reader goes only with all the rest. */
const BURNABLE = ["said", "vow", "jar"];

export class HarkenKeep extends HTMLElement {
  /** @type {KeptEntry[]} */ entries = [];

  connectedCallback() {
    this.said = this.querySelector(".state");
    this.list = this.querySelector(".kept");
    this.shards = this.querySelector(".shards");
    this.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#post(event.target, event.submitter);
    });
    this.addEventListener("toggle", ({ target }) => target.dataset.entry && target.open && this.scene.visit(Number(target.dataset.entry)), true);
  }

  /** Opens the keep in a picture. */
  async show(scene) {
    if (this.scene !== scene) scene.addEventListener("walked", () => this.#lay());
    this.scene = scene;
    this.said.textContent = "";
    this.querySelector("h2").focus();
    const answer = await ask("/keep.json").catch(() => null);
    const kept = (await answer?.json().catch(() => null)) ?? {};
    this.#fill({ entries: [], meetings: [], locks: [], ...kept });
    if (!answer?.ok || !this.entries.length) this.said.textContent = kept.say ?? word(answer?.ok ? "kept-nothing" : "no-keep");
  }

  #fill({ entries, meetings, locks }) {
    this.entries = entries;
    this.list.replaceChildren(...meetings.flatMap(({ meeting, day }) => {
      const own = entries.filter((entry) => entry.meeting === meeting);
      return own.length ? [make("h3", { text: [word("meeting", meeting), ...(day ? [dated(day)] : [])].join(" · ") }), ...own.map((entry) => this.#entry(entry))] : [];
    }));
    this.querySelector(".locks").replaceChildren(...locks.map(({ kind }) => make("form", { "data-post": "/keep/lock" }, [
      make("button", { name: "remove", value: kind, text: word("unlock", kind) })])));
    const shards = entries.map(({ entry }) => ({ id: String(entry), kept: true }));
    this.scene.set({ view: "desert", art: "desert", light: 0.5, here: false, phase: "", shards });
    this.#lay();
  }

  /** One piece of the mirror. @param {KeptEntry} entry */
  #entry(entry) {
    const { title, kind, text, strokes, state } = entry;
    const name = title || text[0] || word(kind);
    const piece = make("details", { "data-entry": this.entries.indexOf(entry) }, [
      make("summary", {}, [make("cite", { text: name, dir: "auto" }), make("small", { text: word(state === "kept" ? kind : state) })]),
      ...(strokes ? shown({ strokes, label: name }) : []), ...text.map((line) => make("p", { text: line, dir: "auto" }))]);
    if (state === "kept" && BURNABLE.includes(kind)) piece.append(this.querySelector("template").content.cloneNode(true));
    settle(piece);
    return piece;
  }

  /** Does what a form of this page is for, and says how it went. */
  async #post(form, { name, value }) {
    const piece = form.closest("[data-entry]");
    const entry = piece && this.entries[piece.dataset.entry];
    const fields = [...new FormData(form), [name, value]].filter(([key]) => key).map(([key, said]) => [key, ["on", "true"].includes(said) || said]);
    const answer = await ask(form.dataset.post, entry ? { entry: entry.entry } : Object.fromEntries(fields)).catch(() => null);
    if (answer?.ok && form.dataset.post.endsWith("export")) return give("harken.age", await answer.blob());
    const { say, state, words = "" } = (await answer?.json().catch(() => null)) ?? {};
    if (answer?.ok && form.dataset.post.endsWith("forget")) return tell(this, "forgotten");
    if (answer?.ok && entry) {
      const burned = this.#entry(Object.assign(entry, { state, text: [], strokes: null }));
      piece.replaceWith(burned);
      burned.firstElementChild.focus();
    } else if (answer?.ok && !words) await this.show(this.scene);
    this.said.textContent = [say ?? (answer?.ok ? "" : word("no-keep")), [words].flat().join(" ")].join(" ");
  }

  /** The pieces lie where the picture has them: to be touched. */
  #lay() {
    const boxes = this.scene.shardBoxes();
    this.shards.replaceChildren(...boxes.slice(0, this.entries.length).map(({ x, y, w, h }, i) => {
      const shard = button("", () => this.#open(i), { tabindex: "-1", title: this.entries[i].title });
      Object.assign(shard.style, { left: `${x}px`, top: `${y}px`, width: `${w}px`, height: `${h}px` });
      return shard;
    }));
  }

  #open(i) {
    const piece = this.list.querySelector(`[data-entry="${i}"]`);
    piece.open = true;
    piece.firstElementChild.focus();
    piece.scrollIntoView({ block: "start" });
  }
}
customElements.define("harken-keep", HarkenKeep);
