// Sound: only after a gesture, never while the page is hidden.

import { Chorus } from "./chorus.mjs";
import { prosody, tremor } from "./prosody.mjs";
import { on, setting } from "./settings.mjs";
import { word } from "./words.mjs";

export class Sound {
	chorus = null;
	/** @type {Partial<Mood>} */ mood = {};

	constructor() {
		for (const gesture of ["click", "keydown", "pointerup"]) addEventListener(gesture, () => this.#begin());
		addEventListener("visibilitychange", () => this.settle());
	}

	get wanted() {
		return on("silent") ? 0 : Number(setting("volume"));
	}

	#begin() {
		if (this.chorus || !this.wanted || !navigator.userActivation?.hasBeenActive) return;
		try {
			this.chorus = new Chorus(new AudioContext({ latencyHint: "playback" }));
		} catch {}
		this.settle();
	}

	settle(mood = this.mood) {
		this.mood = mood;
		if (!this.chorus) return;
		this.chorus.volume(this.wanted);
		this.chorus.scene(mood.sound, mood.jar?.dissolve ? 0 : mood.jar?.hum ?? 0);
		this.chorus.context[document.hidden || !this.wanted ? "suspend" : "resume"]().catch(() => {});
	}

	line({ text, marks }) {
		const syllables = prosody(text, marks);
		if (marks.includes("place")) this.chorus?.sigh();
		this.chorus?.say(syllables);
		if (text && on("touch") && navigator.userActivation?.hasBeenActive) navigator.vibrate?.(tremor(syllables));
	}
}

export function caption(beats, { sound, jar }, before) {
	const marks = beats.flatMap(({ voice = [] }) => voice);
	const hum = jar?.dissolve ? !before.jar?.dissolve && "mist" : jar?.hum && "hum";
	const heard = [sound !== before.sound && sound, ["break", "whisper", "slow", "low"].find((mark) => marks.includes(mark)), hum];
	return heard.map((key) => key && word(key)).filter(Boolean).join(" · ");
}
