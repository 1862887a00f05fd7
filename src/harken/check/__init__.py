"""Is this story sound? What is proved, what was shown, what cannot happen, and how far was looked.

``promises/`` has the promises, one a file; ``bounds`` what no reader can do; ``model`` and ``exact`` every reading of
a small story; ``wandering`` readers in the engine; ``replay`` a reading that can be played again; ``report`` what is
said of it all. ``readers``, ``simulate/`` and ``map/`` are simulated readers in large numbers, and the map.
"""
