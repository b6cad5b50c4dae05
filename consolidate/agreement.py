"""Whether two plans are one: a plan file is data, and what it says is done only if planning says the same."""

from __future__ import annotations

from planner.model import FileEdit, Phase, Plan

_APART = ("tool", "digest", "phases")  # who made it, the digest of that too, and what is compared piece by piece


def difference(given: Plan, own: Plan) -> str:
    """Return the first place where two plans say something else (`phase 2, app/user.py`), "" where they agree.

    The tool's version, and keys of the file that this version does not know, may differ.
    """
    for mine, theirs in zip(own.phases, given.phases, strict=False):
        if mine != theirs:
            return f"phase {mine.number}{_file(mine, theirs)}"
    if len(given.phases) != len(own.phases):
        return f"{len(given.phases)} phases for {len(own.phases)}"
    return next(
        (name for name in Plan.__struct_fields__ if name not in _APART and getattr(given, name) != getattr(own, name)),
        "",
    )


def _file(mine: Phase, theirs: Phase) -> str:
    """Return the first path at which two phases differ, as the end of a place."""
    pairs: list[dict[str, FileEdit]] = [{file.path: file for file in phase.files} for phase in (mine, theirs)]
    paths = sorted(pairs[0].keys() | pairs[1].keys())
    found = [path for path in paths if pairs[0].get(path) != pairs[1].get(path)]
    return f", {found[0]}" if found else ""
