"""What a phase says of the user's own codemods: what each edits, what of it is not proved, what it leaves and why."""

from __future__ import annotations

from collections.abc import Mapping

from consolidate.own.passes import Pass
from consolidate.render.words import number


def notes(found: Pass, origins: Mapping[str, str]) -> tuple[str, ...]:
    """Return the notes of a phase, sorted; `origins` tells where each codemod comes from."""
    edited: dict[str, int] = {}
    for changes in found.changes.values():
        for change in changes:
            edited[change.codemod] = edited.get(change.codemod, 0) + 1
    said = [f"{codemod} ({origins[codemod]}) edits {number(count, 'file')}" for codemod, count in edited.items()]
    left: dict[tuple[str, str], list[str]] = {}
    for codemod, path, reason in found.left:
        left.setdefault((codemod, reason), []).append(path)
    said += [
        f"{codemod} leaves {number(len(paths), 'file')}: {reason}: {', '.join(sorted(paths))}"
        for (codemod, reason), paths in left.items()
    ]
    said += [f"{codemod} warns in {path}: {text}" for codemod, path, text in found.warnings]
    return tuple(sorted(said))
