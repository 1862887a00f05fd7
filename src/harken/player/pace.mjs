// How the place breathes.

const PERIOD = 11;
const INHALE = 3.4;

export class Pace {
	value = 0;
	light = 0;
	held = false;
	swell = 0;
	clock = 0;

	step(dt) {
		this.clock += dt;
		this.swell = Math.max(0, this.swell - dt / 5);
		const wave = .5 - .5 * Math.cos((this.clock * 2 * Math.PI) / PERIOD);
		const idle = Math.min(1, this.light * .62 + wave * .42 + this.swell * .5);
		this.value = this.held ? Math.min(1, this.value + dt / INHALE) : this.value + (idle - this.value) * Math.min(1, dt / 1.7);
		return this.value;
	}
}

export const WHOLE_BREATH = INHALE * 1000 * .9;
