"""Real files to try the proof on: some 200 of the standard library, always the same ones."""

from __future__ import annotations

import random
import sysconfig
from functools import cache
from pathlib import Path


@cache
def library() -> tuple[Path, ...]:
    root = Path(sysconfig.get_path("stdlib"))
    files = sorted(root.glob("*.py"))
    for package in ("asyncio", "email", "http", "json", "unittest", "xml"):
        files += sorted(root.glob(f"{package}/**/*.py"))
    files = [path for path in files if path.stat().st_size < 40_000]  # large ones only cost time
    return tuple(random.Random(1).sample(files, min(200, len(files))))
