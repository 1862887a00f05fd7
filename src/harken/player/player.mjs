// <harken-player>: joins the conversation to the page.

import "./box.mjs";
import { Hand } from "./input.mjs";
import "./keep.mjs";
import "./log.mjs";
import { root } from "./make.mjs";
import { Menu } from "./menu.mjs";
import "./offers.mjs";
import { Conversation } from "./protocol.mjs";
import "./scenery.mjs";
import { focus, threshold, waking } from "./scenes/focus.mjs";
import { shown } from "./scar.mjs";
import { on } from "./settings.mjs";
import { caption, Sound } from "./sound.mjs";
import { Threshold } from "./threshold.mjs";
import { ask, enter, socket } from "./transport.mjs";
import { speak, word } from "./words.mjs";

const tab = {
	get: (key) => JSON.parse(sessionStorage.getItem(`harken:${key}`)),
	set: (key, what) => (what ? sessionStorage.setItem(`harken:${key}`, JSON.stringify(what)) : sessionStorage.removeItem(`harken:${key}`)),
};

/** @implements {Hearer} */
class HarkenPlayer extends HTMLElement {
	now = null;
	/** @type {any} */ mood = {};
	books = [];
	turned = 0;

	connectedCallback() {
		const part = (name) => this.querySelector(name);
		this.page = part(".page");
		this.scene = part("harken-scene");
		this.log = part("harken-log");
		this.offers = part("harken-offers");
		this.box = part("harken-box");
		this.keep = part("harken-keep");
		this.heard = part(".caption");
		this.door = new Threshold(part(".threshold"), (language) => this.talk.look(language));
		this.menu = new Menu(this);
		this.sound = new Sound();
		this.hand = new Hand(this);
		this.talk = new Conversation({ connect: socket, newTurn: () => crypto.randomUUID(), hearer: this });
		this.talk.inside = tab.get("inside");
		const { turn, draft = "" } = tab.get("left") ?? {};
		tab.set("left");
		this.talk.waiting = turn;
		this.box.area.value = draft;
		this.#outside();
		this.#listen();
		void speak(root.lang).then(() => this.#open());
	}

	get at() {
		return this.page.dataset.at;
	}

	set at(where) {
		this.page.dataset.at = where;
		for (const part of this.page.children) part.hidden = !part.dataset.in.includes(where);
		this.#aside();
	}

	#show(mood, beats = []) {
		const before = this.mood;
		this.mood = { ...before, ...mood };
		this.pointed = undefined;
		this.scene.set(this.mood);
		this.sound.settle(this.mood);
		this.heard.textContent = caption(beats, this.mood, before);
		this.#aside();
	}

	#aside() {
		const talking = this.at === "talk";
		this.heard.hidden = !talking || !this.heard.textContent || !on("captions");
		for (const move of ["wake", "skip"]) this.querySelector(`nav [data-do=${move}]`).hidden = !talking || !this.offers.find(move);
	}

	#outside() {
		this.at = "threshold";
		this.#show(threshold(this.dataset.art, this.dataset.light));
	}

	do(what) {
		const { menu } = this;
		const does = {
			help: () => (menu.leaf.matches(".care[open]") ? menu.close() : menu.help(this.door.known.help)),
			menu: () => (this.at === "keep" ? this.#back() : menu.show()),
			close: () => menu.close(),
			books: () => menu.books(this.books, this.turned),
			transcript: () => menu.transcript(this.log.transcript),
			keep: () => this.#keep(),
			leave: () => this.#back(),
			again: () => this.#again(),
		};
		if (does[what]) does[what]();
		else if (this.at === "talk" && !menu.open) this.choose(this.offers.find(what));
	}

	#listen() {
		const does = {
			begin: (me) => this.talk.begin(me),
			offer: (offer) => this.choose(offer),
			words: (text) => this.#busy(this.talk.say(text)),
			spoken: (line) => {
				this.sound.line(line);
				if (line.text) this.scene.set({ voice: 1 });
			},
			settings: () => {
				this.scene.settle();
				this.sound.settle();
				this.#aside();
			},
			forgotten: () => {
				this.talk.inside = false;
				tab.set("inside");
				this.log.clear();
				this.#again();
			},
		};
		for (const [type, run] of Object.entries(does)) this.addEventListener(type, ({ detail }) => run(detail));
		this.addEventListener("click", ({ target }) => {
			const what = target.closest("[data-do]")?.dataset.do;
			if (what) this.do(what);
		});
		this.log.addEventListener("click", () => this.log.goOn());
		for (const met of ["focusin", "pointerover"]) this.offers.addEventListener(met, ({ target }) => this.#point(target.closest("[data-target]")?.dataset.target));
		addEventListener("pagehide", () => this.#leave());
		addEventListener("visibilitychange", () => (document.hidden ? this.#leave() : tab.set("left")));
	}

	#open() {
		void this.talk.open();
		for (const back of ["online", "focus", "pageshow"]) addEventListener(back, () => this.talk.hurry());
		addEventListener("hashchange", () => void enter().then(() => this.talk.hurry()));
	}

	#leave() {
		const [turn, draft] = [this.talk.waiting, this.box.draft];
		tab.set("left", (turn || draft) && { turn, draft });
	}

	#again() {
		this.#outside();
		this.talk.look();
		this.door.awaited = true;
	}

	breathing(now) {
		this.classList.toggle("breathing", now);
		this.scene.hold(now);
	}

	touch(x, y) {
		const { view, scars, shards } = this.mood;
		const thing = view === "palms" ? scars[this.scene.scarAt(x, y)] : view === "desert" && shards[this.scene.shardAt(x, y)];
		const offer = thing && this.offers.offers.find(({ target }) => target === thing.id);
		if (offer) this.choose(offer);
		else if (thing) this.#point(thing.id);
		return thing;
	}

	#point(id) {
		const { view, scars, shards } = this.mood;
		if (id === this.pointed || !["palms", "desert"].includes(view)) return;
		this.pointed = id;
		const lit = (things) => (id ? things.map((thing) => ({ ...thing, touched: thing.id === id })) : things);
		this.scene.set({ scars: lit(scars), shards: lit(shards) });
	}

	choose(offer) {
		if (!offer) return;
		this.did = offer.label;
		this.#busy(this.talk.choose(offer.id));
	}

	#busy(taken) {
		if (taken) this.offers.wait(true);
		if (this.dataset.line === "lost") this.#leave();
	}

	#keep() {
		this.menu.close();
		if (this.at !== "keep") this.was = this.at;
		this.at = "keep";
		void this.keep.show(this.scene);
	}

	#back() {
		this.at = this.was;
		this.scene.set(this.mood);
		(this.at === "talk" ? this.offers : this.querySelector("nav [data-do=menu]")).focus();
	}

	async threshold(message) {
		const { locale, language = "en", locales = [], state } = message;
		const { lang } = root;
		const spoken = locale ?? (state === "new" && locales.includes(lang) ? lang : language);
		if (spoken !== (locale ?? language)) return this.talk.look(spoken);
		if (spoken !== lang) await this.door.speak(spoken, message);
		this.door.set(message, this.talk.inside);
	}

	breath(message, turn) {
		const { breath, shelf, resumed } = message;
		const { log, offers, box, now } = this;
		const arriving = this.at !== "talk";
		const known = resumed && now?.meeting === breath.meeting && now.breath === breath.breath;
		this.now = breath;
		tab.set("inside", !breath.over);
		tab.set("left");
		this.at = "talk";
		if (arriving && !known) log.clear();
		if (!known) log.add(breath.beats, { did: turn?.offer && this.did, said: turn?.text, known: resumed });
		offers.wait(false);
		offers.set(breath.offers);
		if (turn?.text != null) box.heard(turn.text);
		else if (turn?.offer) box.say("");
		this.books = shelf;
		this.turned++;
		this.#show(focus(message, this.mood), breath.beats);
		this.scene.swell();
		if (turn?.locale && turn.locale !== root.lang) this.talk.look();
		if (breath.over) this.#wake(message);
		else if (arriving || document.activeElement === document.body) offers.focus({ preventScroll: true });
	}

	#wake(message) {
		const of = (kind) => message.breath.beats.find((beat) => beat.kind === kind);
		const title = this.querySelector("#woken");
		const mood = waking(message);
		this.at = "waking";
		this.#show(mood);
		title.textContent = word(of("wake")?.by === "run" ? "ran" : "woke");
		this.querySelector("figure").replaceChildren(...(mood.newScar ? shown({ ...of("scar"), ...mood.newScar }) : []));
		title.focus({ preventScroll: true });
	}

	refused({ code, say = word(code), page }, turn) {
		this.offers.wait(false);
		tab.set("left");
		if (code === "over") this.#outside();
		if (code === "care") this.menu.help(page);
		else if (turn?.type === "begin") this.door.say(say);
		else this.box.say(say);
	}

	line(state) {
		this.dataset.line = state;
		const say = (key) => {
			this.box.say(word(key));
			this.door.say(word(key), state !== "open");
			this.querySelector("nav a").hidden = key !== "signed-out";
		};
		say(state);
		if (state !== "open") this.#leave();
		if (state === "locked") void ask("/sign-in").then(({ ok }) => ok && say("signed-out"));
	}
}
customElements.define("harken-player", HarkenPlayer);
