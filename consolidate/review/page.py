"""The review page: a plan as one HTML file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from consolidate.plans import Chosen
from consolidate.render.look import escape
from consolidate.render.words import labels, number, totals
from consolidate.review.decisions import REJECTED, Decision
from consolidate.review.heat import heat
from consolidate.review.items import RISKS, Item, ranked
from consolidate.review.kept_back import Answers, KeptBack
from consolidate.review.owners import Owners
from consolidate.review.rows import Hunk, Row, shown
from consolidate.review.todo import todo
from planner.model import Action, EnginePlan, Plan
from templates.html import render_page

STYLES = ("review/page.css", "review/diff.css")
SCRIPTS = ("review/decisions.js", "review/highlight.js", "review/diff.js", "review/list.js", "review/page.js")
_SHORT = 200  # characters of each side of an edit that are searched


def review_page(
    chosen: Chosen,
    items: Sequence[Item],
    owners: Owners,
    decisions: Mapping[str, Decision],
    revert: Sequence[str],
    kept: Answers,
) -> str:
    """Return the page.

    `decisions` are by id, `revert` is the command for each phase and for all, `kept` what rejections keep back.
    """
    plan = chosen.plan
    edits = Counter(item.phase for item in items)
    applied = {state.phase: state for state in chosen.states}
    names = labels(plan.engines)
    return render_page(
        "review/page.j2",
        STYLES,
        SCRIPTS,
        page_data(plan, items, decisions, kept),
        tool=plan.tool,
        migration=plan.migration,
        digest=plan.digest,
        commit=plan.commit,
        target=str(plan.target),
        totals=totals(plan),
        revert_all=revert[-1],
        phases=[
            {
                "number": phase.number,
                "title": escape(phase.title),
                "notes": [escape(note) for note in phase.notes],
                "state": _state(applied.get(phase.number)),
                "risk": phase.risk,
                "files": len(phase.files),
                "edits": edits[phase.number],
                "revert": command,
            }
            for phase, command in zip(plan.phases, revert, strict=False)
        ],
        before=_before(items, decisions),
        heat=_heat(chosen, names),
        todo=_todo(plan, owners),
        skipped=[{"path": escape(item.path), "reason": escape(item.reason)} for item in plan.skipped],
        contract=[_contract(engine, names) for engine in plan.engines],
    )


def page_data(plan: Plan, items: Sequence[Item], decisions: Mapping[str, Decision], kept: Answers) -> dict[str, Any]:
    """Return what the scripts of the page work with; texts are fit to be shown, and numbers point into lists."""
    paths, hunks, shapes = _Numbers(), _Numbers(), _Numbers()
    names = labels(plan.engines)
    for shape, _ in ranked(items):
        shapes.of(shape)
    rows = [
        [
            item.id,
            item.phase,
            paths.of(escape(item.path)),
            item.line,
            RISKS.index(item.risk),
            item.proof,
            shapes.of(item.shape),
            hunks.of(item.hunk) if item.hunk is not None else -1,
            sorted({names.get(reference.engine, reference.engine) for reference in item.references}),
            [[reference.form, shown(reference.text), shown(reference.new)] for reference in item.references],
            f"{item.old[:_SHORT]}\n{item.new[:_SHORT]}".encode("utf-8", "replace").decode(),
        ]
        for item in items
    ]
    return {
        "migration": plan.migration,
        "commit": plan.commit,
        "plan": plan.digest,
        "kept": [
            [paths.of(escape(path)), [_kept(item, paths) for item in found]] for path, found in sorted(kept.of.items())
        ],
        "unasked": [paths.of(escape(path)) for path in sorted(kept.unasked)],
        "undeleted": [paths.of(escape(path)) for path in kept.undeleted],
        "paths": paths.values,
        "shapes": [
            [shape.id, shape.codemod, shape.form, _text(shape.before), _text(shape.after)] for shape in shapes.values
        ],
        "hunks": [_hunk(hunk) for hunk in hunks.values],
        "edits": rows,
        "decisions": {id_: [item.verdict, item.comment] for id_, item in sorted(decisions.items())},
    }


class _Numbers:
    """Numbers values in the order in which they come; equal ones have one number."""

    def __init__(self) -> None:
        self._numbers: dict[Any, int] = {}

    @property
    def values(self) -> list[Any]:
        return list(self._numbers)

    def of(self, value: Any) -> int:
        return self._numbers.setdefault(value, len(self._numbers))


def _kept(item: KeptBack, paths: _Numbers) -> list[Any]:
    return [paths.of(escape(item.path)), item.fate, item.told, escape(item.reason)]


def _hunk(hunk: Hunk) -> list[Any]:
    return [hunk.old_start, hunk.new_start, hunk.cut, [_row(row) for row in hunk.rows]]


def _row(row: Row) -> Any:
    if not row.changed and row.old is not None:
        return row.old[0]
    return [row.old, row.new]


def _before(items: Sequence[Item], decisions: Mapping[str, Decision]) -> list[str]:
    """Return the rejected edits that the plan does not have: it was made without them, or their file has changed."""
    known = {item.id for item in items}
    gone = (item for item in decisions.values() if item.verdict == REJECTED and item.id not in known)
    found = sorted(gone, key=lambda item: (item.path, item.line, item.id))
    return [f"{escape(item.path)}:{item.line}: {item.reason}" for item in found]


def _text(text: str) -> str:
    return escape(text)


def _state(state: Any) -> str:
    return "pending" if state is None else "applied" if state.applied else "reverted"


def _heat(chosen: Chosen, names: Mapping[str, str]) -> dict[str, Any]:
    found = heat(chosen.plan.engines, chosen.plan.references, chosen.applied)
    return {
        # In pieces, because a column is narrower than a path.
        "packages": [re.split(r"(?<=[/_])", escape(name)) for name in found.packages],
        "rows": [{"id": id_, "label": names[id_], "cells": cells} for id_, cells in found.rows],
    }


def _todo(plan: Plan, owners: Owners) -> list[dict[str, Any]]:
    return [
        {
            "name": escape(owned.name),
            "manual": owned.count(Action.MANUAL),
            "left": owned.count(Action.LEFT),
            "groups": [
                {
                    "action": str(group.action),
                    "reason": escape(group.reason),
                    "places": [
                        {"where": f"{escape(item.path)}:{item.line}", "text": shown(item.text), "form": item.form}
                        for item in group.references
                    ],
                }
                for group in owned.groups
            ],
        }
        for owned in todo(plan.references, owners)
    ]


def _contract(engine: EnginePlan, names: Mapping[str, str]) -> dict[str, Any]:
    made = engine.contract.constructor
    calls = ", ".join(f"{count} {name}" for name, count in made.calls if count)
    return {
        "label": names[engine.id],
        "replacement": str(engine.replacement),
        "shim": str(engine.shim),
        "importers": number(len(engine.importers), "importer"),
        "lacking": len(engine.lacking),
        "notes": [escape(note) for note in engine.notes],
        "legacy": escape(made.legacy),
        "constructed": calls,
        "members": [
            {
                "name": escape(member.member),
                "uses": member.uses,
                "files": member.files,
                "verdict": str(member.verdict),
                "how": escape(member.how),
                "legacy": escape(member.legacy),
                "replacement": escape(member.replacement),
                "place": escape(member.places[0]) if member.places else "",
            }
            for member in engine.contract.members
        ],
    }
