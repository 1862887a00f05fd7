"""The player's types, as its comments say them, hold together: checked by TypeScript, which never builds anything."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

PLAYER = Path(__file__).parents[2] / "src" / "harken" / "player"
OPTIONS = {
    **{"checkJs": True, "allowJs": True, "noEmit": True, "strict": False, "types": []},
    **{"target": "es2022", "module": "es2022", "lib": ["es2022", "dom", "dom.iterable"]},
}
PARTS = ["player.mjs", "scenes/worker.mjs", "types.d.ts"]
"""The page's first script, the thread's first script, and the shapes of what passes between them."""
NEWER = """declare var OffscreenCanvas: any;
interface Navigator { userActivation: { hasBeenActive: boolean } }
"""
"""What browsers have and TypeScript 4 (Debian's) has not heard of."""


def checked(folder: Path, settings: Path) -> subprocess.CompletedProcess[str]:
    compiler = os.environ.get("HARKEN_TSC") or shutil.which("tsc")
    if compiler is None:
        pytest.skip("TypeScript is not here: `apt install node-typescript`, or say where a tsc is in HARKEN_TSC")
    version = subprocess.run([compiler, "--version"], capture_output=True, text=True, timeout=60, check=True).stdout
    old = version.startswith("Version 4")
    options = {**OPTIONS, "moduleResolution": "node" if old else "bundler"}
    newer = settings.with_name("newer.d.ts")
    newer.write_text(NEWER if old else "")
    settings.write_text(
        json.dumps({"compilerOptions": options, "files": [*(str(folder / p) for p in PARTS), str(newer)]})
    )
    return subprocess.run([compiler, "-p", str(settings)], capture_output=True, text=True, timeout=120)


def test_the_types_hold(tmp_path: Path) -> None:
    done = checked(PLAYER, tmp_path / "tsconfig.json")
    assert done.returncode == 0, done.stdout


def test_a_wrong_type_would_be_found(tmp_path: Path) -> None:
    shutil.copytree(PLAYER, tmp_path / "player", ignore=shutil.ignore_patterns("fonts", "art"))
    with (tmp_path / "player" / "pace.mjs").open("a") as file:
        file.write("\nexport const wrong = WHOLE_BREATH.toUpperCase();\n")
    assert "toUpperCase" in checked(tmp_path / "player", tmp_path / "tsconfig.json").stdout
