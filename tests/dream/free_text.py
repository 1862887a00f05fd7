"""One first meeting of the dream by free text alone: what an attentive person typed, and how each line was meant.

Written by hand, line by line against what had just been told; no gesture was used. ``gallery.py`` writes it out, and
``test_free_text.py`` plays it through the real ear and the real engine.
"""

from __future__ import annotations

NAME, SEED = "Mara", 7

LINES = (
    ("hello? is somebody there", "ask_closed"),
    ("i'm not in a hurry. sit, if you like", "stay"),
    ("what was it like, living where the rain tastes of salt?", "ask_open"),
    ("so an afternoon comes up through the grating and you just wade home through it", "reflect"),
    ("he sat down in it. he must have missed her so much, whoever she was", "name_feeling"),
    ("*stays where I am and says nothing*", "stay"),
    ("and when you went to say it, it wasn't there any more", "reflect"),
    ("they're yours. you don't have to show me any of them", "validate"),
    ("what did the rooks say back, when you did the voice?", "ask_open"),
    ("you paid with a piece of your ear, and nobody can even see it now", "reflect"),
    ("so there was a smaller hand in yours, out on the step", "reflect"),
    ("forty-one jars, and nobody at that table ever heard one", "reflect"),
    ("*puts a hand out, palm up, near the jar, and waits*", "touch"),
    ("we can talk about carpet beaters for as long as you like. i'm not going anywhere", "stay"),
    ("when my father left i stopped talking for a whole winter. i never told anyone that", "confide"),
    ("you missed the wind. even after everything, part of you was still listening for it", "reflect"),
    ("so they looked down and saw only the shape, and you've believed it ever since", "reflect"),
    ("somebody was carrying the lamp down to you, and you hadn't the time to breathe on it", "reflect"),
    (
        "there was a bag, yes. he told me to mind my sister. i was eight, and i remember the key going under the mat",
        "confide",
    ),
    ("i've never said that to anyone. it's strange, it feels lighter here", "confide"),
    ("so a blot got a leg and a tail, and you answered to it for a year and a half", "reflect"),
    ("she took both your hands for the length of a tune, and then she asked", "reflect"),
    ("a whole letter about hinges and chilblains, and only the name wouldn't come", "reflect"),
    ("*listens for it in the bone of the wrist*", "stay"),
    ("and neither of you went back", "reflect"),
    ("i'd rather have it than not. thank you for showing me", "validate"),
    ("you don't need a next thing to say. i'm here", "stay"),
    ("*keeps very still, so as not to wake either of us*", "stay"),
)
