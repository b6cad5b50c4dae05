"""Small real repositories, checked by the real program in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

from consolidate.gitstep.fresh import create_repository

FILES = {
    "consolidate.toml": (
        '[migration]\nname = "small"\ntarget = "app.new:New"\nremoval-version = "2.0"\n\n'
        '[[engine]]\nlegacy = "app.old:Old"\n'
    ),
    "app/__init__.py": "",
    "app/old.py": "class Old:\n    pass\n",
    "app/new.py": "class New:\n    pass\n",
    "app/user.py": "from app.old import Old\n\n\ndef make():\n    return Old()\n",
}


def make(folder: Path, files: dict[str, str | bytes] | None = None) -> Path:
    """Return a repository with these files beside FILES."""
    for name, data in {**FILES, **(files or {})}.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data if isinstance(data, bytes) else data.encode())
    create_repository(folder, "Start")
    return folder


def consolidate(folder: Path, *words: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    """Run the program and expect an exit code."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("CONSOLIDATE_", "GIT_"))}
    done = subprocess.run(
        [sys.executable, "-m", "consolidate", *words],
        cwd=folder,
        env={**environment, "NO_COLOR": "1", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == code, (done.stdout, done.stderr)
    return done


def printed(folder: Path, *words: str, code: int = 0) -> dict:
    """Return the JSON that the program prints."""
    return json.loads(consolidate(folder, *words, code=code).stdout)
