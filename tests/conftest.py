"""What all tests share: the folder of helpers is importable as ``making`` and ``reading``."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
