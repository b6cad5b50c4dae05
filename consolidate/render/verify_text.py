"""The result of a verification as text: counts first, then the tests that matter, then what to do."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from consolidate.render.look import Look
from consolidate.render.table import Column, table
from consolidate.verifying.compare import counts
from consolidate.verifying.junit import Case, Outcome
from consolidate.verifying.running import COMMAND, Ran
from consolidate.verifying.verifier import Verdict

LISTED = 20  # tests of one group that are named
_RUNS = (
    Column("tests", gives=True),
    *(Column(title, right=True) for title in ("passed", "failed", "error", "skipped", "seconds")),
)


def verdict_lines(verdict: Verdict, look: Look, *, everything: bool = False) -> list[str]:
    """Return the lines for one phase; with `everything`, no list is cut."""
    found = verdict.comparison
    lines = table(_RUNS, _runs(verdict), look, indent=2)
    groups = (
        ("newly failing", len(found.newly_failing), "red"),
        ("gone", len(found.gone), "red"),
        ("flaky", len(found.flaky), "magenta"),
        ("newly passing", len(found.newly_passing), "green"),
        ("new", len(found.new), ""),
        ("renamed", len(found.renamed), ""),
        ("red before and after", len(found.still_failing), ""),
    )
    shown = [f"{count} {name}" for name, count, _ in groups[:2]]
    shown = [look.paint(text, "bold", "red") if not text.startswith("0 ") else text for text in shown]
    shown += [look.paint(f"{count} {name}", *([style] if style else [])) for name, count, style in groups[2:] if count]
    lines += ["  " + ", ".join(shown)]
    if verdict.recalled:
        lines.append("  before: results of the last hour, for the same files; --fresh runs these tests again")
    most = 10**9 if everything else LISTED
    for title, cases in (("Newly failing", found.newly_failing), ("Gone", found.gone), ("Flaky", found.flaky)):
        lines += _listing(title, cases, look, most)
    if everything:
        lines += _listing("Newly passing", found.newly_passing, look, most)
        lines += _listing("Red before and after", found.still_failing, look, most)
        lines += [f"  {look.plain(old.name)} {look.arrow} {look.plain(new.name)}" for old, new in found.renamed]
    return lines


def _runs(verdict: Verdict) -> list[tuple[str, ...]]:
    sides = (("before", verdict.before), ("after", verdict.after))
    rows = []
    for side, ran in sides:
        name = f"{side}, {verdict.commits[side == 'after'][:12]}"
        rows.append((name, *_counted(ran), f"{ran.seconds:.1f}"))
    return rows


def _counted(ran: Ran) -> tuple[str, ...]:
    found = counts(ran.tests)
    return tuple(str(found[outcome]) for outcome in (Outcome.PASSED, Outcome.FAILED, Outcome.ERROR, Outcome.SKIPPED))


def _listing(title: str, cases: Sequence[Case], look: Look, most: int) -> list[str]:
    if not cases:
        return []
    lines = ["", f"{title}:"]
    for case in cases[:most]:
        name = "the command itself" if case.name == COMMAND else look.plain(case.name)
        lines.append(f"  {look.cut(name, look.width - 2) if most == LISTED else name}")
        if case.message and case.outcome is not Outcome.PASSED:
            message = look.plain(case.message)
            lines.append(f"      {look.cut(message, look.width - 6) if most == LISTED else message}")
    if len(cases) > most:
        lines.append(f"  and {len(cases) - most} more: -v names them all")
    return lines


def place(log: Path, root: Path) -> str:
    """Return where an output lies, relative to the root of the work tree where it is below it."""
    return str(log.relative_to(root)) if log.is_relative_to(root) else str(log)
