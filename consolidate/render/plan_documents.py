"""The plan for other programs and for documents: Markdown, CSV and Mermaid."""

from __future__ import annotations

import csv
import io

from consolidate.render import contract_documents
from consolidate.render.look import escape
from consolidate.render.markdown import cell, table
from consolidate.render.risk_text import why
from consolidate.render.words import action_counts, by_reason, edit_count, labels, number, totals
from planner.model import Action, Plan, encode

_MATRIX = (
    "How often importers use a member of an engine, and what the replacement has: the same, where nothing is said."
)
_FREES = "`frees` counts the importers that can move once the replacement has this and what stands above it."
_FIELDS = ("path", "line", "column", "engine", "form", "action", "phase", "risk", "text", "new", "reason")


def markdown(plan: Plan) -> str:
    """Return the plan as a Markdown document (tables in the form of GitHub)."""
    short = labels(plan.engines)
    count = action_counts(plan.references)
    target = escape(str(plan.target))
    lines = [
        f"# Plan of the migration {cell(plan.migration)}",
        "",
        f"Everything goes to `{target}`. Planned: commit `{plan.commit[:12]}`, plan `{plan.digest[:12]}`.",
        "",
        "## Engines",
        "",
    ]
    rows = []
    for engine in plan.engines:
        numbers = dict(engine.references)
        rows.append(
            (
                f"`{engine.id}`",
                f"`{engine.replacement}`",
                len(engine.importers),
                sum(numbers.values()),
                *(numbers.get(action, 0) for action in Action),
                str(engine.shim) if engine.mode == "consolidate" else engine.mode,
            )
        )
    lines += table(("engine", "replacement", "importers", "references", *map(str, Action), "shim"), rows)
    for title, (header, cells), remark in (
        ("Contract", contract_documents.matrix(plan.engines), _MATRIX),
        ("Add to the replacement first", contract_documents.additions(plan), _FREES),
    ):
        if cells:
            lines += ["", f"## {title}", "", remark, "", *table(header, cells)]
    lines += ["", "## Phases", ""]
    phases = [
        (phase.number, phase.title, len(phase.files), edit_count(plan, phase.number), phase.risk, why(phase))
        for phase in plan.phases
    ]
    lines += table(("phase", "title", "files", "edits", "risk", "why"), phases) if phases else ["None."]
    for action, title in ((Action.MANUAL, "To do by hand"), (Action.LEFT, "Left as they are")):
        if count[action]:
            lines += ["", f"## {title}", ""]
            for reason, group in by_reason(plan.references, action):
                lines += [f"- {cell(reason)} ({number(len(group), 'reference')})"]
                lines += [
                    f"  - `{escape(item.path)}:{item.line}` {cell(short.get(item.engine, item.engine))}"
                    for item in group
                ]
    if plan.skipped:
        lines += ["", "## Skipped files", ""]
        lines += [f"- `{escape(file.path)}`: {cell(file.reason)}" for file in plan.skipped]
    return "\n".join([*lines, "", "; ".join(totals(plan)).capitalize() + ".", ""])


def references_csv(plan: Plan, phase: int | None = None, engine: str | None = None) -> bytes:
    """Return the references as CSV (RFC 4180); odd bytes of the sources stay as they are.

    With `phase` (its number) or `engine` (its id) only those of it.
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(_FIELDS)
    for reference in plan.references:
        if phase in (None, reference.phase) and engine in (None, reference.engine):
            values = (getattr(reference, name) for name in _FIELDS)
            writer.writerow("" if value is None else str(value) for value in values)
    return encode(stream.getvalue())


def mermaid(plan: Plan) -> str:
    """Return the migration as a Mermaid flow chart: engines, what takes their place, and the phases in order."""
    short = labels(plan.engines)
    targets = sorted({str(engine.replacement) for engine in plan.engines})
    lines = ["flowchart LR"]
    lines += [f'  t{index}(["{_label(name.rpartition(":")[2])}"])' for index, name in enumerate(targets)]
    for index, engine in enumerate(plan.engines):
        text = f"{short[engine.id]}<br/>{number(len(engine.importers), 'importer')}"
        line = "-->" if engine.mode == "consolidate" else "-.->"
        lines += [f'  e{index}["{_label(text)}"] {line} t{targets.index(str(engine.replacement))}']
    if plan.phases:
        lines += ["  subgraph phases"]
        for phase in plan.phases:
            title = _label(f"{phase.number} {phase.title}<br/>{number(len(phase.files), 'file')}")
            lines += [f'    p{phase.number}["{title}"]']
        if len(plan.phases) > 1:
            lines += ["    " + " --> ".join(f"p{phase.number}" for phase in plan.phases)]
        lines += ["  end"]
    return "\n".join([*lines, ""])


def _label(text: str) -> str:
    parts = (escape(part).replace("#", "#35;").replace('"', "#quot;") for part in text.split("<br/>"))
    return "<br/>".join(part.replace("<", "#lt;") for part in parts)
