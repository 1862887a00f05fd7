"""Cue rules: which words speak for which move. The most telling cue wins; nothing telling enough is nothing.

The cues follow the definitions that research/listening.md took from Hill's helping skills and MITI. They were
written by hand, and are wrong often enough that their confidence never passes 900 of 1000.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple


class Meant(NamedTuple):
    """What words were taken for. ``confidence`` 0 to 1000, ``disclosure`` 0 to 3."""

    move: str
    confidence: int
    themes: tuple[str, ...] = ()
    disclosure: int = 0
    vow: bool = False


_YOU_FEEL = r"(sad|afraid|scared|frightened|ashamed|alone|lonely|angry|furious|guilty|hurt|lost|tired|heavy|numb|helpless|small|broken|grie\w+|terrif\w+|hopeless|worthless)"
_CUES: tuple[tuple[str, int, str], ...] = (
    ("run", 900, r"^\W*\*?\s*(i )?(run|runs|flee|bolt|leave|i'?m leaving|i'?m out|get me out|i have to go|goodbye|bye)\b(?! (a|the|my|your) (bath|errand))"),
    ("judge", 850, r"\b((it'?s|it is|it was|that'?s|was|all) (all |only )?your (own )?fault(?!.*\?)|shame on you|you should be ashamed|how could you|pathetic|disgusting|you'?re (a |an )?(liar|coward|monster|fool|idiot|crazy|insane|weak)|stop whining|shut up|fuck you|you deserve[d]? (it|that))"),
    ("joke", 800, r"^\W*(ha(ha)+|he(he)+|lol|lmao|rofl|hah|ha)\b|\bi laugh\b|^\W*\*?laugh|😂|🤣|\bjust kidding\b"),
    ("touch", 850, r"\b(lean(s)? (closer|in)|move(s)? closer|take(s)? (their|your|his|her) hand|hold(s)? (their|your|his|her) hand|hug|embrace|put(s)? (a|my) hand)\b"),
    ("name_feeling", 800, rf"\b(you (must have |must )?(feel|felt|are feeling|were feeling|sound|sounded|seem|seemed|look|looked|must be|must have been|were|are) (so |very |really |still |a bit )?{_YOU_FEEL})\b"),
    ("name_feeling", 700, rf"\b(that|it) (must|sounds|sounded|seems|seemed|must have)( have)?( been| be| felt)? (so |very |really |like )?({_YOU_FEEL}|painful|hard|unbearable|lonely|exhausting)\b"),
    ("name_feeling", 620, rf"^\W*(so )?{_YOU_FEEL}\W*$"),
    ("comfort", 850, r"\b(i'?m|i am|am) (so |very |truly |really )?sorry\b|\bmy (poor|dear)\b|\byou('re| are) safe( here)?\b|\bi'?ve got you\b"),
    ("reassure", 800, r"\b(it'?(s| is|ll| will) (going to |gonna )?(be )?(ok|okay|fine|all ?right|alright)|don'?t worry|everything (will|happens)|cheer up|time heals|could be worse|look on the bright|at least (you|it|they)|not that bad|get over it|it was long ago)\b"),
    ("validate", 850, r"\b(makes sense|of course you|anyone would|anybody would|who wouldn'?t|i believe you|you had every|you did what you|that'?s (so |really |completely )?(understandable|fair|natural)|no wonder|you('re| are) not (wrong|mad|crazy)|it wasn'?t your fault|not your fault)\b"),
    ("advise", 850, r"\b(you should|you ought|you (need|have) to|why don'?t you|why not (just )?|have you (tried|considered|thought about)|you could (always |just |try )|try (to|and|not)|if i were you|my advice|what you need)\b"),
    ("ask_open", 850, r"^\W*(and |so |but |then |oh,? )?(what|how|tell me|why|where|who|in what way|say more)\b"),
    ("ask_open", 620, r"\b(tell me (more|about)|what (was|is|did|do|happened|were)|how (did|do|was|were|is)|can you (tell|say)|would you (tell|say)|go on\b.*\?)"),
    ("ask_closed", 800, r"^\W*(and |so |but |then )?(did|do|does|are|were|was|is|have|has|had|can|could|would|will|when|which|how (old|many|long|much))\b.*\?"),
    ("ask_closed", 870, r"^\W*(and |so |but |then )?(how (old|many|long|much|far|often)|when|which)\b.*\?"),
    ("deflect", 800, r"\b(anyway|whatever|let'?s (talk about|change)|change the subject|speaking of|who cares|not interested|boring|nice weather|never mind( that)?)\b"),
    ("encourage", 800, r"^\W*(m+([- ]?h*m+)?|mhm+|hm+|uh ?huh|yes|yeah|yep|ok|okay|i see|go on|right|oh|ah|and\?*|please|please go on|continue|keep going|more|i'?m listening|listening)\W*$"),
    ("encourage", 640, r"\b(go on|keep going|please continue|take your time|i'?m listening|i hear you)\b"),
    ("stay", 850, r"^\W*(\.\.\.+|…+|\*?(silence|stay|stays|i stay|i wait|wait|waits|sit|i sit|listen|i listen|i breathe|breathe|nod|nods|i nod|says? nothing|i say nothing|quiet|stays? with (you|them)|sits? with (you|them))\*?)\W*$"),
    ("stay", 700, r"\b(i'?m (still )?here|i (sit|stay|wait|breathe) (with|beside|by|next|quietly|in silence)|i'?m not going anywhere|say nothing)\b"),
    ("reflect", 780, r"^\W*(so|then|and so|in other words)[, ]+(you|they|she|he|it|nobody|no one|all)\b(?!.*\?)"),
    ("reflect", 720, r"\b(sounds like|it sounds as|what i hear|you'?re saying|you mean|you (have )?(carried|kept|buried|lost|left|loved|hid|waited|lived|held|stayed|tried|told|wanted|needed|learned|thought)\b)(?!.*\?)"),
    ("confide", 820, r"\b(me too|same here|i (also|too)\b|i (lost|buried|left|lied|never told|used to|once|was|had|have|know what that|remember|still|grew|hid|loved|miss|hate|regret|can'?t forget|am afraid|am ashamed|feel|felt)|my (mother|father|mum|mom|dad|brother|sister|son|daughter|wife|husband|friend|grandmother|grandfather|child|own|first)\b|when i was)\b"),
)  # fmt: skip
RULES = tuple((move, weight, re.compile(cue, re.IGNORECASE)) for move, weight, cue in _CUES)

VOW = re.compile(
    r"\bi('?ll| will| shall| want to| would| am going to|'?m going to|'?m gonna) (always )?"
    r"(stay|remain|come back|be here|never leave|not leave|build|wait for you)\b|\bi (won'?t|will not|will never) (leave|go|run)\b"
    r"|\bi (promise|swear|vow)\b",
    re.IGNORECASE,
)
_THEMES: tuple[tuple[str, str], ...] = (
    ("grief", r"\b(died|dead|death|funeral|grave|buried|passed away|lost (my|him|her|them)|mourn\w*|grie\w+|miss (him|her|them))\b"),
    ("leaving", r"\b(left|leave|leaving|walked out|abandon\w*|gone away|moved away|ran away|went away)\b"),
    ("shame", r"\b(asham\w*|shame\w*|embarrass\w*|humiliat\w*|disgrace\w*|blush\w*)\b"),
    ("guilt", r"\b(guilt\w*|my fault|blame (me|myself)|should have|could have saved|forgive me|i let (him|her|them) down)\b"),
    ("mother", r"\b(mother|mum|mom|mama|mam)\b"),
    ("father", r"\b(father|dad|daddy|papa)\b"),
    ("child", r"\b(child\w*|when i was (small|little|young|a (kid|boy|girl))|school|daughter|son|baby)\b"),
    ("love", r"\b(love\w*|kiss\w*|wife|husband|girlfriend|boyfriend|partner|married|heart ?broken)\b"),
    ("fear", r"\b(afraid|scared|fear\w*|terrif\w*|frighten\w*|panic\w*|nightmare\w*)\b"),
    ("lying", r"\b(lie|lied|lies|lying|liar|pretend\w*|secret\w*|never told)\b"),
    ("alone", r"\b(alone|lonely|loneliness|nobody|no one|by myself|silence)\b"),
    ("anger", r"\b(angry|anger|rage|furious|hate\w*|shout\w*|hit)\b"),
    ("survival", r"\b(surviv\w*|the only one|accident|war|hospital|almost died)\b"),
)  # fmt: skip
THEME_RULES = tuple((theme, re.compile(cue, re.IGNORECASE)) for theme, cue in _THEMES)
FEELING = re.compile(
    r"\b(feel|felt|afraid|ashamed|alone|love|hate|hurt|cry|cried|miss|sorry|guilt\w*|lonely|scared)\b", re.IGNORECASE
)
FIRST_PERSON = re.compile(r"\b(i|i'm|i've|my|me|myself)\b", re.IGNORECASE)


def understand(text: str) -> Meant:
    """The move these words were taken for; a confidence of 0 when nothing in them told.

    Looks at no more than the first 2,000 characters, so that its cost is bounded.
    """
    text = " ".join(text[:2000].replace("’", "'").split())
    vow = bool(VOW.search(text))
    themes = tuple(theme for theme, cue in THEME_RULES if cue.search(text))
    move, confidence = _strongest((move, weight) for move, weight, cue in RULES if cue.search(text))
    if vow and confidence < 800:
        move, confidence = "confide", 800
    return Meant(move, confidence, themes, _disclosure(text, themes), vow)


def _strongest(votes: Iterable[tuple[str, int]]) -> tuple[str, int]:
    best: tuple[str, int] = ("unclear", 0)
    for move, weight in votes:
        if weight > best[1]:
            best = (move, weight)
    return best


def _disclosure(text: str, themes: tuple[str, ...]) -> int:
    if not FIRST_PERSON.search(text):
        return 0
    return min(3, bool(themes) + 2 * bool(FEELING.search(text)))
