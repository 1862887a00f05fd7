// A line's syllables, as a low voice would give them.

const CLAUSES = /[^,;:.!?…—–。、]+[,;:.!?…—–。、”’"]*/gu;
const VOWELS = /[aeiouyà-åè-ïò-öù-ýāēīōūαεηιουωά-ώаеёиоуыэюяіїє]+/giu;
/** @type {[RegExp, number][]} */
const RESTS = [[/[.!?…。]/, .4], [/[—–;:]/, .26], [/[,、]/, .15], [/$/, .05]];
const LONGEST = 14;

/** @returns {Syllable[]} */
export function prosody(text, marks = []) {
	const [low, whisper, slow, broken] = ["low", "whisper", "slow", "break"].map((mark) => marks.includes(mark));
	const syllables = [];
	let at = 0;
	for (const clause of text.match(CLAUSES) ?? []) {
		const count = clause.match(VOWELS)?.length ?? Math.ceil(clause.trim().length / 2);
		for (let i = 0; i < count && at < LONGEST; i++) {
			const part = (i + 1) / count;
			const stress = i % 3 ? .8 : 1;
			const fails = broken && part > .6 ? .8 : 1;
			const bend = clause.includes("?") && part > .7 ? .16 : -.09 * part;
			const long = (slow ? .27 : .18) * stress * (part === 1 ? 1.6 : 1);
			syllables.push({ at, long, pitch: (low ? .84 : 1) * fails * (1.04 + bend + .035 * Math.sin(i * 2.4)),
				loud: (whisper ? .4 : .9) * stress * fails, breath: whisper ? .9 : broken ? .35 : .1 });
			at += long;
		}
		at += RESTS.find(([sign]) => sign.test(clause))[1];
	}
	return syllables;
}

export const tremor = (syllables) => syllables.slice(0, 40).flatMap(({ long, loud }) => [long * 550 * loud, long * (1000 - 550 * loud)].map(Math.round));
