"""Simulated readers, on processor time: ``python -m bench.simulating`` (a few minutes).

Bars: 10,000 logged readings of 200 tellings under 0.5 s; 3 million breaths a second a core on numpy alone, 10 million
with numba. A reading is logged when who heard what and when is counted; tables and sums are in the seconds. 10,000
readings are what a writer asks for, 100,000 are for the rate. Best of several rounds, because the machine is shared;
the first round of numba's, which loads or compiles, is said apart.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from harken.check.policies import POLICIES
from harken.check.simulate import crowd, plain
from harken.check.simulate.manner import Manner
from harken.check.simulate.plan import Plan
from harken.check.simulate.run import parts
from harken.check.simulate.tally import Tally
from harken.engine import Story
from making import generated, story

READINGS, MANY, ROUNDS = 10_000, 100_000, 5


def logged(of: Story, policy: str, readings: int) -> Tally:
    """So many readings on numpy, tables and sums included."""
    plan = Plan(Manner(of, POLICIES[policy]))
    return crowd.shards(plan, list(parts("bench", 0, readings)), of.meetings)


def compiled(of: Story, policy: str, readings: int) -> Tally:
    """So many on numba, tables and sums included."""
    from harken.check.simulate import kernel

    plan = Plan(Manner(of, POLICIES[policy]))
    return kernel.shards(plan, list(parts("bench", 0, readings)), of.meetings)


def engine(of: Story, policy: str, readings: int) -> Tally:
    """So many in the real engine."""
    return plain.shards(Manner(of, POLICIES[policy]), list(parts("bench", 0, readings)), of.meetings)


def best(work: Callable[[], Tally]) -> tuple[Tally, float]:
    """The shortest of several rounds, in seconds of processor time."""
    times = []
    for _ in range(ROUNDS):
        begun = process_time()
        done = work()
        times.append(process_time() - begun)
    return done, min(times)


def main() -> None:
    """Print a line for each."""
    print("tellings  policy     by      readings     breaths    seconds   million breaths/s")
    ways = [("numpy", logged, READINGS), ("numpy", logged, MANY), ("engine", engine, 50)]
    if find_spec("numba"):
        ways[:0] = [("numba", compiled, READINGS), ("numba", compiled, MANY)]
        begun = process_time()
        compiled(story(generated(3, 50)), "random", 1)
        print(f"(numba: {process_time() - begun:.1f} s to load, and the first time to compile)")
    for count in (50, 200, 1000):
        of = story(generated(3, count))
        for policy in ("attentive", "random"):
            for by, way, readings in ways:
                done, seconds = best(lambda way=way, of=of, policy=policy, readings=readings: way(of, policy, readings))
                rate = done.breaths / seconds / 1e6
                print(f"{count:8}  {policy:9}  {by:6}  {readings:8,}  {done.breaths:10,}  {seconds:9.2f}  {rate:10.3f}")


if __name__ == "__main__":
    main()
