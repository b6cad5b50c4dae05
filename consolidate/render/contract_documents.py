"""The contract of the engines as Markdown: members by engines, and what to add to each replacement first."""

from __future__ import annotations

from collections.abc import Sequence

from consolidate.render.contract_text import wish
from consolidate.render.words import labels
from planner.agreement import Verdict
from planner.model import EnginePlan, Plan

Rows = list[tuple[object, ...]]


def matrix(engines: Sequence[EnginePlan]) -> tuple[list[str], Rows]:
    """Return the header and the rows of members by engines, most used first; a cell says uses and verdict."""
    short = labels(engines)
    cells: dict[str, dict[str, str]] = {}
    uses: dict[str, int] = {}
    for engine in engines:
        for member in engine.contract.members:
            verdict = "" if member.verdict is Verdict.SAME else f" {member.verdict}"
            cells.setdefault(member.member, {})[engine.id] = f"{member.uses}{verdict}"
            uses[member.member] = uses.get(member.member, 0) + member.uses
    constructed = [_constructed(engine) for engine in engines]
    rows: Rows = [("(constructor)", *constructed)] if any(constructed) else []
    for name in sorted(cells, key=lambda name: (-uses[name], name)):
        rows.append((f"`{name}`", *(cells[name].get(engine.id, "") for engine in engines)))
    return ["member", *(short[engine.id] for engine in engines)], rows


def _constructed(engine: EnginePlan) -> str:
    calls = dict(engine.contract.constructor.calls)
    total, unfit = sum(calls.values()), calls.get("unfit", 0)
    return f"{total} {engine.contract.constructor.verdict}" + (f", {unfit} unfit" if unfit else "") if total else ""


def additions(plan: Plan) -> tuple[list[str], Rows]:
    """Return the header and the rows of what to add to the replacements."""
    rows: Rows = [
        (f"`{row.replacement.rpartition(':')[2]}`", f"`{wish(row)}`", row.uses, row.files, row.frees)
        for row in plan.additions
    ]
    return ["replacement", "what", "uses", "files", "frees"], rows
