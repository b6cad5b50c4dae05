"""When the shims may go: what still holds them, and what the plan says of each of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from planner.comments import SETTINGS
from planner.documents import COMMENTED
from planner.forms import is_code
from planner.model import Action, Reference
from planner.shims import ShimPlan

_OUTSIDE = ", which is excluded, refers to it"
_ALWAYS = ("unreadable", "path-string", "code-string")


def holding(
    references: Iterable[Reference], modules: Collection[str], of: Mapping[str, str], passing: Collection[Reference]
) -> list[Reference]:
    """Return the references that hold the shims of `modules`; `of` gives the legacy module of each engine's id.

    `passing` only pass through an import that is listed by itself.
    """
    return [
        item
        for item in references
        if item.action is not Action.REWRITTEN and of[item.engine] in modules and item not in passing and holds(item)
    ]


def holds(item: Reference) -> bool:
    """Tell whether something follows a reference: code, a setting, or a reader who is sent to a file by its path.

    Code in a string may be run, and a dotted path in one may be resolved (`"python -m package.module --once"`).
    Comments, docstrings and names in prose do not follow it: they speak of the past as well.
    """
    if is_code(item.form) or item.form in _ALWAYS or (item.form == "string" and "." in item.text):
        return True
    if item.reason == COMMENTED:
        return False
    return item.form == "text-path" or (item.form == "text-dotted" and item.path.endswith(SETTINGS))


def outside_note(path: str) -> str:
    """Return what the plan says of a shim that a file which it does not include refers to."""
    return f"{path}{_OUTSIDE}"


def is_outside(note: str) -> bool:
    """Tell whether a note is an `outside_note`."""
    return note.endswith(_OUTSIDE)


def left_behind(references: Iterable[Reference], modules: Collection[str], of: Mapping[str, str]) -> tuple[str, ...]:
    """Return what the phase that deletes the shims of `modules` says of the words that still name them."""
    left = [item for item in references if item.action is not Action.REWRITTEN and of[item.engine] in modules]
    if not left:
        return ()
    files = {item.path for item in left}
    count = f"{len(left)} mention{'s' * (len(left) > 1)} in {len(files)} file{'s' * (len(files) > 1)}"
    return (f"comments, docstrings or prose still name what this phase removes: {count}, first {min(files)}",)


def shim_notes(plan: ShimPlan) -> tuple[str, ...]:
    """Return what the plan says of what stays at a legacy path."""
    notes = [f"the implementation stays: {plan.why}"] if plan.why else []
    if plan.breaks:
        more = f", and {len(plan.breaks) - 1} more" if len(plan.breaks) > 1 else ""
        notes.append(f"the shim is forced, and breaks {plan.breaks[0]}{more}")
    if plan.dropped:
        names = ", ".join(f"`{name}`" for name in plan.dropped)
        them = "it" if len(plan.dropped) == 1 else "them"
        notes.append(f"the shim drops {names}: nothing in the repository takes {them}")
    return tuple(notes)
