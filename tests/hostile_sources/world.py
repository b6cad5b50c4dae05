"""A small repository with one hostile file in it, planned and migrated by real processes with limits."""

import json
import os
import resource
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.hostile_sources.sources import IMPORT

ROOT = Path(__file__).parents[2]
MEMORY = 3 * 1024**3
SECONDS = 60
CONFIG = b"""[migration]
name = "small"
target = "app.new:New"
include = ["**/*.py", "**/*.ipynb", "**/*.md", "**/*.rst", "**/*.toml", "**/*.yaml", "**/*.ini", "**/*.json"]

[[engine]]
legacy = "app.old:Old"
"""
FILES = {
    "app/__init__.py": b"",
    "app/old.py": b"class Old:\n    pass\n",
    "app/new.py": b"class New:\n    pass\n",
    "app/user.py": IMPORT + b"\nprint(Old())\n",
    "consolidate.toml": CONFIG,
}


@dataclass(frozen=True)
class Ran:
    code: int
    out: bytes
    err: str


def make(folder: Path, more: dict[str, bytes]) -> Path:
    for name, data in {**FILES, **more}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    for words in (("init", "-q", "-b", "main"), ("add", "-A"), ("commit", "-q", "-m", "Start")):
        git(folder, *words)
    return folder


def git(folder: Path, *words: str) -> str:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "core.autocrlf=false")
    done = subprocess.run(["git", *identity, *words], cwd=folder, capture_output=True, check=True)
    return done.stdout.decode()


def run(folder: Path, *words: str) -> Ran:
    """Run the program in a process that may use MEMORY bytes and SECONDS of processor time."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))

    names = {f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    done = subprocess.run(
        [sys.executable, "-m", "consolidate", *words],
        cwd=folder,
        env={**os.environ, **names, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
        preexec_fn=limit,
        timeout=SECONDS * 10,  # the machine may be busy; what counts is the processor time above
    )
    return Ran(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"))


def plan(folder: Path, *options: str) -> dict[str, Any]:
    ran = run(folder, *options, "plan", "--json")
    assert ran.code == 0, ran.err
    assert "Traceback" not in ran.err
    found: dict[str, Any] = json.loads(ran.out)
    return found


def fate(plan: dict[str, Any], path: str) -> str:
    """Return what became of a file: "skipped", "rewritten" (something of it), "manual" or "left"."""
    if any(item["path"] == path for item in plan["skipped"]):
        return "skipped"
    actions = {item["action"] for item in plan["references"] if item["path"] == path}
    return next((name for name in ("rewritten", "manual", "left") if name in actions), "unseen")
