"""The text of a pull request for each phase: what, why it is safe, what to look at, how to revert."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from consolidate.messages import changed_text
from consolidate.render.markdown import cell, code, table
from consolidate.render.risk_text import why
from consolidate.render.words import by_reason, labels, number
from consolidate.reporting.standing import Standing
from consolidate.review.shape import Shape, shape_of
from planner.model import Action, Edit, FileEdit, Phase, Plan, Risk

_FILES, _RISKY, _SHAPES = 20, 10, 6
"""How many files, risky files and shapes of edits are named; of the others, how many there are."""
_PROVED = (
    "- Proved before it is committed: {}, by code that shares nothing with what made the edits. Of a Python file, the"
    " syntax tree is the old one but for the planned changes; outside of the edits, no byte has changed."
)
_COUNTED = (
    "- Counted over the whole repository before and after: a phase that brings an import that leads nowhere, an unbound"
    " name or an import cycle is refused."
)
_LONGEST = 100  # characters of an example


def markdown(standing: Standing, phases: Sequence[Phase], revert: str) -> str:
    """Return the texts of the phases; `revert` is the command that reverts one, without its number."""
    return "\n".join(line for phase in phases for line in [*_phase(standing, phase, revert), ""])


def _phase(standing: Standing, phase: Phase, revert: str) -> list[str]:
    plan = standing.plan
    sections = {
        "What": _what(plan, phase),
        "Why it is safe": _safe(standing, phase),
        "What to look at": _look_at(phase),
        "What stays": _stays(plan, phase),
        "How to revert": _revert(standing, phase, revert),
    }
    lines = [f"## {cell(plan.migration)}: phase {phase.number}/{len(plan.phases)} {cell(phase.title)}"]
    for title, texts in sections.items():
        lines += ["", f"### {title}", "", *texts]
    return lines


def _what(plan: Plan, phase: Phase) -> list[str]:
    short = labels(plan.engines)
    lines = [changed_text(plan, phase), ""]
    found = Counter(item.engine for item in plan.references if item.phase == phase.number)
    goes = {engine.id: engine.replacement for engine in plan.engines}
    if found:
        rows = [
            (code(short[engine]), code(goes[engine].last), count)
            for engine, count in sorted(found.items(), key=lambda item: (-item[1], item[0]))
        ]
        lines += [*table(("engine", "goes to", "references"), rows), ""]
    shown = [f"- {code(file.path)}{_fate(file)}" for file in phase.files[:_FILES]]
    return [*lines, *shown, *_more(len(phase.files) - _FILES, "file")]


def _fate(file: FileEdit) -> str:
    return " (new)" if file.created else " (deleted)" if file.deleted else ""


def _safe(standing: Standing, phase: Phase) -> list[str]:
    """Return what is known to hold, each as the planner and the proof have seen to it."""
    unproved = sum(1 for file in phase.files if file.unproved)
    proved = len(phase.files) - unproved
    lines = [_PROVED.format(number(proved, "file")), _COUNTED]
    if unproved:
        lines.append(f"- **Not proved**: {number(unproved, 'file')} with edits of the repository's own codemods.")
    if phase.unproved:
        lines.append(f"- **Failed the proof and left as they are**: {number(len(phase.unproved), 'file')}.")
    result = standing.verified.get(phase.number)
    if result is not None:
        verdict = "none of them newly fails" if not result.worse else f"**{result.worse} newly fail or are gone**"
        lines.append(f"- {number(result.tests, 'test')} compared before and after: {verdict}.")
    else:
        lines.append("- Tests before and after: not compared here (`consolidate verify` does).")
    return lines


def _look_at(phase: Phase) -> list[str]:
    reasons = why(phase)
    lines = [f"The risk of this phase is {phase.risk}{f': {reasons}' if reasons else ''}."]
    order = {Risk.HIGH: 0, Risk.MEDIUM: 1}
    risky = sorted((item for item in phase.risk_facts if item.risk in order), key=lambda i: (order[i.risk], i.path))
    rows = [
        (code(item.path), item.risk, ", ".join([*(f"{count} {form}" for form, count in item.forms), *item.facts]))
        for item in risky[:_RISKY]
    ]
    if rows:
        lines += ["", *table(("file", "risk", "why"), rows), *_more(len(risky) - _RISKY, "file")]
    shapes = _shapes(phase)
    if shapes:
        lines += ["", f"Its edits have {number(len(shapes), 'shape')}, the rarest first:", ""]
        lines += table(
            ("edits", "before", "after", "example"),
            [
                (count, code(_cut(edit.old)), code(_cut(edit.new)), code(f"{path}:{edit.line}"))
                for _, (count, path, edit) in shapes[:_SHAPES]
            ],
        )
        lines += _more(len(shapes) - _SHAPES, "shape")
    lines += [f"- {cell(note)}" for note in phase.notes]
    return lines


def _shapes(phase: Phase) -> list[tuple[Shape, tuple[int, str, Edit]]]:
    """Return the shapes of a phase's edits with how many there are and the first of each, the rarest first."""
    found: dict[Shape, tuple[int, str, Edit]] = {}
    for file in phase.files:
        for edit in file.edits:
            shape = shape_of(edit.codemod, "", edit.old, edit.new)
            count, path, first = found.get(shape, (0, file.path, edit))
            found[shape] = count + 1, path, first
    return sorted(found.items(), key=lambda item: (item[1][0], item[0]))


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def _stays(plan: Plan, phase: Phase) -> list[str]:
    paths = {file.path for file in phase.files}
    here = [item for item in plan.references if item.path in paths]
    lines = []
    for action, what in ((Action.MANUAL, "by hand"), (Action.LEFT, "left")):
        lines += [
            f"- {number(len(group), 'reference')} {what}: {cell(reason)}" for reason, group in by_reason(here, action)
        ]
    return lines or ["Nothing in these files."]


def _revert(standing: Standing, phase: Phase, revert: str) -> list[str]:
    lines = ["```", f"{revert} {phase.number} --check", f"{revert} {phase.number}", "```"]
    state = standing.state(phase)
    commits = state.own if state is not None else ()
    if commits:
        lines += ["", f"Applied as commit {code(commits[-1].commit[:12])}; its revert is a commit, too."]
    if phase.number < len(standing.plan.phases):
        lines += ["", "Later phases are reverted first; `--through` does so."]
    return lines


def _more(count: int, noun: str) -> list[str]:
    return ["", f"And {number(count, 'other ' + noun)}."] if count > 0 else []
