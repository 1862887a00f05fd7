"""bardic, as a ladder: one long ``@if`` in the order of priority that jumps to the first that holds.

Such a jump counts as no visit, so what was told is kept in a dictionary (which its save keeps, as it does not a set).
"""

from __future__ import annotations

from bench.peers.bardic import GAINS, HEAD, Bardic, passage
from bench.peers.harness import id_in, main
from bench.stories import Storylet


class BardicLadder(Bardic):
    def source(self, storylets: list[Storylet]) -> str:
        order = sorted(storylets, key=lambda one: -one["priority"])
        rungs = (
            f'@{"el" if number else ""}if {_needs(one)} and "{one["id"]}" not in told:\n-> {one["id"]}\n'
            for number, one in enumerate(order)
        )
        head = HEAD.replace("-> Hub", "~ told = {}\n-> Listen") + ":: Listen\nListen.\n+ [stay] -> Hub\n\n"
        stays = "".join(passage(one, f'~ told["{one["id"]}"] = 1\n') for one in storylets)
        return head + GAINS + "".join(rungs) + "@endif\n\n" + stays

    def turn(self) -> str:
        return self.engine.choose(0).content

    def read(self, outcome: str) -> tuple[str, str]:
        return id_in(outcome), outcome.strip()


def _needs(one: Storylet) -> str:
    return " and ".join([f"trust >= {one['trust']}", *(f'"{need}" in told' for need in one["told"])])


if __name__ == "__main__":
    main(BardicLadder)
