"""Small repositories, and campaigns over them by the real program."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.hostile_sources.world import git

ROOT = Path(__file__).parents[2]
FILES = {
    ".gitignore": "__pycache__/\n",
    "app/__init__.py": "",
    "app/old.py": "class Old:\n    pass\n",
    "app/new.py": "class New:\n    pass\n",
    "app/user.py": "from app.old import Old\n\nprint(Old)\n",
    "consolidate.toml": '[migration]\nname = "s"\ntarget = "app.new:New"\n\n[[engine]]\nlegacy = "app.old:Old"\n',
}
WHO = {f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}


def make(folder: Path, names: list[str], *, broken: str = "", bare: str = "") -> Path:
    """Write repositories, `broken` with a configuration that is none, `bare` without git, and a list of them all."""
    first = folder / ".template"
    for name, text in FILES.items():
        (first / name).parent.mkdir(parents=True, exist_ok=True)
        (first / name).write_text(text)
    git(first, "init", "-q", "-b", "main", "--template=")
    git(first, "add", "-A")
    git(first, "commit", "-q", "-m", "Start")
    for name in names:
        shutil.copytree(first, folder / name)
    if broken:
        (folder / broken / "consolidate.toml").write_text("[migration\n")
    if bare:
        shutil.rmtree(folder / bare / ".git")
    file = folder / "repos.txt"
    file.write_text("# all\n\n" + "".join(f"'{name}'\n" for name in names))
    return file


def start(file: Path, *words: str, before: tuple[str, ...] = (), **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "consolidate", *before, "campaign", file.name, *words],
        cwd=file.parent,
        env={**os.environ, **WHO, "PYTHONPATH": str(ROOT), **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(file: Path, *words: str, before: tuple[str, ...] = (), **environment: str) -> tuple[int, str, str]:
    """Return exit code, stdout and stderr of `consolidate campaign FILE WORDS`."""
    process = start(file, *words, before=before, **environment)
    out, err = process.communicate(timeout=300)
    assert "Traceback" not in err, err
    return process.returncode, out, err


def rows(out: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(out)["repositories"]
    return found


def states(out: str) -> list[str]:
    return [row["state"] for row in rows(out)]


def state(file: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads((file.parent / f"{file.name}.campaign/state.json").read_bytes())
    except FileNotFoundError:
        return {"repositories": {}}
    return found


def planned(file: Path) -> int:
    return sum("plan" in record["steps"] for record in state(file)["repositories"].values())


def wait_for(true: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def plan_files(file: Path) -> dict[str, tuple[int, int]]:
    """Return inode and time of each plan file, by the repository's name."""
    found = (file.parent / f"{file.name}.campaign").glob("*/plan.json")
    return {path.parent.name.rpartition("-")[0]: (path.stat().st_ino, path.stat().st_mtime_ns) for path in found}


def cut_off(repository: Path, plan: Path) -> None:
    """Kill an apply of phase 1 right behind its commit point."""
    done = subprocess.run(
        [sys.executable, "-m", "consolidate", "apply", "--phase", "1", str(plan)],
        cwd=repository,
        env={**os.environ, **WHO, "PYTHONPATH": str(ROOT), "CONSOLIDATE_CRASH_AT": "ref"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
