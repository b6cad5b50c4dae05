"""The issue-tracker document: problem, violations, steps, files, and success criteria that facts tick."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from consolidate.render.markdown import box, cell, code, table
from consolidate.render.words import by_reason, edit_count, labels, number
from consolidate.reporting.criteria import criteria
from consolidate.reporting.standing import Standing
from planner.model import Action, Phase

_FILES = 50


def tracker(standing: Standing, commands: Sequence[str]) -> str:
    """Return the document; `commands` are those that go on with the migration."""
    plan = standing.plan
    applied = sum(map(standing.is_applied, plan.phases))
    met = criteria(standing)
    done = all(ticked for ticked, _ in met)
    state = "Complete" if done else f"In progress: {applied} of {number(len(plan.phases), 'phase')} applied"
    dates = [commit.date[:10] for phase in plan.phases if (s := standing.state(phase)) for commit in s.own]
    engines = number(len(standing.engines), "implementation")
    references = number(len(plan.references), "reference")
    files = number(len({item.path for item in plan.references}), "file")
    lines = [
        f"# {cell(plan.migration)}: {engines} become {plan.target.last}",
        "",
        f"**Status:** {state}  ",
        f"**Target:** {code(str(plan.target))}  ",
        f"**Planned:** commit {code(plan.commit[:12])}, plan {code(plan.digest[:12])}  ",
        f"**Last phase applied:** {max(dates) if dates else 'none'}",
        "",
        "## Problem Summary",
        "",
        f"{engines} of one thing, with {references} in {files} when the migration was planned.",
        "",
        *_violations(standing),
        "",
        "## Work Progress",
        "",
        *_steps(standing),
        *_files(standing),
        "## Success Criteria",
        "",
        *(box(ticked, cell(text)) for ticked, text in met),
        "",
    ]
    if commands and not done:
        lines += ["## Next", "", "```", *commands, "```", ""]
    return "\n".join(lines)


def _violations(standing: Standing) -> list[str]:
    plan, short = standing.plan, labels(standing.plan.engines)
    now = Counter(item.engine for item in standing.now)
    before = Counter(item.engine for item in plan.references)
    rows = [
        (
            code(short[engine.id]),
            code(engine.path) if engine.path else "(gone)",
            code(engine.replacement.last) if engine.mode == "consolidate" else "(only reported)",
            len(engine.importers),
            before[engine.id],
            now[engine.id],
        )
        for engine in plan.engines
    ]
    header = ("implementation", "file", "goes to", "importers", "references planned", "in code now")
    remark = "`in code now` is what `consolidate check --no-baseline` finds in the work tree."
    return ["## Violations Found", "", *table(header, rows), "", remark]


def _steps(standing: Standing) -> list[str]:
    plan = standing.plan
    count = Counter(item.action for item in plan.references)
    lines = [
        "### Step 0: Inventory and plan ✅",
        "",
        box(
            True, f"Found {number(len(plan.references), 'reference')} in {number(plan.scanned, 'file')} that were read"
        ),
        box(
            True,
            f"Planned {count[Action.REWRITTEN]} to be rewritten, {count[Action.MANUAL]} to be done by hand, "
            f"{count[Action.LEFT]} to be left",
        ),
        "",
    ]
    for phase in plan.phases:
        lines += [*_phase(standing, phase), ""]
    return [*lines, *_by_hand(standing, len(plan.phases) + 1), ""]


def _phase(standing: Standing, phase: Phase) -> list[str]:
    applied, state = standing.is_applied(phase), standing.state(phase)
    commit = next(reversed(state.own), None) if state is not None else None
    if commit is not None:
        told = f"Applied: commit {code(commit.commit[:12])}, {commit.date[:10]}, {cell(commit.author)}"
    elif applied:
        told = "Applied, by a commit whose message does not say so"
    else:
        told = "Applied" + (" (it was reverted)" if state is not None and state.commits else "")
    edits = number(edit_count(standing.plan, phase.number), "edit")
    lines = [
        f"### Step {phase.number}: {cell(phase.title)}{' ✅' if applied else ''}",
        "",
        box(applied, told),
        box(applied, f"{edits} in {number(len(phase.files), 'file')}, risk {phase.risk}"),
    ]
    result = standing.verified.get(phase.number)
    if result is None:
        lines += [box(False, "Tests compared before and after (`consolidate verify`)")]
    else:
        found = f"{result.worse} newly fail or are gone" if result.worse else "none newly fails"
        lines += [box(not result.worse, f"{number(result.tests, 'test')} compared before and after: {found}")]
    return lines


def _by_hand(standing: Standing, step: int) -> list[str]:
    manual = [item for item in standing.left if item.action is Action.MANUAL]
    groups = by_reason(manual, Action.MANUAL)
    lines = [f"### Step {step}: By hand{'' if groups else ' ✅'}", ""]
    if not groups:
        return [*lines, box(True, "Nothing in code is left to be done by hand")]
    return lines + [box(False, f"{cell(reason)} ({number(len(group), 'reference')})") for reason, group in groups]


def _files(standing: Standing) -> list[str]:
    count = Counter(item.path for item in standing.left)
    if not count:
        return []
    order = sorted(count, key=lambda path: (-count[path], path))
    lines = ["## Files to Change", ""]
    lines += [f"- {code(path)} ({number(count[path], 'reference')})" for path in order[:_FILES]]
    if len(order) > _FILES:
        lines += [f"- and {number(len(order) - _FILES, 'other file')} (`consolidate check` lists every place)"]
    return [*lines, ""]
