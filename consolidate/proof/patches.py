"""Patch targets: the dotted names that `mock.patch("…")` and its like look up when they run."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from typing import Final

from msgspec import Struct

_MAYBE: Final = re.compile(rb"(?:patch|multiple|attr|dict)\s*\(\s*(?:target\s*=\s*)?[rRuU]?[\"']")
_MEMBERS: Final = frozenset({"multiple", "setattr", "delattr", "dict"})


class Patched(Struct, frozen=True, order=True):
    """One patch target: the 1-based line and the dotted name."""

    line: int
    target: str


def patch_targets(source: bytes, pieces: Iterable[tuple[Iterable[ast.stmt], int]]) -> tuple[Patched, ...]:
    """Return the targets of `patch`, `patch.multiple`, `patch.dict` and `monkeypatch.setattr` that are plain strings.

    `pieces` are the statements of the source and what to add to their lines. Left out are targets with `create=True`,
    which need not exist (documentation of unittest.mock).
    """
    if _MAYBE.search(source) is None:
        return ()
    found: list[Patched] = []
    for statements, shift in pieces:
        for statement in statements:
            for node in ast.walk(statement):
                if isinstance(node, ast.Call) and _patches(node.func):
                    found += [Patched(node.lineno + shift, target) for target in _targets(node)]
    return tuple(sorted(found))


def _patches(function: ast.expr) -> bool:
    names: list[str] = []
    while isinstance(function, ast.Attribute):
        names.append(function.attr)
        function = function.value
    names.append(function.id if isinstance(function, ast.Name) else "")
    return names[0] == "patch" or (names[0] in _MEMBERS and any("patch" in name.lower() for name in names[1:]))


def _targets(call: ast.Call) -> list[str]:
    keywords = {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}
    first = call.args[0] if call.args else keywords.get("target")
    create = keywords.get("create")
    if not isinstance(first, ast.Constant) or not isinstance(first.value, str):
        return []
    if isinstance(create, ast.Constant) and create.value:
        return []
    text = first.value
    if isinstance(call.func, ast.Attribute) and call.func.attr == "multiple":
        options = ("target", "spec", "create", "spec_set", "autospec", "new_callable")
        return [f"{text}.{name}" for name in keywords if name not in options and _is_dotted(text)]
    return [text] if "." in text and _is_dotted(text) else []


def _is_dotted(text: str) -> bool:
    return all(part.isidentifier() for part in text.split("."))
