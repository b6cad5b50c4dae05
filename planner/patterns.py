"""Path patterns of the configuration, as .gitignore has them: `*` within a folder, `**` across, `?`, `[…]`."""

from __future__ import annotations

import re
from collections.abc import Sequence


def matcher(patterns: Sequence[str]) -> re.Pattern[str]:
    """Return a regular expression whose `fullmatch` accepts the paths that one of the patterns selects.

    A pattern is anchored at the repository's root. `**/` stands for any number of folders, none included; a pattern
    that ends in `/**` selects all below a folder. No pattern selects nothing.
    """
    if not patterns:
        return re.compile(r"(?!)")
    return re.compile("|".join(f"(?:{_translate(pattern)})" for pattern in patterns), re.DOTALL)


def _translate(pattern: str) -> str:
    result, index = "", 0
    while index < len(pattern):
        if pattern.startswith("**/", index):
            result, index = result + "(?:[^/]+/)*", index + 3
        elif pattern.startswith("**", index):
            result, index = result + ".*", index + 2
        elif pattern[index] == "*":
            result, index = result + "[^/]*", index + 1
        elif pattern[index] == "?":
            result, index = result + "[^/]", index + 1
        elif pattern[index] == "[" and (close := pattern.find("]", index + 2)) > 0:
            result += _one_of(pattern[index + 1 : close])
            index = close + 1
        else:
            result, index = result + re.escape(pattern[index]), index + 1
    return result


def _one_of(characters: str) -> str:
    """Return a set of characters as a regular expression; one that runs backwards (`z-a`) selects nothing."""
    inner = re.sub(r"[\\\[&~|]", r"\\\g<0>", characters)
    inner = "[" + ("^" + inner[1:] if inner[0] in "!^" else inner) + "]"
    try:
        re.compile(inner)
    except re.error:
        return "(?!)"
    return inner
