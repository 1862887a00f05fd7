// How the place breathes: by itself, slowly; and with the reader, while they hold.

const PERIOD = 11;
const INHALE = 3.4;

export class Pace {
	value = 0;
	light = 0;
	held = false;
	swell = 0;
	clock = 0;

	/** `dt` seconds went by: 0 is indigo, 1 gold. */
	step(dt) {
		this.clock += dt;
		this.swell = Math.max(0, this.swell - dt / 5);
		const wave = 0.5 - 0.5 * Math.cos((this.clock * 2 * Math.PI) / PERIOD);
		const idle = Math.min(1, this.light * 0.62 + wave * 0.42 + this.swell * 0.5);
		this.value = this.held ? Math.min(1, this.value + dt / INHALE) : this.value + (idle - this.value) * Math.min(1, dt / 1.7);
		return this.value;
	}
}

/** A breath held this long, in milliseconds, is a whole one. */
export const WHOLE_BREATH = INHALE * 1000 * 0.9;
