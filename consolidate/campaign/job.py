"""What a process is to do for one repository."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct


class Job(Struct, frozen=True):
    """A command for one repository: `words` for the program (none: only look), the `plan` file, and where to write.

    `finish` are the words for a run that was cut off there (none: leave it).
    """

    key: str
    words: Sequence[str]
    finish: Sequence[str]
    plan: Path
    log: Path
    result: Path
