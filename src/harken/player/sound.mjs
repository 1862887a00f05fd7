// When it sounds: only after the reader did something, never while the page is hidden.

import { Chorus } from "./chorus.mjs";
import { prosody, tremor } from "./prosody.mjs";
import { on, setting } from "./settings.mjs";
import { word } from "./words.mjs";

export class Sound {
	/** @type {Chorus | null} */ chorus = null;
	/** @type {Partial<Mood>} */ mood = {};

	constructor() {
		for (const gesture of ["click", "keydown", "pointerup"]) addEventListener(gesture, () => this.#begin());
		document.addEventListener("visibilitychange", () => this.settle());
	}

	get wanted() {
		return on("silent") ? 0 : Number(setting("volume"));
	}

	/** A gesture was made. Where sound is refused, it stays quiet. */
	#begin() {
		if (this.chorus || !this.wanted || !navigator.userActivation?.hasBeenActive) return;
		try {
			this.chorus = new Chorus(new AudioContext({ latencyHint: "playback" }));
		} catch {}
		this.settle();
	}

	/** As the settings and the meeting are now. */
	settle(mood = this.mood) {
		this.mood = mood;
		if (!this.chorus) return;
		this.chorus.volume(this.wanted);
		this.chorus.scene(mood.sound, mood.jar?.dissolve ? 0 : mood.jar?.hum ?? 0);
		this.chorus.context[document.hidden || !this.wanted ? "suspend" : "resume"]().catch(() => {});
	}

	/** A line is seen: without words of theirs it is the place's. @param {{text: string, marks: string[]}} line */
	line({ text, marks }) {
		const syllables = prosody(text, marks);
		if (marks.includes("place")) this.chorus?.sigh();
		this.chorus?.say(syllables);
		if (text && on("touch") && navigator.userActivation?.hasBeenActive) navigator.vibrate?.(tremor(syllables));
	}
}

/** What is only heard or felt in a breath, in words. @param {Beat[]} beats @param {Mood} mood @param {Partial<Mood>} before */
export function caption(beats, { sound, jar }, before) {
	const marks = beats.flatMap(({ voice = [] }) => voice);
	const hum = jar?.dissolve ? !before.jar?.dissolve && "mist" : jar?.hum && "hum";
	const heard = [sound !== before.sound && sound, ["break", "whisper", "slow", "low"].find((mark) => marks.includes(mark)), hum];
	return heard.map((key) => key && word(key)).filter(Boolean).join(" · ");
}
