"""Voices: what turns what is said between tellings into the words shown.

A telling is always the author's words, whole; no voice is ever handed one. By an import contract a voice cannot
reach the story, the state or the rules, not even through others: it is given nothing but lines already earned.
"""

from harken.voice.author import AuthorsVoice

__all__ = ["AuthorsVoice"]
