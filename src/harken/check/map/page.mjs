// The map's page: choosing a telling, searching, keys, light and dark. Everything shown is set as text, never as HTML.
const about = new Map(JSON.parse(document.getElementById("about").textContent).map((one) => [one.id, one]));
const asked = JSON.parse(document.getElementById("asked").textContent);
const main = document.querySelector("main");
const svg = main.querySelector("svg");
const panel = document.querySelector("aside");
const detail = panel.querySelector("div");
const search = document.querySelector("input");
const found = document.getElementById("found");
const nodes = [...svg.querySelectorAll(".node")];
const byId = new Map(nodes.map((node) => [node.dataset.id, node]));
const lines = [...svg.querySelectorAll(".lines path")];
const places = new Map(nodes.map((node) => {
  const { e, f } = node.transform.baseVal.consolidate().matrix;
  return [node, [e, f]];
}));
let chosen = null;

const make = (name, text, kind) => {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (kind) made.className = kind;
  return made;
};

const link = (id, before = "") => {
  const item = make("li", before);
  const to = make("a", about.get(id)?.title ?? id);
  if (byId.has(id)) {
    to.href = `#${encodeURIComponent(id)}`;
  }
  item.append(to);
  return item;
};

const section = (title, ...children) => {
  if (children.length) detail.append(make("h3", title), ...children);
};

const list = (items) => {
  const made = make("ul");
  made.append(...items);
  return made;
};

function needs(one) {
  const items = [];
  one.needs.forEach((clause, number) => {
    if (number) items.push(make("li", "or", "or"));
    items.push(...clause.told.map((id) => link(id)));
    items.push(...clause.untold.map((id) => link(id, "not after ")));
    items.push(...clause.other.map((text) => make("li", text)));
    if (!clause.told.length && !clause.untold.length && !clause.other.length) items.push(make("li", "nothing else"));
  });
  if (one.floor) items.push(make("li", `trust ${one.floor}, the floor of depth ${one.depth}`, "or"));
  return items;
}

function readers(one) {
  if (!asked) return;
  const share = one.readers / asked.readers;
  const bar = make("div", undefined, "bar");
  bar.append(make("i"));
  bar.firstChild.style.width = `${100 * share}%`;
  const said = one.readers
    ? `${one.readers.toLocaleString("en")} of ${asked.readers.toLocaleString("en")} heard it, half of them by meeting `
      + `${one.usual[0]}, breath ${one.usual[1]}; the first in meeting ${one.first[0]}, breath ${one.first[1]}.`
    : `None of ${asked.readers.toLocaleString("en")} ${asked.policy} readers heard it. That proves nothing.`;
  const why = asked.why[one.id];
  section("Readers", bar, make("p", said), ...(why ? [make("p", why, "where")] : []));
}

function show(one) {
  const where = [`depth ${one.depth}`, one.form, one.thread && `thread ${one.thread}`, one.arc !== "talk" && one.arc,
    one.seal > 1 && `sealed until meeting ${one.seal}`, one.again && "told again", one.weight,
    one.on && `on ${one.on}`, ...one.themes];
  detail.replaceChildren(make("h2", one.title), make("p", where.filter(Boolean).join(" · "), "where"),
    make("p", one.id, "where"));
  const words = make("div", undefined, "words");
  words.append(...one.text.map((line) => make("p", line.text, line.by)));
  detail.append(words);
  section("Needs", list(needs(one)));
  if (one.opens.length) section("Opens", list(one.opens.map((id) => link(id))));
  readers(one);
  const verdicts = one.verdicts.map((verdict) => {
    const of = verdict.subject === one.id ? "" : `${verdict.subject}: `;
    return make("li", `${of}${verdict.verdict}: ${verdict.because ?? ""}`, verdict.holds === false ? "bad" : "");
  });
  if (verdicts.length) section("Checked", list(verdicts));
  panel.scrollTop = 0;
}

function choose(id, move = true) {
  const node = byId.get(id);
  if (!node) return;
  chosen = id;
  svg.classList.add("aside");
  const near = new Set();
  for (const line of lines) {
    const lit = line.dataset.from === id || line.dataset.to === id;
    line.classList.toggle("lit", lit);
    if (lit) near.add(line.dataset.from).add(line.dataset.to);
  }
  for (const other of nodes) {
    other.classList.toggle("chosen", other === node);
    other.classList.toggle("near", near.has(other.dataset.id));
    other.setAttribute("aria-pressed", String(other === node));
  }
  panel.hidden = false;
  show(about.get(id));
  if (move) reach(node);
  history.replaceState(null, "", `#${encodeURIComponent(id)}`);
}

function clear() {
  chosen = null;
  svg.classList.remove("aside");
  for (const one of [...nodes, ...lines]) one.classList.remove("chosen", "near", "lit");
  panel.hidden = true;
  history.replaceState(null, "", location.pathname);
}

function reach(node) {
  for (const other of nodes) other.tabIndex = other === node ? 0 : -1;
  node.focus({ preventScroll: true });
  node.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function look() {
  const wanted = search.value.trim().toLowerCase();
  if (chosen) clear();
  svg.classList.toggle("aside", wanted !== "");
  let count = 0;
  for (const node of nodes) {
    const one = about.get(node.dataset.id);
    const text = [one.id, one.title, one.thread, one.form, ...one.themes, ...one.text.map((line) => line.text)];
    const fits = wanted !== "" && text.join(" ").toLowerCase().includes(wanted);
    node.classList.toggle("near", fits);
    count += fits;
  }
  found.textContent = wanted ? `${count} found` : "";
}

const SIDES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function step(from, [dx, dy]) {
  const [x, y] = places.get(from);
  let best = null;
  for (const [node, [a, b]] of places) {
    const ahead = (a - x) * dx + (b - y) * dy;
    const aside = Math.abs((a - x) * dy) + Math.abs((b - y) * dx);
    const far = ahead + aside * 3;
    if (ahead > 0 && (!best || far < best[0])) best = [far, node];
  }
  if (best) reach(best[1]);
}

svg.addEventListener("click", (event) => {
  const node = event.target.closest(".node");
  if (node) choose(node.dataset.id);
  else if (chosen) clear();
});
document.addEventListener("keydown", (event) => {
  const node = document.activeElement.closest?.(".node");
  if (event.key === "/" && document.activeElement !== search) search.focus();
  else if (event.key === "Escape") {
    search.value = "";
    look();
    clear();
    nodes.find((one) => one.tabIndex === 0)?.focus();
  } else if (event.key === "Enter" && document.activeElement === search) {
    const first = nodes.find((one) => one.classList.contains("near"));
    if (first) choose(first.dataset.id);
  } else if (node && (event.key === "Enter" || event.key === " ")) choose(node.dataset.id);
  else if (node && SIDES[event.key]) step(node, SIDES[event.key]);
  else return;
  event.preventDefault();
});
search.addEventListener("input", look);
detail.addEventListener("click", (event) => {
  const to = event.target.closest("a[href]");
  if (!to) return;
  event.preventDefault();
  choose(decodeURIComponent(to.getAttribute("href").slice(1)));
});
document.getElementById("close").addEventListener("click", clear);
document.getElementById("size").addEventListener("click", (event) => {
  const whole = main.classList.toggle("whole");
  event.target.textContent = whole ? "Full size" : "Whole map";
});
document.getElementById("light").addEventListener("click", () => {
  const root = document.documentElement;
  const dark = root.dataset.light ? root.dataset.light === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.light = dark ? "light" : "dark";
});
if (nodes.length) nodes[0].tabIndex = 0;
if (location.hash) choose(decodeURIComponent(location.hash.slice(1)));
