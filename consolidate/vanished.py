"""The references that a legacy module itself had, and that go with its implementation when it becomes a shim."""

from __future__ import annotations

from planner.decision import Decision
from planner.facts import FileFacts
from planner.found import Found
from planner.model import Action, Reference
from planner.shims import ShimPlan
from planner.survey import Survey


def vanished(survey: Survey, plan: ShimPlan, decision: Decision | None) -> list[Reference]:
    """Return the references of a module that are gone with its shim; `decision` has those of what stays beside it."""
    file = next((file for file in survey.files if file.path == plan.path), None)
    stay = {(item.line, item.column) for item in decision.references} if decision is not None else set()
    kept = plan.kept.names if plan.kept is not None else frozenset()
    has = kept | {item.name for item in plan.served}
    return [
        Reference(
            path=plan.path,
            line=item.line,
            column=item.column,
            engine=item.destination.engine.id,
            form=item.form,
            action=Action.REWRITTEN,
            text=item.shown,
            new="(the shim)" if file is not None and _local(file.facts, item) in has else "(gone with the rest)",
        )
        for item in (file.references if file is not None else ())
        if item.listed and (item.line, item.column) not in stay
    ]


def _local(facts: FileFacts, item: Found) -> str:
    """Return the name under which a module has what a reference reaches."""
    if item.use >= 0:
        return facts.uses[item.use].name
    return facts.aliases[item.alias].local if item.alias >= 0 else item.key.name
