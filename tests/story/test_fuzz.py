"""A mutating fuzzer over whole stories: whatever a file holds, a story or its mistakes come back, soon.

``HARKEN_FUZZ`` is for how many seconds (600 under ``make soak``). Seeded by its own count, so that a failure repeats.
"""

from __future__ import annotations

import os
import random
import shutil
import time
from pathlib import Path

from harken.engine import story_from
from harken.story import compile_folder, dump, edition_of, explain, find

SECONDS = float(os.environ.get("HARKEN_FUZZ", "3"))
HERE = Path(__file__).parent
TOKENS = [
    b"{",
    b"}",
    b"{~ ",
    b" | ",
    b"{closeness >= 5: ",
    b"\\{",
    b"*",
    b"**",
    b"> ",
    b"- ",
    b"- stay: ",
    b"## ",
    b"# ",
    b"### promise\n",
    b"\n\n",
    b"    id: x\n",
    b"    needs: told(x)\n",
    b"needs: trust >= 5 and (",
    b" or not told(",
    b"&a ",
    b"*a",
    b"!!python/object:x ",
    b"<<: ",
    b"[",
    b"]",
    b"? ",
    b": ",
    b"|\n",
    b"```\n",
    b"---\n",
    b"\t",
    b"\r",
    b"\xef\xbb\xbf",
    b"\xff",
    b"\x00",
    b"\xe2\x80\xae",
    b"\xcc\x81" * 40,
    b"9" * 40,
    b"-1",
    b"yes",
    b"null",
    b"~",
    b"<b>",
    b"![x](http://y)",
    b"[a]: b",
    b"|a|b|\n|-|-|\n",
    b"  " * 60,
]


def mutated(rng: random.Random, data: bytes) -> bytes:
    """The bytes after one to six edits."""
    for _ in range(rng.randrange(1, 7)):
        at, kind = rng.randrange(len(data) + 1), rng.randrange(6)
        if kind == 0:
            data = data[:at] + rng.choice(TOKENS) + data[at:]
        elif kind == 1:
            data = data[:at] + data[at + rng.randrange(1, 40) :]
        elif kind == 2:
            piece = data[at : at + rng.randrange(1, 300)]
            data = data[:at] + piece * rng.randrange(1, 4) + data[at:]
        elif kind == 3:
            data = data[:at] + rng.randbytes(rng.randrange(1, 6)) + data[at:]
        elif kind == 4:
            lines = data.split(b"\n")
            rng.shuffle(lines)
            data = b"\n".join(lines)
        else:
            data = data[:at] + rng.choice(TOKENS) * rng.randrange(1, 200) + data[at:]
    return data


def test_any_mutation_of_a_story_ends_in_a_story_or_in_its_mistakes(tmp_path: Path) -> None:
    translated = tmp_path / "translated"
    shutil.copytree(HERE / "small", translated)
    shutil.copytree(HERE / "small_de", translated / "locale" / "de")
    sources = [find("the-kettle"), HERE / "small", translated]
    until, count = time.monotonic() + SECONDS, 0
    whole = {source: {p: p.read_bytes() for p in source.rglob("*") if p.is_file()} for source in sources}
    while time.monotonic() < until:
        rng = random.Random(f"fuzz {count}")
        source = sources[count % len(sources)]
        folder = tmp_path / "story"
        shutil.copytree(source, folder)
        path = rng.choice(list(whole[source]))
        (folder / path.relative_to(source)).write_bytes(mutated(rng, whole[source][path]))
        started = time.process_time()
        made = compile_folder(folder)
        assert time.process_time() - started < 2, f"fuzz {count} took too long"
        explain(made.problems, folder)
        if made.document is None:
            assert made.problems, f"fuzz {count}: no story, and no word why"
        else:
            for locale in (None, "de"):
                made_story = story_from(made.document, edition_of(made.document), locale)
                assert all(made_story.tellings.values())
            assert dump(made.document)
        shutil.rmtree(folder)
        count += 1
    assert count > SECONDS, "hardly anything was tried"
