"""A keep taken elsewhere: as one file that only a passphrase opens, or as plain text to read.

Jars and what was burned are in neither: what is heard once is heard once. ``carried`` makes and takes in the whole
document, ``sealed`` puts it into an age file, ``reading`` walks a log as it was lived, ``plain`` writes that down.
"""
