"""ink in inkcpp (C++, bound to Python): the hub of ``inkjs.mjs``, compiled by inkjs and then by inkcpp."""

from __future__ import annotations

import tempfile
from pathlib import Path

from bench.peers.harness import Peer, main
from bench.stories import Storylet


class InkCpp(Peer):
    def compile(self, folder: Path) -> None:
        import inkcpp_py

        inkcpp_py.compile_json(str(folder / "story.ink.json"), str(folder / "story.ink.bin"))

    def load(self, storylets: list[Storylet], folder: Path) -> None:
        import inkcpp_py

        self.priority = {one["id"]: one["priority"] for one in storylets}
        self.story = inkcpp_py.Story.from_file(str(folder / "story.ink.bin"))
        self.runner = self.story.new_runner()
        self.runner.getall()

    def turn(self) -> tuple[str, str]:
        offered = [self.runner.get_choice(number).text() for number in range(self.runner.num_choices())]
        best = max(range(len(offered)), key=lambda number: self.priority[offered[number]])
        self.runner.choose(best)
        return offered[best], self.runner.getall()

    def read(self, outcome: tuple[str, str]) -> tuple[str, str]:
        return outcome[0], outcome[1].strip()

    def save(self) -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "snapshot"
            self.runner.create_snapshot().write_to_file(str(file))
            return file.read_bytes()


if __name__ == "__main__":
    main(InkCpp)
