"""The migration at a glance, as facts for programs."""

from __future__ import annotations

from collections import Counter
from typing import Any

from consolidate.gate.finding import callers
from consolidate.render.words import edit_count
from consolidate.reporting.criteria import criteria
from consolidate.reporting.standing import Standing
from planner.model import Phase


def facts(standing: Standing) -> dict[str, Any]:
    """Return what `consolidate report` tells, as JSON has it."""
    plan = standing.plan
    planned = Counter(item.engine for item in callers(plan))
    now = Counter(item.engine for item in standing.now)
    return {
        "migration": plan.migration,
        "plan": plan.digest,
        "commit": plan.commit,
        "target": str(plan.target),
        "criteria": [{"met": met, "text": text} for met, text in criteria(standing)],
        "phases": [_phase(standing, phase) for phase in plan.phases],
        "engines": [
            {
                "id": engine.id,
                "path": engine.path,
                "replacement": str(engine.replacement),
                "mode": engine.mode,
                "planned": planned[engine.id],
                "now": now[engine.id],
            }
            for engine in plan.engines
        ],
        "left": [
            {"path": item.path, "line": item.line, "engine": item.engine, "form": item.form, "reason": item.reason}
            for item in standing.left
        ],
    }


def _phase(standing: Standing, phase: Phase) -> dict[str, Any]:
    result = standing.verified.get(phase.number)
    commit = standing.commit(phase)
    return {
        "number": phase.number,
        "title": phase.title,
        "state": standing.told(phase),
        "commit": commit or None,
        "risk": str(phase.risk),
        "files": len(phase.files),
        "edits": edit_count(standing.plan, phase.number),
        "verified": None if result is None else {"tests": result.tests, "worse": result.worse},
    }
