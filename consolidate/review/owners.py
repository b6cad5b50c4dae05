"""CODEOWNERS: who has to look at a file, by GitHub's rules.

The first file of `.github/CODEOWNERS`, `CODEOWNERS`, `docs/CODEOWNERS` counts, up to 3 MB. The last pattern that fits a
path decides; one without owners says that nobody owns it. Patterns are those of gitignore, case-sensitive, without `!`
and `[ ]`, and `folder/*` does not reach below the folders in it. Source: GitHub Docs, "About code owners".
"""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct

PLACES = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS")
LARGEST = 3 * 1024**2  # bytes
NOBODY = "no owner"


class Owners(Struct, frozen=True):
    """The rules of one file in their order: each a pattern and the owners, as they are written."""

    rules: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = ()

    def of(self, path: str) -> tuple[str, ...]:
        """Return the owners of a path, none where nobody owns it."""
        return next((owners for pattern, owners in reversed(self.rules) if pattern.match(path)), ())


def parse(text: str) -> Owners:
    """Return the rules of a CODEOWNERS file; a line that GitHub does not take is skipped, as there."""
    rules = []
    for line in text.splitlines():
        words = re.sub(r"(^|\s)#.*", "", line).replace("\\ ", "\0").split()
        if words and not words[0].startswith("!") and "[" not in words[0]:
            rules.append((_pattern(words[0].replace("\0", " ")), tuple(words[1:])))
    return Owners(tuple(rules))


def read(contents: Callable[[str], bytes | None]) -> Owners:
    """Return the rules of a commit; `contents` gives those of a path, None where there is no such file."""
    for place in PLACES:
        data = contents(place)
        if data is not None:
            return parse(data.decode("utf-8", "surrogateescape")) if len(data) <= LARGEST else Owners()
    return Owners()


def _pattern(pattern: str) -> re.Pattern[str]:
    anchored = "/" in pattern[:-1]
    body = pattern.strip("/")
    segments = body.split("/")
    parts = ["" if anchored else "(?:.*/)?"]
    for number, segment in enumerate(segments):
        last = number == len(segments) - 1
        if segment == "**":
            parts.append(".*" if last else "(?:.*/)?")
        else:
            parts.append(_segment(segment) + ("" if last else "/"))
    if pattern.endswith("/"):
        tail = "/.*"
    elif segments[-1] == "**" or (segments[-1] == "*" and len(segments) > 1):
        tail = ""
    else:
        tail = "(?:/.*)?"
    return re.compile("".join(parts) + tail + r"\Z", re.DOTALL)


def _segment(segment: str) -> str:
    wild = {"*": "[^/]*", "?": "[^/]"}
    return "".join(wild.get(char, re.escape(char)) for char in re.sub(r"\*+", "*", segment))
