"""Every lock opens the same keep; changing or losing one never loses it; nothing opens without one."""

from __future__ import annotations

import json
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import keyring
import keyring.backend
import pytest
from mnemonic import Mnemonic

from harken.engine.events import Said
from harken.keep import Keep, KeepError, LastLock, Locked, LockInfo, NoKeychain, WrongKey, keychain, locks
from harken.keep.needles import found

Thief = Callable[[Path], sqlite3.Connection]
BytesOf = Callable[[Path], dict[str, bytes]]
SAID = [Said("one that nobody else may read")]
PASSPHRASE = "Überall ist Regen"

pytestmark = pytest.mark.usefixtures("cheap")


class Chain(keyring.backend.KeyringBackend):
    """A keychain in memory."""

    priority = 1.0  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def chain() -> Iterator[Chain]:
    before, chain = keyring.get_keyring(), Chain()
    keyring.set_keyring(chain)
    yield chain
    keyring.set_keyring(before)


def filled_by(folder: Path, **how: str) -> Keep:
    keep = Keep.open(folder, **how)  # type: ignore[arg-type]
    keep.encounter("library").append("a", 0, SAID)
    return keep


def read(keep: Keep) -> object:
    with keep:
        return list(keep.encounter("library").events())


def test_a_keychain_that_answers_is_the_lock_nobody_is_asked_for(folder: Path, chain: Chain) -> None:
    filled_by(folder).close()
    assert len([name for service, name in chain.kept if name.startswith("lock")]) == 1
    assert not any((folder / "keep.key").read_bytes()[48:80])
    with Keep.open(folder) as keep:
        assert [kind for kind, _ in keep.locks()] == ["keychain"]
        assert keep.notes == []
        assert read(keep) == SAID


def test_with_the_keychain_gone_the_keep_is_locked_and_words_open_it(folder: Path, chain: Chain) -> None:
    with filled_by(folder) as keep:
        words = keep.recovery_words()
    chain.kept.clear()
    with pytest.raises(Locked, match="keychain, which does not answer here") as caught:
        Keep.open(folder)
    assert [kind for kind, _ in caught.value.locks] == ["keychain", "words"]
    with Keep.open(folder, words=words) as keep:
        keep.add_lock("passphrase", PASSPHRASE)
        keep.remove_lock("keychain")
    assert read(Keep.open(folder, passphrase=PASSPHRASE)) == SAID


def test_without_a_keychain_a_key_file_is_made_and_said_plainly(folder: Path) -> None:
    with filled_by(folder) as keep:
        assert keep.locks() == [LockInfo("key-file", int(time.time() // 86_400))]
        assert any("anyone who can read your files can read it" in note for note in keep.notes)
        with pytest.raises(NoKeychain, match="No keychain answers"):
            keep.add_lock("keychain")
    with pytest.raises(NoKeychain):
        Keep.open(folder.with_name("other"), lock="keychain")
    assert not folder.with_name("other").exists()


def test_a_keychain_that_never_answers_is_none(folder: Path, chain: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    released = threading.Event()
    monkeypatch.setattr(keychain, "PATIENCE", 0.05)
    monkeypatch.setattr(chain, "set_password", lambda *_: released.wait(30))
    with filled_by(folder) as keep:
        assert [kind for kind, _ in keep.locks()] == ["key-file"]
    released.set()


def test_a_keychain_that_forgets_at_once_is_none(folder: Path, chain: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chain, "get_password", lambda *_: None)
    with filled_by(folder) as keep:
        assert [kind for kind, _ in keep.locks()] == ["key-file"]


def test_a_passphrase_alone_opens(folder: Path, bytes_of: BytesOf) -> None:
    filled_by(folder, passphrase=PASSPHRASE).close()
    before = bytes_of(folder)
    with pytest.raises(Locked, match="It opens by a passphrase") as caught:
        Keep.open(folder)
    assert [kind for kind, _ in caught.value.locks] == ["passphrase"]
    for wrong in ("", "überall ist Regen", PASSPHRASE + " "):
        with pytest.raises(WrongKey, match="does not open"):
            Keep.open(folder, passphrase=wrong)
    assert bytes_of(folder) == before
    assert read(Keep.open(folder, passphrase="U\u0308berall ist Regen")) == SAID
    assert found(folder, [PASSPHRASE, "Regen"]) == []


def test_a_wrong_passphrase_loses_no_open_keep(folder: Path) -> None:
    with filled_by(folder, passphrase=PASSPHRASE) as keep:
        with pytest.raises(WrongKey):
            Keep.open(folder, passphrase="no")
        keep.encounter("library").append("b", 1, SAID)
        assert len(keep.encounter("library").events()) == 2


def test_a_new_passphrase_takes_the_place_of_the_old_one(folder: Path, thief: Thief) -> None:
    with filled_by(folder, passphrase="the old one") as keep:
        ((old,),) = thief(folder).execute("SELECT wrapped_dek FROM lock").fetchall()
        keep.add_lock("passphrase", PASSPHRASE)
        assert [kind for kind, _ in keep.locks()] == ["passphrase"]
        assert found(folder, [old[13:37], old[37:]]) == []
    with pytest.raises(WrongKey):
        Keep.open(folder, passphrase="the old one")
    assert read(Keep.open(folder, passphrase=PASSPHRASE)) == SAID


def test_the_key_file_is_written_over_when_its_lock_goes(folder: Path) -> None:
    with filled_by(folder) as keep:
        secret = (folder / "keep.key").read_bytes()[48:80]
        with pytest.raises(LastLock, match="only lock"):
            keep.remove_lock("key-file")
        keep.add_lock("passphrase", PASSPHRASE)
        keep.remove_lock("key-file")
        assert keep.notes == []
    assert found(folder, [secret]) == []
    with pytest.raises(Locked):
        Keep.open(folder)
    with Keep.open(folder, passphrase=PASSPHRASE) as keep:
        with pytest.raises(LastLock):
            keep.remove_lock("passphrase")
        keep.add_lock("key-file")
        keep.remove_lock("passphrase")
        with pytest.raises(KeepError, match="no lock of the kind"):
            keep.remove_lock("keychain")
    assert read(Keep.open(folder)) == SAID


def test_a_lock_that_works_is_not_put_on_twice(folder: Path, chain: Chain) -> None:
    """Its secret lies in one place only: a cut between writing that and the row would lose the lock."""
    with filled_by(folder) as keep:
        before = dict(chain.kept)
        keep.add_lock("keychain")
        keep.add_lock("key-file")
        secret = (folder / "keep.key").read_bytes()[48:80]
        keep.add_lock("key-file")
        assert (folder / "keep.key").read_bytes()[48:80] == secret
        assert {name: kept for name, kept in chain.kept.items() if name in before} == before
        chain.kept.clear()
        keep.add_lock("keychain")
        keep.remove_lock("key-file")
    assert read(Keep.open(folder)) == SAID


def test_twelve_words_open_it_with_everything_else_gone(folder: Path) -> None:
    with filled_by(folder, passphrase="forgotten") as keep:
        older = keep.recovery_words()
        words = keep.recovery_words()
        assert [kind for kind, _ in keep.locks()] == ["passphrase", "words"]
        keep.remove_lock("passphrase")
    assert len(words) == 12
    assert set(words) <= set(Mnemonic("english").wordlist)
    assert read(Keep.open(folder, words=words)) == SAID
    short = " ,".join(word[:4].upper() for word in words)
    assert read(Keep.open(folder, words=short)) == SAID
    with pytest.raises(WrongKey, match="do not open"):
        Keep.open(folder, words=older)
    for wrong, said in (
        (words[:11], "Twelve recovery words"),
        ([*words[:11], "qqqq"], "Recovery word 12 is not one"),
        ([*words[:11], next(w for w in Mnemonic("english").wordlist if _breaks(words[:11], w))], "order"),
    ):
        with pytest.raises(WrongKey, match=said):
            Keep.open(folder, words=wrong)
    assert found(folder, [" ".join(words)]) == []


def _breaks(eleven: list[str], last: str) -> bool:
    return not Mnemonic("english").check(" ".join([*eleven, last]))


@pytest.mark.parametrize(
    "worse", [{"m": 8}, {"m": 2**40}, {"m": 2**21}, {"t": 0}, {"t": 11}, {"p": 0}, {"p": 99}, {"t": "x"}, {"salt": ""}]
)
def test_a_cost_out_of_bounds_is_refused_before_it_is_paid(
    folder: Path, thief: Thief, worse: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    filled_by(folder, passphrase=PASSPHRASE).close()
    hands = thief(folder)
    ((params,),) = hands.execute("SELECT params FROM lock").fetchall()
    hands.execute("UPDATE lock SET params = ?", (json.dumps(json.loads(params) | worse),))
    if worse != {"salt": ""}:
        monkeypatch.setattr(locks, "Argon2id", lambda **_: pytest.fail("it was derived"))
    with pytest.raises(WrongKey):
        Keep.open(folder, passphrase=PASSPHRASE)


@pytest.mark.parametrize("params", ["", "no json", "[1]", '{"since": "x"}', '{"since": null}'])
def test_a_lock_whose_row_was_changed_opens_nothing_and_is_listed(folder: Path, thief: Thief, params: str) -> None:
    with filled_by(folder, passphrase=PASSPHRASE) as keep:
        words = keep.recovery_words()
        thief(folder).execute("UPDATE lock SET params = ? WHERE kind = 'passphrase'", (params,))
        assert [kind for kind, _ in keep.locks()] == ["passphrase", "words"]
    with pytest.raises(WrongKey):
        Keep.open(folder, passphrase=PASSPHRASE)
    with pytest.raises(Locked):
        Keep.open(folder)
    assert read(Keep.open(folder, words=words)) == SAID


def test_a_weaker_cost_is_raised_at_the_next_opening(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled_by(folder, passphrase=PASSPHRASE).close()
    monkeypatch.setattr(locks, "COST", {"m": locks.LEAST, "t": 2, "p": 1})
    for _ in range(2):
        with Keep.open(folder, passphrase=PASSPHRASE) as keep, keep.database.read() as db:
            assert json.loads(db.execute("SELECT params FROM lock").fetchone()[0])["t"] == 2


def test_a_ticket_opens_it_again(folder: Path) -> None:
    with filled_by(folder, passphrase=PASSPHRASE) as keep:
        ticket = keep.ticket()
    assert read(Keep.open(folder, ticket=ticket)) == SAID
    with pytest.raises(WrongKey):
        Keep.open(folder, ticket=os.urandom(32))


def test_no_lock_of_a_kind_that_is_not_there(keep: Keep, folder: Path) -> None:
    with pytest.raises(Locked, match="opens by its key file"):
        Keep.open(folder, passphrase="anything")
    for kind, secret in (("passphrase", " "), ("passphrase", None), ("hope", "x")):
        with pytest.raises(ValueError, match=r"passphrase|kind"):
            keep.add_lock(kind, secret)
