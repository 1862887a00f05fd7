"""``python -m harken`` is the command ``harken``."""

from harken.cli import main

main()
