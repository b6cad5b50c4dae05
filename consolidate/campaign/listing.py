"""The list of a campaign: one repository per line, `PATH [--config FILE]`.

Words are as in a shell: quotes and backslashes for blanks. Paths are relative to the list; `#` begins a comment, at the
start of a line or behind a repository. A line that is wrong is a repository that fails, and stops no other.
"""

from __future__ import annotations

import hashlib
import os
import re
import shlex
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from consolidate.errors import UsageProblem


class Entry(Struct, frozen=True):
    """A line: its number (from 1), the path as it is written and absolute, its configuration, and what is wrong."""

    line: int
    name: str
    path: Path
    config: Path | None = None
    problem: str = ""

    @property
    def key(self) -> str:
        """What the repository is known by: its path with all links resolved."""
        return os.path.realpath(self.path)

    @property
    def folder(self) -> str:
        """A name for its files: the last part of the path, and a hash of all of it."""
        short = re.sub(r"[^\w.-]", "_", Path(self.key).name, flags=re.ASCII)[:40]
        return f"{short}-{hashlib.sha256(os.fsencode(self.key)).hexdigest()[:8]}"


def read(file: Path) -> tuple[Entry, ...]:
    """Return the repositories of a list, in its order. Raises UsageProblem where it can't be read or names none."""
    try:
        text = file.read_bytes().decode("utf-8-sig", "surrogateescape")
    except OSError as error:
        raise UsageProblem(
            f"the list of repositories cannot be read: {error.strerror}", str(file), "name a file"
        ) from None
    base = Path(os.path.abspath(file)).parent  # noqa: PTH100 - links stay
    found: list[Entry] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        entry = _entry(number, line, base)
        if entry is None:
            continue
        if not entry.problem and entry.key in seen:
            entry = replace(entry, problem=f"it is the repository of line {seen[entry.key]}")
        seen.setdefault(entry.key, number)
        found.append(entry)
    if not found:
        raise UsageProblem("the list names no repository", str(file), "write one path per line")
    return tuple(found)


def _entry(number: int, line: str, base: Path) -> Entry | None:
    if not line.strip() or line.lstrip().startswith("#"):
        return None
    try:
        words = shlex.split(line)
    except ValueError as error:
        problem = f"the line cannot be read: {str(error).lower()}; line {number}; close the quotes"
        return Entry(number, line.strip(), base / line.strip(), problem=problem)
    comment = next((index for index, word in enumerate(words[1:], 1) if word.startswith("#")), len(words))
    name, *options = words[:comment]
    entry = Entry(number, name, base / Path(name).expanduser())
    if not options:
        return entry
    flag, equals, value = options[0].partition("=")
    rest = [value, *options[1:]] if equals else options[1:]
    if flag != "--config" or len(rest) != 1:
        what = "the line is no `PATH [--config FILE]`"
        return replace(entry, problem=f"{what}; line {number}; quote a path that has blanks")
    return replace(entry, config=base / Path(rest[0]).expanduser())
