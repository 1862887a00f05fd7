"""The workshop behind the pictures: forms are modelled here, and laid down again as brush strokes (``art/*.json``).

Nothing of this is shipped; `python -m drawing` draws every file of ``src/harken/player/art`` that is made here anew.
"""
