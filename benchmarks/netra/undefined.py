"""Unbound names, as pyflakes sees them: a second opinion that shares nothing with consolidate.

pyflakes judges each file by itself, so a file that did not change cannot gain an unbound name: the files in which two
commits differ stand for the whole repository.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

MESSAGE = re.compile(r"^(?P<number>\d+)\.py:\d+:(?:\d+:?)? (?P<text>.*)$")
UNBOUND = re.compile(r"undefined name |local variable .* referenced before assignment|undefined local ")

Key = tuple[str, str]  # path, message


def undefined(python: str, sources: Mapping[str, bytes]) -> Counter[Key]:
    """Return the unbound names of files, by path and message; `python` is an interpreter that has pyflakes."""
    if not sources:
        return Counter()
    paths = sorted(sources)
    with tempfile.TemporaryDirectory() as folder:
        for number, path in enumerate(paths):
            Path(folder, f"{number}.py").write_bytes(sources[path])
        names = [f"{number}.py" for number in range(len(paths))]
        done = subprocess.run(
            [python, "-I", "-m", "pyflakes", *names], cwd=folder, capture_output=True, text=True, check=False
        )
    if done.returncode not in (0, 1) or "No module named pyflakes" in done.stderr:
        raise SystemExit(f"error: pyflakes failed: {done.stderr.strip()[-300:]}; install requirements.txt for --python")
    matches = (MESSAGE.match(line) for line in done.stdout.splitlines())
    return Counter(
        (paths[int(match["number"])], match["text"]) for match in matches if match and UNBOUND.search(match["text"])
    )
