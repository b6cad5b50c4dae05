"""Which phases are applied, told from the commits: their trailers are the only record (contract.md, "Commits").

Pure: commit records in, phase commits and states out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from consolidate.gitstep import trailers
from consolidate.gitstep.log import CommitRecord

# What `git log` has to look for: a phase, a revert of ours, a revert by `git revert`.
NEEDLES: tuple[str, ...] = (f"{trailers.PHASE}:", f"{trailers.REVERTS}:", "This reverts commit ")

_BY_HAND = re.compile(r"^This reverts commit ([0-9a-f]{7,64})", re.MULTILINE)
_NUMBERS = re.compile(r"(\d{1,6})(?:/(\d{1,6}))?")
_HEADER = re.compile(r"refactor\(.*?\): phase \d+/\d+ (.+)")


@dataclass(frozen=True, slots=True)
class PhaseCommit:
    """One commit of one phase. `phase` is 1-based, `total` the number of phases of its plan (0 where it isn't said).

    `plan` is the plan's digest as the trailer has it (`sha256:…`), `reverted_by` the id of the commit that reverted
    this one, or "" while it is applied.
    """

    phase: int
    total: int
    commit: str
    date: str
    author: str
    title: str
    plan: str
    version: str
    reverted_by: str = ""


@dataclass(frozen=True, slots=True)
class PhaseState:
    """What became of one phase: its commits, oldest first; it is applied while the newest is not reverted."""

    phase: int
    commits: tuple[PhaseCommit, ...]

    @property
    def applied(self) -> bool:
        """Whether the branch has this phase now."""
        return not self.commits[-1].reverted_by

    @property
    def last(self) -> PhaseCommit:
        """The newest commit of the phase."""
        return self.commits[-1]


def phase_commits(records: Iterable[CommitRecord], migration: str, plan: str = "") -> tuple[PhaseCommit, ...]:
    """Return a migration's phase commits, oldest first, each with the commit that reverted it.

    `records` come newest first, as `log` yields them. `plan` restricts to commits of one plan digest. A commit with
    `Consolidate-Reverts` reverts the newest applied commit of that phase; `git revert` by hand reverts the commit that
    it names, and reverting a revert brings the phase back.
    """
    found: list[PhaseCommit] = []
    for record in reversed(tuple(records)):
        numbers = _NUMBERS.fullmatch(record.trailer(trailers.REVERTS))
        ours = record.trailer(trailers.MIGRATION) == migration
        if numbers and ours:
            _revert_phase(found, int(numbers[1]), record.id)
        elif named := _BY_HAND.findall(record.body):
            # Before the trailers: a revert of a revert made by hand may quote them.
            for commit in named:
                _revert_commit(found, commit, record.id)
        elif ours and (phase := _phase_commit(record)):
            found.append(phase)
    return tuple(commit for commit in found if not plan or commit.plan == plan)


def states(commits: Iterable[PhaseCommit]) -> tuple[PhaseState, ...]:
    """Return one state for each phase that has ever been applied, by phase number."""
    by_phase: dict[int, list[PhaseCommit]] = {}
    for commit in commits:
        by_phase.setdefault(commit.phase, []).append(commit)
    return tuple(PhaseState(phase, tuple(by_phase[phase])) for phase in sorted(by_phase))


def _phase_commit(record: CommitRecord) -> PhaseCommit | None:
    numbers = _NUMBERS.fullmatch(record.trailer(trailers.PHASE))
    if not numbers:
        return None
    header = _HEADER.fullmatch(record.subject)
    return PhaseCommit(
        phase=int(numbers[1]),
        total=int(numbers[2] or 0),
        commit=record.id,
        date=record.date,
        author=record.author,
        title=header[1] if header else record.subject,
        plan=record.trailer(trailers.PLAN),
        version=record.trailer(trailers.VERSION),
    )


def _revert_phase(found: list[PhaseCommit], phase: int, by: str) -> None:
    for index in range(len(found) - 1, -1, -1):
        if found[index].phase == phase and not found[index].reverted_by:
            found[index] = replace(found[index], reverted_by=by)
            return


def _revert_commit(found: list[PhaseCommit], commit: str, by: str) -> None:
    for index, phase in enumerate(found):
        if phase.commit.startswith(commit):
            found[index] = replace(phase, reverted_by=phase.reverted_by or by)
        elif phase.reverted_by.startswith(commit):
            found[index] = replace(phase, reverted_by="")
