"""The peers of ``bench.keeping``, run by the interpreter of ``bench/.keeping``: the same turns, the same rows, durable
one by one, through aiosqlite and through SQLAlchemy's asyncio. Prints one JSON object.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import aiosqlite
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import create_async_engine

from harken.engine.events import Said
from harken.keep.chain import keep_seal, start
from harken.keep.keys import Keys, seal_ring
from harken.keep.record import pack
from harken.keep.schema import TABLES, Row, Standing
from harken.keep.turns import Sealed, seal_turn

BREATH = pack(Said("did anybody come for you, when the orchard was burning behind the wall? " * 4))
SETTINGS = ("journal_mode = wal", "synchronous = full", "secure_delete = on", "temp_store = memory")
Ask = Callable[[str, tuple[Any, ...]], Awaitable[Any]]


def made(file: Path, many: int) -> list[tuple[Keys, Standing]]:
    """A database with as many keeps, each with one encounter."""
    db = sqlite3.connect(file)
    for table in TABLES:
        db.execute(table)
    keeps = []
    for n in range(1, many + 1):
        keep, dek = n.to_bytes(16), bytes(32)
        keys = Keys(keep, dek, {1: seal_ring(dek, keep, 1, bytes(32))})
        row = Row(n, keep, "library", 0, start(keys.chain, keep, keep, "library"))
        seal = keep_seal(keys.chain, keep, 0, [(row.id, 0, row.chain)])
        db.execute("INSERT INTO keep (id, made, turns, seal) VALUES (?, 0, 0, ?)", (keep, seal))
        db.execute("INSERT INTO encounter VALUES (?, ?, ?, ?, ?, ?)", (n, keep, keep, "library", 0, row.chain))
        keeps.append((keys, Standing(0, seal, (row,))))
    db.commit()
    db.close()
    return keeps


async def written(ask: Ask, turn: Sealed) -> None:
    """What ``turns.write_turn`` writes."""
    n, first, last = turn.row.n, turn.row.head, turn.after.head
    assert not await ask("SELECT 1 FROM turn WHERE enc = ? AND turn = ?", (n, turn.tag))
    values = (turn.turns, turn.seal, turn.keep, turn.before.turns, turn.before.seal)
    assert await ask("UPDATE keep SET turns = ?, seal = ? WHERE id = ? AND turns = ? AND seal = ? RETURNING 1", values)
    await ask("SELECT n, id, story, head, chain FROM encounter WHERE keep = ? ORDER BY n", (turn.keep,))
    await ask("UPDATE encounter SET head = ?, chain = ? WHERE n = ?", (last, turn.after.chain, n))
    for seq, entry in enumerate(turn.entries, first):
        asked = "INSERT INTO event (enc, seq, kind, ct, hash) VALUES (?, ?, 1, ?, ?) RETURNING id"
        ((id,),) = await ask(asked, (n, seq, entry.ct, entry.hash))
        await ask("INSERT INTO ekey (entry, ring, wk) VALUES (?, ?, ?)", (id, turn.ring, entry.wk))
    asked = "INSERT INTO turn (enc, turn, first, last, burned) VALUES (?, ?, ?, ?, '')"
    await ask(asked, (n, turn.tag, first, last))


async def measured(keeps: list[tuple[Keys, Standing]], keep: Any, seconds: float) -> dict[str, Any]:
    took: list[float] = []
    until = time.perf_counter() + seconds

    async def read(keys: Keys, standing: Standing) -> None:
        while (before := time.perf_counter()) < until:
            row = standing.rows[0]
            sealed = seal_turn(keys, standing, row, f"turn {row.head}", [BREATH], [], 0)
            await keep(sealed)
            standing = sealed.standing(row.n)
            took.append(time.perf_counter() - before)

    before = time.perf_counter()
    await asyncio.gather(*(read(*one) for one in keeps))
    passed = time.perf_counter() - before
    took.sort()
    return {
        "breaths a second": round(len(took) / passed),
        "p50 ms": round(1000 * took[len(took) // 2], 1),
        "p99 ms": round(1000 * took[len(took) * 99 // 100], 1),
    }


async def by_aiosqlite(file: Path, many: int, seconds: float) -> dict[str, Any]:
    keeps, one_at_a_time = made(file, many), asyncio.Lock()
    async with aiosqlite.connect(file, isolation_level=None) as db:
        for setting in SETTINGS:
            await db.execute(f"PRAGMA {setting}")

        async def ask(sql: str, values: tuple[Any, ...]) -> Any:
            return await db.execute_fetchall(sql, values)

        async def keep(turn: Sealed) -> None:
            async with one_at_a_time:
                await db.execute("BEGIN IMMEDIATE")
                await written(ask, turn)
                await db.execute("COMMIT")

        return await measured(keeps, keep, seconds)


async def by_sqlalchemy(file: Path, many: int, seconds: float) -> dict[str, Any]:
    keeps, one_at_a_time = made(file, many), asyncio.Lock()
    engine = create_async_engine(f"sqlite+aiosqlite:///{file}")

    @event.listens_for(engine.sync_engine, "connect")
    def settle(connection: Any, _: Any) -> None:
        for setting in SETTINGS:
            connection.execute(f"PRAGMA {setting}")

    async def keep(turn: Sealed) -> None:
        async with one_at_a_time, engine.begin() as connection:

            async def ask(sql: str, values: tuple[Any, ...]) -> Any:
                parts = sql.split("?")
                named = "".join(f"{part}:v{n}" for n, part in enumerate(parts[:-1])) + parts[-1]
                answer = await connection.execute(text(named), {f"v{n}": value for n, value in enumerate(values)})
                return answer.fetchall() if answer.returns_rows else []

            await written(ask, turn)

    answer = await measured(keeps, keep, seconds)
    await engine.dispose()
    return answer


def main() -> None:
    folder, many, seconds = Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
    print(
        json.dumps(
            {
                "aiosqlite": asyncio.run(by_aiosqlite(folder / "aiosqlite.db", many, seconds)),
                "SQLAlchemy": asyncio.run(by_sqlalchemy(folder / "sqlalchemy.db", many, seconds)),
            }
        )
    )


if __name__ == "__main__":
    main()
