// <harken-player>: joins the conversation to the page: what is told to the log, what is done to the meeting.

import "./books.mjs";
import "./log.mjs";
import { make } from "./make.mjs";
import "./menu.mjs";
import "./offers.mjs";
import { WHOLE_BREATH } from "./pace.mjs";
import { Conversation } from "./protocol.mjs";
import "./scenery.mjs";
import { Threshold } from "./threshold.mjs";
import { enter, socket } from "./transport.mjs";
import "./waking.mjs";
import "./words.mjs";

const LINE = {
  open: "",
  lost: "The line is down. What you typed is kept here, and goes on its way by itself.",
  locked: "This page belongs to an earlier start of Harken. Open the address that it printed last; what you typed is still here.",
};
const TURNS = { PageDown: 1, PageUp: -1, ArrowDown: 0.25, ArrowUp: -0.25 };
const OURS = "a, button, input, textarea, label, dialog, harken-log";

/** Whether this tab is inside a meeting. Nothing of what was said there is kept in the browser. */
const inside = {
  get: () => sessionStorage.getItem("harken:inside") === "yes",
  set: (now) => (now ? sessionStorage.setItem("harken:inside", "yes") : sessionStorage.removeItem("harken:inside")),
};

export class HarkenPlayer extends HTMLElement {
  connectedCallback() {
    this.page = this.querySelector(".page");
    this.scene = this.querySelector("harken-scene");
    for (const part of ["log", "offers", "words", "books", "waking", "menu"]) this[part] = document.createElement(`harken-${part}`);
    this.threshold = new Threshold(this.querySelector(".threshold"));
    this.page.append(this.log, this.offers, this.words, this.waking);
    const menu = make("button", { type: "button", "aria-keyshortcuts": "Escape", text: "Menu", onclick: () => this.showMenu() });
    this.append(make("nav", { "aria-label": "Around the story" }, [menu]), this.menu);
    this.held = 0;
    /** The breath that is shown now. */ this.now = null;
    this.#outside();
    const hearer = { threshold: (m) => this.threshold.set(m, this.talk.inside), breath: (m, turn) => this.#breath(m, turn),
      refused: (m, turn) => this.#refused(m, turn), line: (state) => this.#line(state) };
    this.talk = new Conversation({ connect: socket, newTurn: () => crypto.randomUUID(), hearer });
    this.talk.inside = inside.get();
    this.#listen();
    void this.talk.open();
  }

  /** Where the reader is: threshold, talk or waking. */
  get at() {
    return this.page.dataset.at;
  }

  set at(where) {
    this.page.dataset.at = where;
  }

  /** Before stepping in: the place without anybody. */
  #outside() {
    this.at = "threshold";
    this.scene.set({ art: this.dataset.art, light: Number(this.dataset.light), phase: "", here: false, ache: 0 });
  }

  #listen() {
    const does = {
      begin: (name) => this.talk.begin(name),
      offer: (offer) => this.choose(offer),
      words: (text) => this.#busy(this.talk.say(text)),
      wake: () => this.choose(this.offers.find("wake")),
      settings: () => this.scene.settle(),
      transcript: () => this.#transcript(),
      books: () => {
        this.menu.page("The books", this.books);
        this.books.draw();
      },
      again: () => {
        this.#outside();
        this.talk.look();
        this.threshold.focus();
      },
    };
    for (const [type, run] of Object.entries(does)) this.addEventListener(type, (event) => run(event.detail));
    document.addEventListener("keydown", (event) => this.#key(event));
    document.addEventListener("keyup", (event) => event.key === " " && this.#release());
    document.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || event.target.closest(OURS)) return;
      if (this.log.busy) this.log.finish();
      else this.#hold();
    });
    for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => this.#release());
    this.log.addEventListener("click", () => this.log.finish());
    addEventListener("blur", () => this.#release(true));
    for (const back of ["online", "focus"]) addEventListener(back, () => this.talk.hurry());
    addEventListener("hashchange", () => void enter().then(() => this.talk.hurry()));
  }

  #key(event) {
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || this.menu.open) return;
    if (key === "Escape") {
      event.preventDefault();
      this.showMenu();
    } else if (this.at !== "talk" || target.matches("input, textarea")) return;
    else if (this.log.busy && key !== "Tab") {
      this.log.finish();
      if (!target.matches("button")) event.preventDefault();
    } else if (key === " " && !target.matches("button")) {
      event.preventDefault();
      if (!event.repeat) this.#hold();
    } else if (TURNS[key] && !this.log.contains(target)) this.log.turn(TURNS[key]);
    else if (/^[1-9]$/.test(key) && !document.documentElement.classList.contains("no-digits")) {
      if (this.offers.press(Number(key))) event.preventDefault();
    } else if (/^\p{L}$/u.test(key)) this.words.focusBox();
  }

  /** Breathing with them: the sky turns while it lasts, and a whole breath is staying. */
  #hold() {
    if (this.at !== "talk") return;
    this.held = performance.now();
    this.classList.add("breathing");
    this.scene.hold(true);
  }

  #release(lost = false) {
    if (!this.held) return;
    const whole = performance.now() - this.held >= WHOLE_BREATH;
    this.held = 0;
    this.classList.remove("breathing");
    this.scene.hold(false);
    if (whole && !lost) this.choose(this.offers.find("stay"));
  }

  choose(offer) {
    if (!offer) return;
    this.did = offer.label;
    this.#busy(this.talk.choose(offer.id));
  }

  #busy(taken) {
    if (taken) this.offers.wait(true);
  }

  showMenu() {
    this.menu.show({ canWake: this.at === "talk" && Boolean(this.offers.find("wake")) });
  }

  #transcript() {
    const text = this.log.transcript || "Nothing has been told yet.";
    const href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
    this.menu.page("Transcript", make("div.transcript", { tabindex: "0", text }), [make("a", { href, download: "harken.txt", text: "Save as text" })]);
  }

  /** A breath came: as the answer to a turn, or because the reader came back to it. */
  #breath({ breath, shelf, clock, resumed, place }, turn) {
    const { log, offers, words, scene, now } = this;
    const arriving = this.at !== "talk";
    const shown = resumed && now && now.meeting === breath.meeting && now.breath === breath.breath;
    this.now = breath;
    inside.set(!breath.over);
    if (arriving) log.clear();
    this.at = "talk";
    if (!shown) log.add(breath.beats, { did: turn?.offer && this.did, said: turn?.text, known: resumed });
    offers.wait(false);
    offers.set(breath.offers);
    if (turn?.text != null) words.heard();
    else if (turn?.offer) words.say("");
    this.books.set(shelf);
    const { closeness, ache } = breath.state;
    scene.set({ art: place?.art ?? "plain", light: place?.light ?? 0, phase: breath.phase, here: !["", "arrival"].includes(breath.phase), clock, closeness, ache,
      voice: breath.beats.some(({ kind }) => kind === "line") ? 1 : 0.15, books: shelf.map(({ near, still }) => [near, still]) });
    scene.swell();
    if (breath.over) this.#wake(breath);
    else if (arriving) offers.focus({ preventScroll: true });
  }

  #wake({ beats, owed }) {
    const of = (kind) => beats.find((beat) => beat.kind === kind);
    this.at = "waking";
    this.scene.set({ art: "plain", light: 0.55, phase: "", here: false, ache: 0 });
    this.waking.show({ scar: of("scar"), owed: owed.length > 0, ran: of("wake")?.by === "run" });
  }

  #refused({ code, say }, turn) {
    this.offers.wait(false);
    if (code === "over") this.#outside();
    if (turn?.type === "begin") this.threshold.say(say);
    else this.words.say(say);
  }

  #line(state) {
    this.dataset.line = state;
    this.words.say(LINE[state]);
    this.threshold.say(LINE[state], state !== "open");
  }
}
customElements.define("harken-player", HarkenPlayer);
