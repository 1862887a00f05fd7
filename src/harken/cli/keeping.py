"""``harken keep``: what a reader does with what they were told, and with what they said."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from harken.cli.joining import Wrong
from harken.cli.unlocking import EXPORTED, asked_once, asked_twice, open_keep
from harken.terminal.measure import clean

NEW_PASSPHRASE = "HARKEN_NEW_PASSPHRASE"
PASSPHRASE_LEAST = 10
IMPORT_MOST = 512 * 1024 * 1024
SHORT = 60

Command = Callable[..., Any]


def _whose(command: Command) -> Command:
    """The options that say whose keep it is."""
    at = click.option("--keep", "path", type=click.Path(path_type=Path), help="Where the keep is.")
    of = click.option("--as", "reader", help="Which reader, where several share a machine.")
    return at(of(command))


_STORY = click.option("--story", help="Which story, where the keep has several.")
_YES = click.option("--yes", is_flag=True, help="Do not ask whether you are sure.")
_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


@click.group()
def keep() -> None:
    """Your keep: all you were told and said. Everything here happens on this machine."""


@keep.command("list")
@_whose
@_JSON
def list_(path: Path | None, reader: str | None, as_json: bool) -> int:
    """List the stories in your keep."""
    from harken.exporting.shown import shown

    with open_keep(path, reader) as kept:
        found = []
        for one in kept.encounters():
            entries = shown(kept.encounter(one.story, id=one.id).entries())
            meetings = max((entry.meeting for entry in entries), default=0)
            gone = sum(entry.state != "kept" for entry in entries)
            found.append({"story": one.story, "meetings": meetings, "entries": len(entries), "burned": gone})
        notes = list(kept.notes)
        if found and not any(one.kind == "words" for one in kept.locks()):
            notes.append(NO_WORDS)
    if as_json:
        print(json.dumps({"stories": found, "notes": notes}))
        return 0
    for story in found:
        burned = f", {story['burned']} of them burned" if story["burned"] else ""
        print(f"{story['story']}: {_many(story['meetings'], 'meeting')}, {_many(story['entries'], 'entry')}{burned}")
    if not found:
        print("Nothing is kept here yet.")
    for note in notes:
        print(note)
    return 0


@keep.command()
@click.argument("number", type=int, required=False)
@_whose
@_STORY
@_JSON
def show(number: int | None, path: Path | None, reader: str | None, story: str | None, as_json: bool) -> int:
    """Show the entries of your keep, or all of entry NUMBER."""
    from harken.exporting.shown import shown

    with open_keep(path, reader) as kept:
        entries = shown(_encounter(kept, story).entries())
    if number is not None:
        entries = [entry for entry in entries if entry.entry == number]
        if not entries:
            raise Wrong(f"There is no entry {number}; `harken keep show` lists them.")
    if as_json:
        print(json.dumps({"entries": [entry.as_json() for entry in entries]}))
    elif number is not None:
        print(clean(_whole(entries[0])))
    else:
        print(clean("\n".join(map(_line, entries))) or "Nothing is kept here yet.")
    return 0


@keep.command()
@click.argument("numbers", type=int, nargs=-1, required=True)
@_whose
@_STORY
@_YES
def burn(numbers: tuple[int, ...], path: Path | None, reader: str | None, story: str | None, yes: bool) -> int:
    """Burn entries by their NUMBERS (from `harken keep show`), so that nothing brings them back."""
    from harken.exporting.shown import BURNABLE, shown

    with open_keep(path, reader) as kept:
        encounter = _encounter(kept, story)
        entries = {entry.entry: entry for entry in shown(encounter.entries())}
        for number in numbers:
            if number not in entries:
                raise Wrong(f"There is no entry {number}; `harken keep show` lists them. Nothing was burned.")
            if entries[number].kind not in BURNABLE:
                raise Wrong(
                    f"Entry {number} was told to you, and also says that it was told. Your own words and jars can be "
                    "burned one by one; `harken keep forget` takes a whole reading. Nothing was burned."
                )
        _sure(yes, f"Burn {_many(len(set(numbers)), 'entry')}? Nothing can bring it back.")
        state = encounter.burn(sorted(set(numbers)))
    said = "Burned, and gone from every file of the keep." if state == "scrubbed" else _HALF
    print(said)
    return 0


_HALF = (
    "Burned: nobody can read it any more. What is left of its sealed bytes could not be cleared just now (another "
    "program has the keep open, or the disk is full); the next opening clears them."
)


@keep.command()
@_whose
@_STORY
@_YES
def forget(path: Path | None, reader: str | None, story: str | None, yes: bool) -> int:
    """Forget everything, or all readings of one --story. Nothing is left."""
    from harken.serve.door import FILE

    with open_keep(path, reader) as kept:
        if story is not None:
            story = _story(kept, story)
        what = f"everything of {story}" if story else f"everything in the keep at {kept.folder}"
        _sure(yes, f"Forget {what}? All you were told and said there will be gone for ever.")
        if story is None:
            (kept.folder / FILE).unlink(missing_ok=True)
        state = kept.forget(story)
    print("It is forgotten." + (" Nothing of it is left." if state == "scrubbed" else f" {_HALF}"))
    return 0


@keep.command()
@click.argument("file", type=click.Path(path_type=Path))
@_whose
@_STORY
@_YES
@click.option("--plain", "as_plain", is_flag=True, help="Plain Markdown, which anybody can read; - prints it.")
def export(file: Path, path: Path | None, reader: str | None, story: str | None, yes: bool, as_plain: bool) -> int:
    """Write your keep into FILE: sealed under a passphrase (age), or as Markdown. Jars are in neither."""
    from harken.exporting import carried, plain, sealed

    with open_keep(path, reader) as kept:
        if as_plain:
            data = "\n".join(
                plain.markdown(_title(kept.encounter(one)), kept.encounter(one).events())
                for one in _stories(kept, story)
            ).encode("utf-8", "replace")
        else:
            wanted = _stories(kept, story)
            readings = [reading for reading in carried.readings_of(kept) if reading.story in wanted]
            data = sealed.seal(
                carried.pack(readings), asked_twice("A passphrase for the file", EXPORTED, PASSPHRASE_LEAST)
            )
    if as_plain and str(file) == "-":
        sys.stdout.write(clean(data.decode()))
        return 0
    if file.exists():
        _sure(yes, f"{file} is there already. Write over it?")
    _write(file, data)
    print(f"Written to {file}." + (" Anybody who has the file can read it." if as_plain else ""))
    return 0


@keep.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@_whose
def import_(file: Path, path: Path | None, reader: str | None) -> int:
    """Take the readings in FILE (made by `harken keep export`) into your keep, beside what is there."""
    from harken.exporting import carried, sealed

    try:
        with file.open("rb") as opened:
            data = opened.read(IMPORT_MOST + 1)
    except OSError as error:
        raise Wrong(f"{file} cannot be read: {error.strerror}.") from None
    if len(data) > IMPORT_MOST:
        raise Wrong(f"{file} is larger than any export of Harken's. Nothing was taken in.")
    if not sealed.is_sealed(data):
        raise Wrong(f"{file} is not a file that `harken keep export` sealed. Nothing was taken in.")
    readings = carried.unpack(sealed.unseal(data, asked_once("The passphrase of the file", EXPORTED)))
    with open_keep(path, reader, create=True) as kept:
        there = [(reading.story, reading.log) for reading in carried.readings_of(kept)]
        new = [reading for reading in readings if (reading.story, reading.log) not in there]
        for reading in new:
            carried.take_in(reading, kept.encounter(reading.story, anew=True))
    old = len(readings) - len(new)
    print(f"{_many(len(new), 'reading')} taken in." + (f" {_many(old, 'reading')} were here already." if old else ""))
    return 0


@keep.command()
@_whose
def verify(path: Path | None, reader: str | None) -> int:
    """Say in words what of your keep is whole."""
    with open_keep(path, reader) as kept:
        report = kept.verify()
    print(report.words())
    return 0 if report.whole else 1


@keep.command()
@_whose
@click.option("--passphrase", is_flag=True, help="Add a passphrase, or change it.")
@click.option("--words", is_flag=True, help="Make new recovery words; earlier ones no longer open.")
@click.option("--keychain", is_flag=True, help="Let this computer's keychain open it.")
@click.option("--key-file", is_flag=True, help="Let a key file beside it open it.")
@click.option("--remove", type=click.Choice(["passphrase", "words", "keychain", "key-file"]), help="Take a lock away.")
def lock(
    path: Path | None,
    reader: str | None,
    passphrase: bool,
    words: bool,
    keychain: bool,
    key_file: bool,
    remove: str | None,
) -> int:
    """Say what opens your keep, and add or take away a lock."""
    with open_keep(path, reader) as kept:
        if passphrase:
            kept.add_lock("passphrase", asked_twice("A new passphrase", NEW_PASSPHRASE, PASSPHRASE_LEAST))
        for kind, wanted in (("keychain", keychain), ("key-file", key_file)):
            if wanted:
                kept.add_lock(kind)
        if words:
            print("Write these words down. They open the keep, and are shown this once:")
            print(" ".join(kept.recovery_words()))
        if remove:
            kept.remove_lock(remove)
        kinds = [one.kind for one in kept.locks()]
    print("Your keep opens by " + " or by ".join(_LOCKS.get(kind, kind) for kind in kinds) + ".")
    if "key-file" in kinds:
        print("Anyone who can read your files can read it: the key file lies beside it.")
    if "words" not in kinds:
        print(NO_WORDS)
    return 0


NO_WORDS = "It has no recovery words yet: twelve that open it when all else is lost (harken keep lock --words)."
_LOCKS = {
    "passphrase": "your passphrase",
    "words": "your recovery words",
    "keychain": "this computer's keychain",
    "key-file": "its key file",
}


@keep.command()
@_whose
@_STORY
@click.option("--meeting", type=click.IntRange(1), help="Only this meeting.")
def transcript(path: Path | None, reader: str | None, story: str | None, meeting: int | None) -> int:
    """Print what was said and done, meeting by meeting."""
    from harken.exporting import plain

    with open_keep(path, reader) as kept:
        text = plain.transcript(_encounter(kept, story).events(), meeting)
    if not text.strip():
        raise Wrong("There is no such meeting in this keep." if meeting else "Nothing is kept here yet.")
    sys.stdout.write(clean(text))
    return 0


def _stories(kept: Any, wanted: str | None) -> list[str]:
    """The ids of the stories asked for. Raises Wrong where there is none."""
    there = list(dict.fromkeys(one.story for one in kept.encounters()))
    if wanted is not None:
        return [_story(kept, wanted)]
    if not there:
        raise Wrong("Nothing is kept here yet.")
    return there


def _story(kept: Any, wanted: str | None) -> str:
    there = list(dict.fromkeys(one.story for one in kept.encounters()))
    if wanted is None and len(there) == 1:
        return str(there[0])
    if wanted in there:
        return str(wanted)
    if not there:
        raise Wrong("Nothing is kept here yet.")
    raise Wrong(f"Say which story with --story: the keep has {', '.join(there)}.")


def _encounter(kept: Any, story: str | None) -> Any:
    return kept.encounter(_story(kept, story))


def _title(encounter: Any) -> str:
    """The story's title where the keep has its edition still, else its id."""
    from harken.exporting.carried import reading_of

    compiled = reading_of(encounter.story, encounter).compiled
    return str(json.loads(compiled)["title"]) if compiled else str(encounter.story)


def _line(entry: Any) -> str:
    text = entry.title or " ".join(entry.text)
    text = " ".join(text.split())
    short = text if len(text) <= SHORT else text[: SHORT - 1] + "…"
    said = short if entry.state == "kept" else f"{short} ({entry.state})".strip()
    return f"{entry.entry:>5}  {entry.meeting}.{entry.breath:<4} {entry.kind:<8} {said}".rstrip()


def _whole(entry: Any) -> str:
    if entry.state != "kept":
        return f"Entry {entry.entry} is {entry.state}. Nobody can read it any more."
    return "\n\n".join([*([entry.title] if entry.title else []), *entry.text])


def _many(count: int, what: str) -> str:
    plural = what[:-1] + "ies" if what.endswith("y") else what + "s"
    return f"{count} {what if count == 1 else plural}"


def _sure(yes: bool, question: str) -> None:
    """Raises Wrong unless the reader is."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise Wrong(f"{question} Say so with --yes. Nothing was done.")
    if not click.confirm(question):
        raise Wrong("Nothing was done.")


def _write(file: Path, data: bytes) -> None:
    """Whole or not at all, readable by its owner alone. Raises Wrong."""
    new = file.with_name(file.name + ".new")
    try:
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        new.replace(file)
    except OSError as error:
        new.unlink(missing_ok=True)
        raise Wrong(f"{file} cannot be written: {error.strerror}. Nothing is lost.") from None
