"""``harken serve``: many readers, each with a keep under their own passphrase."""

from __future__ import annotations

import os
from pathlib import Path

import click

from harken.cli.joining import Wrong, sound
from harken.cli.playing import DREAM


def _address(context: click.Context, option: click.Parameter, value: str) -> tuple[str, int]:
    """HOST:PORT, or a port alone."""
    host, _, port = value.rpartition(":")
    if not (port.isascii() and port.isdigit() and int(port) <= 65535):
        raise Wrong(f"`{value}` is not an address to listen at; write HOST:PORT, for instance 127.0.0.1:7411.")
    return host.strip("[]") or "127.0.0.1", int(port)


@click.command()
@click.argument("story", default=DREAM)
@click.option("--keep-dir", type=click.Path(path_type=Path), help="The folder of the keeps (SQLite, one process).")
@click.option("--database", metavar="URL", help="postgresql://...: the keeps are there; several processes may serve.")
@click.option("--rings", type=click.Path(path_type=Path), help="The file of ring keys: in no backup of the database.")
@click.option(
    "--listen", default="127.0.0.1:7411", show_default=True, callback=_address, help="Where to listen: HOST:PORT."
)
@click.option("--origin", "origins", multiple=True, help="The address readers type, if not this machine's (https).")
@click.option("--proxy", "proxies", multiple=True, help="A balancer's address, whose X-Forwarded-For is believed.")
@click.option("--no-newcomers", is_flag=True, help="Only readers who have a keep here already.")
@click.option("--drain", default=0.0, type=click.FloatRange(0, 3600), help="Seconds to go on after the wish to end.")
def serve(
    story: str,
    keep_dir: Path | None,
    database: str | None,
    rings: Path | None,
    listen: tuple[str, int],
    origins: tuple[str, ...],
    proxies: tuple[str, ...],
    no_newcomers: bool,
    drain: float,
) -> int:
    """Serve STORY (the dream, if none is named) to many readers, each with a locked keep of their own.

    HARKEN_METRICS_KEY lets a scraper elsewhere read /metrics with it as a bearer's token.
    """
    from harken.keep.places import data_folder
    from harken.serve.hosted.run import Served, serve_many

    if keep_dir is not None and database is not None:
        raise Wrong("Give either --keep-dir or --database: the keeps are in one place.")
    loaded = sound(story)
    folder = None if database else keep_dir or data_folder() / "served"
    served = Served(
        folder=folder,
        database=database,
        rings=rings,
        host=listen[0],
        port=listen[1],
        origins=origins,
        proxies=proxies,
        newcomers=not no_newcomers,
        drain=drain,
        metrics_key=os.environ.get("HARKEN_METRICS_KEY"),
    )
    return serve_many(loaded.story, loaded.compiled, served)
