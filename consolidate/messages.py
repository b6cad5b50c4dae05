"""The commit messages of phases and of their reverts (contract.md, "Commits")."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from consolidate.gitstep import trailers
from consolidate.gitstep.history import PhaseCommit
from consolidate.gitstep.trailers import format_message
from consolidate.render.look import escape
from consolidate.render.words import by_reason, labels, number
from planner.model import Action, Phase, Plan

_REASONS = 5  # reasons named of what is left


def phase_message(plan: Plan, phase: Phase, version: str) -> str:
    """Return the message of a phase's commit: what changed, what is left, how to revert, the trailers."""
    total = len(plan.phases)
    header = f"refactor({plan.migration}): phase {phase.number}/{total} {escape(phase.title)}"
    trailing = (
        (trailers.PHASE, f"{phase.number}/{total}"),
        (trailers.MIGRATION, plan.migration),
        (trailers.PLAN, f"sha256:{plan.digest}"),
        (trailers.VERSION, version),
    )
    paragraphs = [
        changed_text(plan, phase),
        unproved_edits(phase),
        _engines(plan, phase),
        _left(plan, phase),
        _way_back(phase.number),
    ]
    return format_message(header, paragraphs, trailing)


def revert_message(migration: str, phases: Sequence[PhaseCommit], version: str) -> str:
    """Return the message of the commit that takes a commit back: that of one phase, or of several (a squash merge)."""
    commit = phases[-1]
    if len(phases) == 1:
        header = f"revert({migration}): phase {commit.phase}/{commit.total} {commit.title}"
        again = f"`consolidate apply --phase {commit.phase}` makes them again."
    else:
        numbers = ", ".join(str(each.phase) for each in sorted(phases, key=lambda each: each.phase))
        header = f"revert({migration}): phases {numbers} of {commit.total}"
        again = "`consolidate apply --all` makes them again."
    # Not the words of `git revert`: this commit is known by its trailer.
    text = f"Takes back the changes of commit {commit.commit[:12]}. {again}"
    trailing = (
        *((trailers.REVERTS, str(each.phase)) for each in phases),
        (trailers.MIGRATION, migration),
        (trailers.PLAN, commit.plan),
        (trailers.VERSION, version),
    )
    return format_message(header, [text], trailing)


def changed_text(plan: Plan, phase: Phase) -> str:
    """Return what a phase changes, in a sentence."""
    edits = Counter(edit.codemod for file in phase.files for edit in file.edits)
    by_codemod = ", ".join(f"{name} {count}" for name, count in sorted(edits.items()))
    files = number(len(phase.files), "file")
    made = f": {by_codemod}" if by_codemod else ""
    return f"Moves to {plan.target.last}: {number(edits.total(), 'edit')} in {files}{made}."


def unproved_edits(phase: Phase) -> str:
    """Return what the user's own codemods did that nothing proves, "" where there is no such thing."""
    found = Counter(codemod for file in phase.files for codemod in file.unproved)
    lines = [f"- {number(count, 'file')} edited by {codemod}" for codemod, count in sorted(found.items())]
    return "\n".join(["Not proved, to be read by a reviewer:", *lines]) if lines else ""


def _engines(plan: Plan, phase: Phase) -> str:
    short = labels(plan.engines)
    found = Counter(item.engine for item in plan.references if item.phase == phase.number)
    lines = [f"- {escape(short.get(engine, engine))}: {number(count, 'reference')}" for engine, count in found.items()]
    return "\n".join(["Engines:", *sorted(lines)]) if lines else ""


def _left(plan: Plan, phase: Phase) -> str:
    later = sum(1 for item in plan.references if item.phase is not None and item.phase > phase.number)
    lines = [f"- {number(later, 'reference')} in later phases"] if later else []
    for action, what in ((Action.MANUAL, "to be done by hand"), (Action.LEFT, "left as they are")):
        groups = by_reason(plan.references, action)
        if not groups:
            continue
        lines.append(f"- {number(sum(len(group) for _, group in groups), 'reference')} {what}:")
        lines += [f"  - {len(group)} {escape(reason)}" for reason, group in groups[:_REASONS]]
        if len(groups) > _REASONS:
            lines.append(f"  - {sum(len(group) for _, group in groups[_REASONS:])} for other reasons")
    return "\n".join(["What is left:", *lines]) if lines else "Nothing is left."


def _way_back(phase: int) -> str:
    return f"To revert: `consolidate revert --phase {phase}`"
