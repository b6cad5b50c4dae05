"""The migration at a glance, as one HTML file that needs nothing else."""

from __future__ import annotations

from collections import Counter

from consolidate.gate.finding import callers
from consolidate.render.look import escape
from consolidate.render.words import edit_count, labels, number
from consolidate.reporting.criteria import criteria
from consolidate.reporting.standing import Standing
from planner.model import Phase, Reference
from templates.html import render_page


def page(standing: Standing) -> str:
    """Return the page."""
    plan, short = standing.plan, labels(standing.plan.engines)
    planned = Counter(item.engine for item in callers(plan))
    now = Counter(item.engine for item in standing.now)
    applied = sum(map(standing.is_applied, plan.phases))
    left = number(len(standing.left), "reference")
    engines = [
        {
            "name": escape(short[engine.id]),
            "path": escape(engine.path),
            "goes": escape(engine.replacement.last) if engine.mode == "consolidate" else "(only reported)",
            "planned": planned[engine.id],
            "now": now[engine.id],
            "moved": max(planned[engine.id] - now[engine.id], 0),
        }
        for engine in plan.engines
    ]
    return render_page(
        "report/page.j2",
        ("report/page.css",),
        (),
        None,
        tool=plan.tool,
        migration=plan.migration,
        digest=plan.digest,
        commit=plan.commit,
        target=str(plan.target),
        status=f"{applied} of {number(len(plan.phases), 'phase')} applied, {left} left",
        criteria=[(met, escape(text)) for met, text in criteria(standing)],
        phases=[_phase(standing, phase) for phase in plan.phases],
        engines=engines,
        left=_left(standing.left),
    )


def _phase(standing: Standing, phase: Phase) -> dict[str, object]:
    result = standing.verified.get(phase.number)
    return {
        "number": phase.number,
        "title": escape(phase.title),
        "state": standing.told(phase),
        "commit": standing.commit(phase)[:12],
        "risk": phase.risk,
        "files": len(phase.files),
        "edits": edit_count(standing.plan, phase.number),
        "tests": "" if result is None else f"{result.tests} compared, {result.worse} worse",
    }


def _left(references: tuple[Reference, ...]) -> list[tuple[str, list[str]]]:
    """Return the places that are left, by what is to be done there: the most first."""
    groups: dict[str, list[str]] = {}
    for item in references:
        reason = item.reason or "a phase moves it"
        groups.setdefault(escape(reason), []).append(escape(f"{item.path}:{item.line}"))
    return sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
