"""How long compiling and loading take. Measured, not asserted: ``python tests/story/speed.py [FOLDER...]``.

Without folders: synthetic stories of 500 and 10,000 tellings, plain ones and rich ones.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SMALL = Path(__file__).parent / "small"
RICH = """
{low} “This one,” they say, “I told *myself* every morning until it grew.” It is as long as a paragraph of a story.

> A shelf lets out its breath{closeness >= 4: , and leans closer}.

- reflect, name_feeling: They look up, once.
- advise: “Yes,” they say politely. “Somebody told me that in the year it happened.”
- otherwise: They close the hand.

### promise

“Next time I will tell you the rest of this one.”

### instead

“I said I would tell you. I find I can show you where, and not what.”
"""


def make(folder: Path, count: int, rich: bool) -> None:
    """A story with so many tellings, 500 a file."""
    shutil.copytree(SMALL, folder)
    for first in range(0, count, 500):
        tellings = [f"# Thread {first}\n\n    thread: t{first}\n"]
        for number in range(first, min(first + 500, count)):
            needs = f"trust >= {number % 9} and told(n{number - 1})" if number % 7 else "meeting >= 1"
            meta = f"    id: n{number}\n    depth: {number % 6}\n    needs: {needs}\n    themes: love, lying\n"
            words = f"They turn the left hand over, as one turns stone {number} that one has turned before."
            tellings.append(f"## Title {number}\n\n{meta}\n{words}\n{RICH if rich else ''}")
        (folder / "tellings" / f"more-{first:05}.md").write_text("\n".join(tellings), encoding="utf-8")


def timed(code: str, *arguments: str) -> tuple[float, str]:
    """Seconds of a fresh interpreter's work, without its start, and what it printed."""
    run = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    seconds, _, rest = run.stdout.partition("\n")
    return float(seconds), rest.strip()


LOAD = """
import sys, time, resource
from pathlib import Path
start = time.perf_counter()
from harken.story import load
loaded = load(Path(sys.argv[1]))
print(time.perf_counter() - start)
if loaded.story is None: print(len(loaded.problems), "problems")
print(len(loaded.compiled or b"") // 1024, "KiB;", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, "MiB")
"""
COMPILE = (
    LOAD.replace("import load", "import compile_folder as load")
    .replace("loaded.story is None", "loaded.document is None")
    .replace('len(loaded.compiled or b"") // 1024, "KiB;", ', "")
)


def measure(name: str, folder: Path) -> None:
    """Print a line: the best of three compilations, the first load, the best of three later ones."""
    compiling = min(timed(COMPILE, str(folder)) for _ in range(3))
    os.environ["HARKEN_CACHE"] = tempfile.mkdtemp(prefix="harken-speed-")
    cold, _ = timed(LOAD, str(folder))
    warm = min(timed(LOAD, str(folder)) for _ in range(3))
    shutil.rmtree(os.environ["HARKEN_CACHE"])
    print(f"{name:24} compile {compiling[0]:6.3f} s ({compiling[1]}), ", end="")
    print(f"load cold {cold:6.3f} s, warm {warm[0]:6.3f} s ({warm[1]})")


def main() -> None:
    """Measure what was asked for."""
    folders = [Path(argument) for argument in sys.argv[1:]]
    for folder in folders:
        measure(folder.name, folder)
    for count in () if folders else (500, 10_000):
        for rich in (False, True):
            with tempfile.TemporaryDirectory() as home:
                make(Path(home) / "story", count, rich)
                measure(f"{count} {'rich' if rich else 'plain'} tellings", Path(home) / "story")


if __name__ == "__main__":
    main()
