"""What the terminal player itself says, in the languages it has. What is not translated is said in English."""

from __future__ import annotations

from harken.meeting import Meeting

ENGLISH = {
    "notes": "In this story:",
    "name": "What would you like to be called?",
    "name-note": "leave it empty to keep no name",
    "locale": "In which language shall it be told?",
    "pronoun": "How may they speak of you?",
    "he": "he",
    "she": "she",
    "they": "they",
    "one-note": "a number, or nothing to leave it open",
    "veiled": "Is there something that is never to be told to you?",
    "veiled-note": "numbers, 0 for nothing at all, or an empty line to leave it as it is",
    "unclear": "“{}” is none of these. A number is enough.",
    "steps": "enter steps in",
    "answers": "enter goes on",
    "your-name": "your name",
    "say": "say something, or stay",
    "reads": "space reads on",
    "opens": "enter opens your eyes",
    "menu-too": "escape, a menu",
    "does": "enter does it",
    "type-on": "type on to say it instead",
    "stays": "space stays",
    "more": "m more",
    "help": "? help",
    "esc": "esc menu",
    "window": "The window",
    "wake": "Wake gently",
    "transcript": "Transcript",
    "still": "Still the picture",
    "moving": "Let the picture breathe",
    "close": "Close the window",
    "kept": "What is kept",
    "outside": "Help, outside the story",
    "back": "escape goes back",
    "can": "What can be done",
    "else": "What else can be done",
    "m-more": "m shows more",
    "m-less": "backspace goes back",
    "said": "What was said",
    "nothing-said": "Nothing you say is marked right or wrong. Staying is enough.",
    "keys": "1 to 9|do what stands beside the number\n"
    "space|with nothing typed: breathe with them, and stay\n"
    "m|what else can be done; mm shows more of it\n"
    "any words|are said aloud when you press enter; begin with > to say a number or a command\n"
    "page up, page down|what was said before\n"
    "f1, or help|help, outside the story\n"
    "f2|let what is being told pass unheard\n"
    "f3|wake gently, at once\n"
    "escape|a menu: wake gently, the transcript, what is kept, still the picture, close the window\n"
    "ctrl-d|close the window; the meeting waits where it is",
    "commands": "A number, or the words after it, does what it says. Anything else you type is said aloud; a line that "
    "begins with > always is. An empty line is breathing, and staying.\n"
    "?  everything that can be done, and this list\n"
    "help  help, outside the story\n"
    "/transcript  what was said so far\n"
    "/keep  what is kept\n"
    "/wake  wake gently; that is always possible\n"
    "/quit  close the window (so does Ctrl-D): the meeting waits where it is",
    "no-command": "{} is not one of /transcript, /keep, /wake and /quit. To say it aloud, begin with >.",
    "not-yet": "{} does nothing before you step in. /quit leaves again.",
    "closed": "You close the window. The meeting waits where it is.",
    "interrupted": "Nothing that was told is lost. /quit closes the window; Ctrl-C once more does too.",
    "not-kept": "What you typed was not kept. Say it again when that is mended.",
    "cut": "Your terminal may have cut that line short: more than 4095 bytes of one line get lost on the way.",
    "in-the-box": "What you typed is still in the box.",
    "again": "What you typed was not said. Type it again to say it.",
    "checked": "looked up on {}",
    "woke": "You wake.",
    "ran": "You run, and you wake.",
    "new-scar": "A scar you did not have is glowing, under the bone.",
    "meeting": "Meeting {}",
    "nothing-kept": "Nothing is kept yet.",
    "telling": "told to you",
    "yours": "said by you",
    "promise": "a promise",
    "scar": "a scar",
    "burn": "`harken keep burn` destroys an entry for good; `harken keep forget` destroys them all.",
}
GERMAN = {
    "notes": "In dieser Geschichte:",
    "name": "Wie möchtest du genannt werden?",
    "name-note": "lass es leer, und es wird kein Name bewahrt",
    "locale": "In welcher Sprache soll erzählt werden?",
    "pronoun": "Wie soll von dir gesprochen werden?",
    "he": "er",
    "she": "sie",
    "they": "keins von beiden",
    "one-note": "eine Zahl, oder nichts, um es offen zu lassen",
    "veiled": "Gibt es etwas, das dir nie erzählt werden soll?",
    "veiled-note": "Zahlen, 0 für gar nichts, oder eine leere Zeile, und es bleibt, wie es ist",
    "unclear": "„{}“ ist nichts davon. Eine Zahl genügt.",
    "steps": "Eingabe: eintreten",
    "answers": "Eingabe: weiter",
    "your-name": "dein Name",
    "say": "sag etwas, oder bleib",
    "reads": "Leertaste: weiterlesen",
    "opens": "Eingabe öffnet dir die Augen",
    "menu-too": "Escape: ein Menü",
    "does": "Eingabe tut es",
    "type-on": "tipp weiter, um es stattdessen zu sagen",
    "stays": "Leertaste: bleiben",
    "more": "m mehr",
    "help": "? Hilfe",
    "esc": "Esc Menü",
    "window": "Das Fenster",
    "wake": "Sanft aufwachen",
    "transcript": "Mitschrift",
    "still": "Das Bild anhalten",
    "moving": "Das Bild atmen lassen",
    "close": "Das Fenster schließen",
    "kept": "Was bewahrt ist",
    "outside": "Hilfe, außerhalb der Geschichte",
    "back": "Escape: zurück",
    "can": "Was du tun kannst",
    "else": "Was du noch tun kannst",
    "m-more": "m zeigt mehr",
    "m-less": "Rücktaste: zurück",
    "said": "Was gesagt wurde",
    "nothing-said": "Nichts, was du sagst, ist richtig oder falsch. Bleiben genügt.",
    "keys": "1 bis 9|tut, was neben der Zahl steht\n"
    "Leertaste|ohne Text: mit ihnen atmen, und bleiben\n"
    "m|was du noch tun kannst; mm zeigt mehr davon\n"
    "Worte|werden mit der Eingabetaste gesagt; ein > am Anfang sagt auch eine Zahl oder einen Befehl\n"
    "Bild auf, Bild ab|was vorher gesagt wurde\n"
    "F1, oder help|Hilfe, außerhalb der Geschichte\n"
    "F2|was gerade erzählt wird, ungehört vorbeilassen\n"
    "F3|sanft aufwachen, sofort\n"
    "Escape|ein Menü: aufwachen, Mitschrift, was bewahrt ist, das Bild anhalten, das Fenster schließen\n"
    "Strg-D|das Fenster schließen; die Begegnung wartet, wo sie ist",
    "commands": "Eine Zahl, oder die Worte dahinter, tut, was dort steht. Alles andere wird gesagt; eine Zeile mit "
    "> am Anfang immer. Eine leere Zeile ist atmen, und bleiben.\n"
    "?  alles, was du tun kannst, und diese Liste\n"
    "help  Hilfe, außerhalb der Geschichte\n"
    "/transcript  was bisher gesagt wurde\n"
    "/keep  was bewahrt ist\n"
    "/wake  sanft aufwachen; das geht immer\n"
    "/quit  das Fenster schließen (auch Strg-D): die Begegnung wartet, wo sie ist",
    "no-command": "{} ist keines von /transcript, /keep, /wake und /quit. Mit > davor wird es gesagt.",
    "not-yet": "{} bewirkt nichts, bevor du eintrittst. /quit geht wieder.",
    "closed": "Du schließt das Fenster. Die Begegnung wartet, wo sie ist.",
    "interrupted": "Nichts Erzähltes geht verloren. /quit schließt das Fenster; noch einmal Strg-C auch.",
    "not-kept": "Was du getippt hast, wurde nicht bewahrt. Sag es noch einmal, wenn das behoben ist.",
    "cut": "Dein Terminal hat diese Zeile vielleicht gekürzt: Von einer Zeile kommen höchstens 4095 Bytes an.",
    "in-the-box": "Was du getippt hast, steht noch im Feld.",
    "again": "Was du getippt hast, wurde nicht gesagt. Tipp es noch einmal, um es zu sagen.",
    "checked": "nachgesehen am {}",
    "woke": "Du wachst auf.",
    "ran": "Du läufst, und du wachst auf.",
    "new-scar": "Eine Narbe, die du nicht hattest, glimmt unter dem Knochen.",
    "meeting": "Begegnung {}",
    "nothing-kept": "Noch ist nichts bewahrt.",
    "telling": "dir erzählt",
    "yours": "von dir gesagt",
    "promise": "ein Versprechen",
    "scar": "eine Narbe",
    "burn": "`harken keep burn` zerstört einen Eintrag für immer; `harken keep forget` zerstört alle.",
}
_TABLES = {"en": ENGLISH, "de": GERMAN}


def word(key: str, language: str = "en") -> str:
    """What stands under this key, in this language or in English. Raises KeyError for what is in no table."""
    return _TABLES.get(language.split("-")[0].lower(), ENGLISH).get(key) or ENGLISH[key]


def language_of(meeting: Meeting) -> str:
    """The language a meeting is told in."""
    return meeting.state.locale or meeting.story.language
