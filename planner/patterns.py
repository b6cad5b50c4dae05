"""Path patterns of the configuration, as .gitignore has them: `*` within a folder, `**` across, `?`, `[…]`."""

from __future__ import annotations

import re
from collections.abc import Sequence

_ANY_FOLDERS = "**"


def matcher(patterns: Sequence[str]) -> re.Pattern[str]:
    """Return a regular expression whose `fullmatch` accepts the paths that one of the patterns selects.

    A pattern is anchored at the repository's root. `**/` stands for any number of folders, none included; a pattern
    that ends in `/**` selects all below a folder. No pattern selects nothing.
    """
    if not patterns:
        return re.compile(r"(?!)")
    return re.compile("|".join(f"(?:{_translate(pattern)})" for pattern in patterns), re.DOTALL)


def fault(pattern: str) -> str:
    """Return why a pattern can select nothing, or not what its author means by it; "" where nothing is wrong."""
    if not pattern or "\0" in pattern:
        return "it is empty or holds NUL"
    if pattern.startswith("!"):
        return "a pattern cannot be negated; `[!]` is the character"
    if pattern.endswith("/"):
        return "a folder's files are `folder/**`"
    if any(part in ("", ".", "..") for part in pattern.split("/")):
        return "it begins at the repository's root, with the name of a file or folder"
    across = sum(part.count("**") for part in pattern.split("/") if part != _ANY_FOLDERS)
    if across > 2:
        return "`**` stands for folders: write it between slashes"
    backwards = any(_one_of(found[1]) == "(?!)" for found in re.finditer(r"\[(.[^]]*)\]", pattern, re.DOTALL))
    return "a range of characters runs backwards" if backwards else ""


def _translate(pattern: str) -> str:
    """Return a pattern as a regular expression.

    What stands between two wildcards is looked for once, where it comes first (an atomic group): wherever it comes
    later, the rest would be found as well. So many wildcards cost no more than a few.
    """
    parts = [_part(part) for part in pattern.split("/")]
    steady = not any(part is not None and ".*" in part for part in parts)  # nothing reaches over a slash
    chunks = [""]
    for part in parts[:-1]:
        if part is not None:
            chunks[-1] += f"{part}/"
        elif chunks[-1] or len(chunks) == 1:
            chunks.append("")
    last = ".*" if parts[-1] is None else parts[-1]
    first, *others = chunks
    if not others:
        return first + last
    opening = "(?>" if steady else "(?:"
    middle = (f"{opening}(?:[^/]+/)*?{chunk})" for chunk in others[:-1])
    return f"{first}{''.join(middle)}(?:[^/]+/)*{others[-1]}{last}"


def _part(part: str) -> str | None:
    """Return one part of a pattern, between slashes, as a regular expression; None for any number of folders."""
    if part == _ANY_FOLDERS:
        return None
    pieces, index = [""], 0
    while index < len(part):
        if part.startswith("**", index):
            pieces[-1], index = pieces[-1] + ".*", index + 2
        elif part[index] == "*":
            pieces.append("")
            index += 1
        elif part[index] == "?":
            pieces[-1], index = pieces[-1] + "[^/]", index + 1
        elif part[index] == "[" and (close := part.find("]", index + 2)) > 0:
            pieces[-1] += _one_of(part[index + 1 : close])
            index = close + 1
        else:
            pieces[-1], index = pieces[-1] + re.escape(part[index]), index + 1
    first, *others = pieces
    if not others:
        return first
    opening = "(?:" if any(".*" in piece for piece in pieces) else "(?>"
    return first + "".join(f"{opening}[^/]*?{piece})" for piece in others[:-1]) + f"[^/]*{others[-1]}"


def _one_of(characters: str) -> str:
    """Return a set of characters as a regular expression; one that runs backwards (`z-a`) selects nothing."""
    if len(characters) == 1:
        return re.escape(characters)
    inner = re.sub(r"[\\\[&~|]", r"\\\g<0>", characters)
    inner = "[" + ("^" + inner[1:] if inner[0] in "!^" else inner) + "]"
    try:
        re.compile(inner)
    except re.error:
        return "(?!)"
    return inner
