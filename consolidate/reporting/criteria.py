"""When a migration is done: criteria that commits, work tree and kept results tick."""

from __future__ import annotations

from consolidate.render.words import labels, number
from consolidate.reporting.standing import Standing


def criteria(standing: Standing) -> list[tuple[bool, str]]:
    """Return each criterion with whether it is met, told by commits, work tree and kept results."""
    plan, left, own = standing.plan, standing.left, standing.own
    short = labels(plan.engines)
    applied = [phase for phase in plan.phases if standing.is_applied(phase)]
    there = sorted({engine.path for engine in standing.engines if engine.path in standing.there})
    unknown = [str(phase.number) for phase in applied if phase.number not in standing.verified]
    worse = [str(number_) for number_, result in sorted(standing.verified.items()) if result.worse]
    tests = "No test newly fails by a phase"
    if worse:
        tests += f": tests newly fail or are gone after phase {', '.join(worse)}"
    elif unknown:
        tests += f": not known here of phase {', '.join(unknown)}"
    elif not applied:
        tests += ": no phase is applied"
    refer = f"{number(len(left), 'reference')} in {number(len({item.path for item in left}), 'file')}"
    alone = ", ".join(short[engine.id] for engine in own)
    return [
        (len(applied) == len(plan.phases), f"Every phase is applied: {len(applied)} of {len(plan.phases)}"),
        (
            not own,
            "One implementation is left" + (f": {number(len(own), 'other')} still there: {alone}" if own else ""),
        ),
        (not left, "No code refers to a legacy implementation" + (f": {refer} left" if left else "")),
        (not there, "The legacy modules are gone" + (f": {number(len(there), 'file')} left" if there else "")),
        (bool(applied) and not worse and not unknown, tests),
    ]
