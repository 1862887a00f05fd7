// From what the wire says to what is looked at.

const VIEWS = ["library", "bench", "palms", "jar", "desert", "unravelling", "waking", "plain"];
const BENCH = 4;
const NEAR = ["library", "bench"];

const known = (art) => (VIEWS.includes(art) ? art : "plain");
const of = (beats, kind, form) => beats.some((beat) => beat.kind === kind && (!form || beat.form === form));

function about({ beats, target, things }, form, view, before) {
	if (things.some((thing) => thing.thing === target && thing.form === form)) return true;
	if (["line", "appear", "dissolve"].some((kind) => of(beats, kind, form))) return true;
	return before?.view === view && !of(beats, "line") && !of(beats, "scene");
}

function looked(breath, art, before) {
	if (!NEAR.includes(art)) return art;
	if (breath.phase === "unravelling") return "unravelling";
	if (["", "arrival"].includes(breath.phase)) return art;
	if (about(breath, "jar", "jar", before)) return "jar";
	if (about(breath, "scar", "palms", before)) return "palms";
	return breath.state.closeness >= BENCH ? "bench" : art;
}

/** @returns {Mood} */
export function focus({ breath, shelf = [], clock = 0, place }, before = null) {
	const { beats, things, state, phase } = breath;
	const art = known(place?.art);
	const view = looked(breath, art, before);
	const was = (form) => (before?.[form] ?? []).find((thing) => thing.touched)?.id;
	const some = (form, key) => {
		const touched = things.find((thing) => thing.thing === breath.target && thing.form === form)?.thing ?? (view === before?.view ? was(key) : null);
		return things.filter((thing) => thing.form === form).map(({ thing }) => ({ id: thing, touched: thing === touched }));
	};
	return {
		view, art, phase, clock, here: !["", "arrival"].includes(phase), closeness: state.closeness, ache: state.ache,
		light: place?.light ?? 0, sound: place?.sound ?? "", motion: place?.motion ?? .5,
		voice: of(beats, "line") ? 1 : of(beats, "answer") || of(beats, "talk") ? .5 : .15,
		books: shelf.map(({ near, still }) => [near, still]),
		scars: some("scar", "scars"), shards: some("shard", "shards"),
		jar: { hum: view === "jar" ? (of(beats, "line", "jar") ? 1 : .5) : 0, dissolve: of(beats, "dissolve", "jar") || (before?.view === "jar" && view === "jar" && before.jar.dissolve) ? 1 : 0 },
	};
}

export function waking({ breath }) {
	const scar = breath.beats.find(({ kind }) => kind === "scar");
	return { ...nobody("waking", .3), newScar: scar ? { strokes: scar.strokes, owed: breath.owed.length > 0 } : null };
}

export const threshold = (art, light) => nobody(known(art), Number(light) || 0);

const nobody = (art, light) => ({ view: art, art, light, sound: "", phase: "", here: false, closeness: 1, ache: 0, clock: 0, books: [], scars: [], shards: [], jar: null, newScar: null });
