"""What can go wrong that is nobody's bug: its text is one or two plain sentences, and is shown as it stands."""


class HarkenError(Exception):
    """The parent of every error that a command may show to a person."""
