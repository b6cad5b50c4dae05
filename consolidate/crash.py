"""The report of a bug: everything that is needed to find it, in a file that the user can read before sending it."""

from __future__ import annotations

import os
import platform
import shlex
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path

from consolidate.version import version


def report(error: BaseException, words: Sequence[str]) -> Path | None:
    """Write a crash report into the git directory, or else the folder for temporary files, and return its path.

    None where neither can be written to.
    """
    lines = [
        f"consolidate {version()}, Python {platform.python_version()}, {platform.platform()}",
        f"command: {shlex.join(['consolidate', *words])}",
        "",
        *traceback.format_exception(error),
    ]
    text = "\n".join(lines)
    for folder in (_git_folder(), None):  # None: the folder for temporary files
        try:
            handle, name = tempfile.mkstemp(prefix="consolidate-crash-", suffix=".txt", dir=folder)
            with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
                file.write(text)
        except OSError:
            continue
        return Path(name)
    return None


def _git_folder() -> Path | None:
    try:
        here = Path.cwd()
        root = next(folder for folder in (here, *here.parents) if (folder / ".git").is_dir())
        folder = root / ".git" / "consolidate"
        folder.mkdir(exist_ok=True)
    except (OSError, StopIteration):
        return None
    return folder
