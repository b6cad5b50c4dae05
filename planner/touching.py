"""Whether an importer relies on more than the members that it uses: on one being absent, on setting it, on the list."""

from __future__ import annotations

from collections.abc import Iterable

from planner.construct import misfit
from planner.differences import Difference
from planner.facts import Touch
from planner.interfaces import Interface
from planner.syntax import PROTOCOL

LISTS = frozenset({"dir", "vars", "getmembers", "__dict__"})
"""What gives all members of an object."""


def touched(difference: Difference) -> frozenset[str]:
    """Return the names of which `touching` must know how they are used."""
    called = PROTOCOL.intersection(difference.lacking)
    lists = LISTS if difference.lacking or difference.added else frozenset()
    return called | difference.added | difference.readonly | lists


def touching(
    touches: Iterable[Touch], difference: Difference, old: tuple[str, Interface], new: tuple[str, Interface]
) -> str:
    """Return why a file cannot move that touches what may be the engine so, "" where nothing holds it.

    `old` and `new` are names with their interfaces.
    """
    return next((reason for touch in touches if (reason := _reason(touch, difference, old[0], new))), "")


def _reason(touch: Touch, difference: Difference, old: str, new: tuple[str, Interface]) -> str:
    name = touch.name
    only = f"which {new[0]} has and {old} has not"
    if touch.kind == "listed":
        differs = difference.added or difference.lacking
        return f"it lists the members of {old} (`{name}`, line {touch.line}); {new[0]} has others" if differs else ""
    if touch.kind == "stored":
        fixed = name in difference.readonly
        return f"it sets `{name}` (line {touch.line}), a property without a setter on {new[0]}" if fixed else ""
    if name not in difference.added:
        return ""
    if touch.kind == "asked":
        return f"it asks for `{name}` by name (line {touch.line}), {only}"
    if touch.use >= 0:
        return f"it uses `{name}` (line {touch.line}), {only}"
    if touch.guarded:
        return f"it uses `{name}` where an AttributeError is caught (line {touch.line}), {only}"
    method = new[1].method(name)
    if touch.arguments is not None and method is not None and method[0] != "property":
        why = misfit(touch.arguments, method[1], f"that of {new[0]}")
        if why and not any(argument.star for argument in touch.arguments):
            return f"it calls `{name}` (line {touch.line}), {only}: {why}"
    return ""
