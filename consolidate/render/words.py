"""Small pieces of text that several views share: counts, names of engines, groups of references."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from planner.model import Action, EnginePlan, Plan, Reference

_LINE = re.compile(r" \(line \d+\)")


def number(count: int, noun: str, plural: str = "") -> str:
    """Return `1 file`, `2 files`, `0 files`."""
    return f"{count} {noun if count == 1 else plural or noun + 's'}"


def labels(engines: Sequence[EnginePlan]) -> dict[str, str]:
    """Return a short name for each engine, by id: the fewest last segments that no other engine shares."""
    dotted = {engine.id: engine.legacy.dotted for engine in engines}
    short: dict[str, str] = {}
    for identity, name in dotted.items():
        parts = name.split(".")
        others = [other for key, other in dotted.items() if key != identity]
        for size in range(1, len(parts) + 1):
            label = ".".join(parts[-size:])
            if not any(other == label or other.endswith(f".{label}") for other in others):
                break
        short[identity] = label
    return short


def action_counts(references: Iterable[Reference]) -> dict[Action, int]:
    """Return how many references are rewritten, manual and left; every action has a number."""
    found = Counter(reference.action for reference in references)
    return {action: found[action] for action in Action}


def by_reason(references: Iterable[Reference], action: Action) -> list[tuple[str, list[Reference]]]:
    """Return the references of one action, grouped by reason: the greatest group first, then by reason and place.

    Reasons that differ only in the line which they name are one.
    """
    groups: dict[str, list[Reference]] = {}
    for reference in references:
        if reference.action is action:
            reason = _LINE.sub("", reference.reason) or "no reason given"
            groups.setdefault(reason, []).append(reference)
    for group in groups.values():
        group.sort(key=lambda item: (item.path, item.line, item.column))
    return sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))


def edit_count(plan: Plan, number: int) -> int:
    """Return how many edits a phase makes; a file that comes or goes as a whole counts as one."""
    return sum(max(len(file.edits), 1) for file in plan.phases[number - 1].files)


def totals(plan: Plan) -> list[str]:
    """Return the two lines that show that nothing is silent."""
    count = action_counts(plan.references)
    actions = " + ".join(f"{count[action]} {action}" for action in Action)
    files = f"{plan.changed} changed + {plan.unchanged} unchanged + {len(plan.skipped)} skipped"
    return [f"references found {len(plan.references)} = {actions}", f"files scanned {plan.scanned} = {files}"]
