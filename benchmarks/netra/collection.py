"""Which tests pytest collects from a list of files, in a checkout of its own: collecting writes into the tree."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

COLLECTOR = Path(__file__).with_name("collect_tests.py")
TEST_FILES = ("test_*.py", "*_test.py")  # `python_files` of the repository's pyproject.toml
TIMEOUT = 900  # seconds


@dataclass(frozen=True, slots=True)
class Collection:
    """Node ids of tests, and of files (or packages) that could not be collected."""

    tests: frozenset[str]
    errors: frozenset[str]
    pytest: str


def test_files(paths: list[str]) -> list[str]:
    """Return the paths whose file name is one of a test file."""
    return [path for path in paths if any(fnmatch(path.rpartition("/")[2], pattern) for pattern in TEST_FILES)]


def collect(python: str, checkout: Path, files: list[str]) -> Collection:
    """Collect the tests of `files` in a checkout with the interpreter `python`. Needs no network."""
    drop = ("PYTEST_", "PYTHON", "GIT_")
    environment = {key: value for key, value in os.environ.items() if not key.startswith(drop)}
    environment |= {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"}
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder, "collected.json")
        done = subprocess.run(
            [python, str(COLLECTOR), str(output), *files],
            cwd=checkout,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=TIMEOUT,
            check=False,
        )
        if not output.exists():
            raise SystemExit(f"error: the collection died with exit {done.returncode}: {done.stderr.strip()[-500:]}")
        found = json.loads(output.read_text(encoding="utf-8"))
    if not found["tests"]:
        raise SystemExit(f"error: nothing was collected (exit {found['exit']}): {(done.stdout + done.stderr)[-500:]}")
    return Collection(frozenset(found["tests"]), frozenset(found["errors"]), found["pytest"])
