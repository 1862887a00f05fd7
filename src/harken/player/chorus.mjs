// All that sounds, on any audio context: the voice in the ribs, the water, the jar, the place's answers.

/** The voice's own pitch, and that of a jar. */
const HERTZ = { voice: 92, jar: 176 };
/** How a place sounds: the middle of its noise, and how loud it is. Any other name is a room. */
const PLACES = { river: [420, 0.32], glass: [2300, 0.1], room: [160, 0.14] };
const HARMONICS = [0, 1, 0.5, 0.34, 0.16, 0.2, 0.12, 0.05, 0.03];

export class Chorus {
	/** @param {any} context of audio, live or offline */
	constructor(context) {
		this.context = context;
		const bound = context.createWaveShaper();
		bound.curve = Float32Array.from({ length: 1025 }, (_, i) => Math.tanh((i - 512) / 420) * 0.9);
		bound.connect(context.destination);
		this.out = this.#gain(bound);
		const noise = this.#noise();
		const band = (value) => {
			const filter = Object.assign(context.createBiquadFilter(), { type: "bandpass" });
			filter.frequency.value = value;
			noise.connect(filter);
			return { hertz: filter.frequency, level: filter.connect(this.#gain(this.out)).gain };
		};
		this.place = band(160);
		this.wind = band(380);
		this.breath = band(1100);
		const throat = this.#gain(this.out);
		this.voice = { level: throat.gain, hertz: this.#tone(HERTZ.voice, throat) };
		this.jar = this.#gain(this.out);
		for (const beat of [0, 2.3]) this.#tone(HERTZ.jar + beat, this.jar);
	}

	/** @param {number} level 0 is silence, 1 the loudest */
	volume(level) {
		this.out.gain.setTargetAtTime(level * level, this.context.currentTime, 0.02);
	}

	/** Where it is, and how much a jar hums there. @param {string} name @param {number} hum 0 to 1 */
	scene(name, hum) {
		const now = this.context.currentTime;
		const [hertz, loud] = PLACES[name] ?? PLACES.room;
		this.place.hertz.setTargetAtTime(hertz, now, 1);
		this.place.level.setTargetAtTime(loud, now, 1.2);
		this.jar.gain.setTargetAtTime(hum * 0.07, now, 0.6);
	}

	/** The place answers: a sigh through the shelves. */
	sigh(at = this.context.currentTime) {
		const { level, hertz } = this.wind;
		level.setTargetAtTime(0.3, at, 0.5);
		level.setTargetAtTime(0, at + 1.1, 0.7);
		hertz.setTargetAtTime(1250, at, 0.6);
		hertz.setTargetAtTime(300, at + 1, 0.8);
	}

	/** @param {Syllable[]} syllables */
	say(syllables, from = this.context.currentTime + 0.02) {
		const { voice, breath } = this;
		for (const param of [voice.level, breath.level, voice.hertz]) param.cancelScheduledValues(from);
		const last = syllables.at(-1) ?? { at: 0, long: 0, pitch: 1 };
		for (const { at, long, pitch, loud, breath: airy } of [...syllables, { at: last.at + last.long, long: 0, pitch: last.pitch, loud: 0, breath: 0 }]) {
			const now = from + at;
			voice.hertz.setTargetAtTime(HERTZ.voice * pitch, now, 0.03);
			for (const [level, loudest] of [[voice.level, loud * (1 - airy) * 0.5], [breath.level, loud * airy * 0.3]]) {
				level.setTargetAtTime(loudest, now, 0.035);
				level.setTargetAtTime(loudest * 0.2, now + long * 0.62, 0.05);
			}
		}
	}

	#gain(to) {
		const gain = this.context.createGain();
		gain.gain.value = 0;
		gain.connect(to);
		return gain;
	}

	#tone(hertz, to) {
		const tone = this.context.createOscillator();
		tone.setPeriodicWave(this.context.createPeriodicWave(HARMONICS.map(() => 0), HARMONICS));
		tone.frequency.value = hertz;
		tone.connect(to);
		tone.start();
		return tone.frequency;
	}

	/** Water, wind and breath: the same numbers every time, going round. */
	#noise() {
		const { context } = this;
		const buffer = context.createBuffer(1, context.sampleRate * 5, context.sampleRate);
		let [seed, last] = [7, 0];
		buffer.getChannelData(0).forEach((_, i, samples) => {
			seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
			samples[i] = last += (seed / 2 ** 31 - 1 - last) * 0.3;
		});
		const source = Object.assign(context.createBufferSource(), { buffer, loop: true });
		source.start();
		return source;
	}
}
