"""What the gate finds: one place each, and the findings of a plan of the work tree."""

from __future__ import annotations

from msgspec import Struct

from planner.forms import is_code
from planner.model import Action, Plan, Reference


class Finding(Struct, frozen=True):
    """One finding.

    `rule` is an id of `consolidate.gate.rules`, `line` is 1-based, `column` 0-based in bytes of the file, as in a plan.
    `symbol` is the engine's id (a shim's: its module), `form` that of the reference ("shim"), `text` the source that
    names it, `what` says what it is, `todo` what to do.
    """

    rule: str
    path: str
    line: int
    column: int
    symbol: str
    form: str
    text: str
    what: str
    todo: str


def legacy_references(plan: Plan) -> tuple[Finding, ...]:
    """Return the references in code outside of the legacy modules, by place."""
    from consolidate.render.words import labels

    short = labels(plan.engines)
    homes = {engine.id: str(engine.replacement) for engine in plan.engines}
    return tuple(
        Finding(
            "legacy-reference",
            item.path,
            item.line,
            item.column,
            item.engine,
            item.form,
            item.text,
            f"{item.form} of {short.get(item.engine, item.engine)}",
            item.reason if item.action is not Action.REWRITTEN else f"use {item.new or homes[item.engine]}",
        )
        for item in callers(plan)
    )


def callers(plan: Plan) -> tuple[Reference, ...]:
    """Return the references in code outside of the legacy modules, by place."""
    legacy = {engine.path for engine in plan.engines}
    found = (item for item in plan.references if is_code(item.form) and item.path not in legacy)
    return tuple(sorted(found, key=lambda item: (item.path, item.line, item.column, item.engine)))
