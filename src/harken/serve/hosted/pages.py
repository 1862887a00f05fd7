"""The pages at the door of a shared server: plain forms that need no script. All text put into them is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path
from string import Template

from harken.engine import Story
from harken.meeting import opening_words

PAGES = Path(__file__).parent.parent / "pages"
PLAIN = (
    "What you are told here, and what you type, is kept under your passphrase alone: whoever runs this server cannot "
    "read it while you are away. While you are here the server itself has to read it, to answer you."
)


class Pages:
    """The door's pages for one story."""

    def __init__(self, story: Story, newcomers: bool = True) -> None:
        self._story, self._newcomers = story, newcomers
        self._template = Template((PAGES / "door.html").read_text(encoding="utf-8"))

    def sign_in(self, name: str = "", said: str = "", words: bool = False) -> str:
        """Asks who comes. ``said`` is why it is asked again; ``words`` asks for recovery words instead."""
        opening = "".join(f'<p dir="auto">{escape(words)}</p>' for words in opening_words(self._story)[:1])
        notes = ", ".join(self._story.notes)
        secret = (
            _field("words", "Your recovery words", "twelve words, with spaces between them", "off", "text", said)
            if words
            else _field("passphrase", "Your passphrase", "", "current-password", "password", said)
        )
        other = (
            '<a href="/sign-in">I have my passphrase</a>'
            if words
            else '<a href="/sign-in?with=words">I have recovery words instead</a>'
        )
        new = " If you have not been here before, choose both." if self._newcomers and not words else ""
        return self._page(
            f'<div class="opening" lang="{escape(self._story.language, quote=True)}">{opening}</div>',
            f'<p class="notes">This story holds {escape(notes)}.</p>' if notes else "",
            f"<h2>Who is it?</h2><p>You are known here by a name and a passphrase.{new}</p>",
            _said(said),
            '<form method="post" action="/sign-in">',
            _field("name", "Your name here", "", "username", "text", "", name),
            secret,
            "<button>Come in</button></form>",
            f"<p>{other}</p>",
        )

    def newcomer(self, name: str, said: str = "") -> str:
        """Somebody of a name that is not known: they choose a passphrase, or find that they mistyped the name."""
        return self._page(
            f"<h2>Nobody called <bdi>{escape(name)}</bdi> has been here.</h2>"
            '<p>If you have, the name was spelled otherwise: <a href="/sign-in">try again</a>. Nothing of yours is '
            "lost.</p><p>If you have not: choose a passphrase. Four or five words that have nothing to do with each "
            "other are good. Nobody can look it up for you later.</p>",
            _said(said),
            '<form method="post" action="/sign-in">',
            _field("name", "Your name here", "", "username", "text", "", name),
            _field("passphrase", "A passphrase", "at least ten characters", "new-password", "password", said),
            _field("again", "The same once more", "", "new-password", "password", ""),
            "<button>Make my keep</button></form>",
        )

    def recovery(self, words: Sequence[str]) -> str:
        """Shown once, to somebody new: the words that open the keep when the passphrase is forgotten."""
        listed = "".join(f"<li>{escape(word)}</li>" for word in words)
        return self._page(
            "<h2>Your keep is made.</h2><p>Should you forget the passphrase, these words open it too, and nothing "
            "else does. They are shown this once. Write them down on paper.</p>",
            f'<ol class="words" translate="no">{listed}</ol>',
            '<p><a href="/">I have them. Go in.</a></p>',
        )

    def signed_in(self, name: str) -> str:
        """For a reader who is in already: the way on, and the way out."""
        return self._page(
            f'<h2>You are here as <bdi>{escape(name)}</bdi>.</h2><p><a href="/">Go in</a></p>',
            '<form method="post" action="/sign-out"><button>Leave, here</button></form>',
            '<form method="post" action="/sign-out"><input type="hidden" name="everywhere" value="yes">'
            "<button>Leave, in every browser</button></form>",
        )

    def _page(self, *parts: str) -> str:
        return self._template.substitute(
            lang=escape(self._story.language, quote=True),
            title=escape(self._story.title),
            body="\n".join(part for part in parts if part),
            plain=PLAIN,
        )


def _said(said: str) -> str:
    return f'<p class="said" id="said" role="alert">{escape(said)}</p>' if said else ""


def _field(name: str, label: str, hint: str, complete: str, kind: str, said: str, value: str = "") -> str:
    wrong = ' aria-invalid="true" aria-describedby="said"' if said else ""
    small = f"<small>{escape(hint)}</small>" if hint else ""
    return (
        f'<label><span>{escape(label)}</span>{small}<input name="{name}" type="{kind}" autocomplete="{complete}" '
        f'maxlength="400" required spellcheck="false" autocapitalize="none" dir="auto"{wrong} '
        f'value="{escape(value, quote=True)}"></label>'
    )
