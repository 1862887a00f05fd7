// All that sounds, on any audio context.

import { chance } from "./scenes/draw.mjs";

const HERTZ = { voice: 92, jar: 176 };
const PLACES = { river: [420, .32], glass: [2300, .1], room: [160, .14] };
const HARMONICS = [0, 1, .5, .34, .16, .2, .12, .05, .03];

export class Chorus {
	constructor(context) {
		this.context = context;
		const curve = Float32Array.from({ length: 1025 }, (_, i) => Math.tanh((i - 512) / 420) * .9);
		const bound = new WaveShaperNode(context, { curve });
		bound.connect(context.destination);
		this.out = this.#gain(bound);
		const noise = this.#noise();
		const band = (frequency) => {
			const filter = new BiquadFilterNode(context, { type: "bandpass", frequency });
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

	volume(level) {
		this.out.gain.setTargetAtTime(level * level, this.context.currentTime, .02);
	}

	scene(name, hum) {
		const now = this.context.currentTime;
		const [hertz, loud] = PLACES[name] ?? PLACES.room;
		this.place.hertz.setTargetAtTime(hertz, now, 1);
		this.place.level.setTargetAtTime(loud, now, 1.2);
		this.jar.gain.setTargetAtTime(hum * .07, now, .6);
	}

	sigh(at = this.context.currentTime) {
		const { level, hertz } = this.wind;
		level.setTargetAtTime(.3, at, .5);
		level.setTargetAtTime(0, at + 1.1, .7);
		hertz.setTargetAtTime(1250, at, .6);
		hertz.setTargetAtTime(300, at + 1, .8);
	}

	/** @param {Syllable[]} syllables */
	say(syllables, from = this.context.currentTime + .02) {
		const { voice, breath } = this;
		for (const param of [voice.level, breath.level, voice.hertz]) param.cancelScheduledValues(from);
		const last = syllables.at(-1) ?? { at: 0, long: 0, pitch: 1 };
		for (const { at, long, pitch, loud, breath: airy } of [...syllables, { at: last.at + last.long, long: 0, pitch: last.pitch, loud: 0, breath: 0 }]) {
			const now = from + at;
			voice.hertz.setTargetAtTime(HERTZ.voice * pitch, now, .03);
			for (const [level, loudest] of [[voice.level, loud * (1 - airy) * .5], [breath.level, loud * airy * .3]]) {
				level.setTargetAtTime(loudest, now, .035);
				level.setTargetAtTime(loudest * .2, now + long * .62, .05);
			}
		}
	}

	#gain(to) {
		const gain = new GainNode(this.context, { gain: 0 });
		gain.connect(to);
		return gain;
	}

	#tone(hertz, to) {
		const periodicWave = new PeriodicWave(this.context, { imag: HARMONICS });
		const tone = new OscillatorNode(this.context, { frequency: hertz, periodicWave });
		tone.connect(to);
		tone.start();
		return tone.frequency;
	}

	#noise() {
		const { sampleRate } = this.context;
		const buffer = new AudioBuffer({ length: sampleRate * 5, sampleRate });
		const next = chance(7);
		let last = 0;
		buffer.getChannelData(0).forEach((_, i, samples) => (samples[i] = last += (next() * 2 - 1 - last) * .3));
		const source = new AudioBufferSourceNode(this.context, { buffer, loop: true });
		source.start();
		return source;
	}
}
