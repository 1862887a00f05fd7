// How a line is carried: its syllables as a low voice would give them, felt and not understood. Pure.

const CLAUSES = /[^,;:.!?…—–。、]+[,;:.!?…—–。、”’"]*/gu;
const VOWELS = /[aeiouyà-åè-ïò-öù-ýāēīōūαεηιουωά-ώаеёиоуыэюяіїє]+/giu;
/** Seconds of rest after a sign. @type {[RegExp, number][]} */
const RESTS = [[/[.!?…。]/, 0.4], [/[—–;:]/, 0.26], [/[,、]/, 0.15], [/$/, 0.05]];
const LONGEST = 14;

/** @param {string} text @param {string[]} marks how it is said: low, whisper, slow, break @returns {Syllable[]} */
export function prosody(text, marks = []) {
	const [low, whisper, slow, broken] = ["low", "whisper", "slow", "break"].map((mark) => marks.includes(mark));
	const syllables = [];
	let at = 0;
	for (const clause of text.match(CLAUSES) ?? []) {
		const count = clause.match(VOWELS)?.length ?? Math.ceil(clause.trim().length / 2);
		for (let i = 0; i < count && at < LONGEST; i++) {
			const part = (i + 1) / count;
			const stress = i % 3 ? 0.8 : 1;
			const fails = broken && part > 0.6 ? 0.8 : 1;
			const bend = clause.includes("?") && part > 0.7 ? 0.16 : -0.09 * part;
			const long = (slow ? 0.27 : 0.18) * stress * (part === 1 ? 1.6 : 1);
			syllables.push({ at, long, pitch: (low ? 0.84 : 1) * fails * (1.04 + bend + 0.035 * Math.sin(i * 2.4)),
				loud: (whisper ? 0.4 : 0.9) * stress * fails, breath: whisper ? 0.9 : broken ? 0.35 : 0.1 });
			at += long;
		}
		at += RESTS.find(([sign]) => sign.test(clause))[1];
	}
	return syllables;
}

/** The same for the hand: milliseconds of trembling and rest, in turn. @param {Syllable[]} syllables */
export const tremor = (syllables) => syllables.slice(0, 40).flatMap(({ long, loud }) => [long * 550 * loud, long * (1000 - 550 * loud)].map(Math.round));
