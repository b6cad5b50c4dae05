"""Which phases are applied, told from the commits' trailers (contract.md, "Commits").

Pure: commit records in, phase commits and states out. `consolidate.presence` adds what only the tree can tell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from msgspec import Struct
from msgspec.structs import replace

from consolidate.gitstep import trailers
from consolidate.gitstep.log import CommitRecord
from consolidate.gitstep.squash import Part, parts

# What `git log` has to look for: a phase, a revert of ours, a revert by `git revert`.
NEEDLES: tuple[str, ...] = (f"{trailers.PHASE}:", f"{trailers.REVERTS}:", "This reverts commit ")

_BY_HAND = re.compile(r"^This reverts commit ([0-9a-f]{7,64})", re.MULTILINE)
_NUMBERS = re.compile(r"(\d{1,6})(?:/(\d{1,6}))?")
_HEADER = re.compile(r"refactor\(.*?\): phase \d+/\d+ (.+)")
_LAYER = re.compile(r'(?:Revert|Reapply) "')
_QUOTED = re.compile(r"(refactor|revert)\((.*?)\): phase (\d{1,6})/\d+ ")

Reaches = Callable[[str, str], bool]


class PhaseCommit(Struct, frozen=True):
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


class PhaseState(Struct, frozen=True):
    """What became of one phase: its commits, oldest first; it is applied while one of them is not reverted.

    `in_tree` is what the tree tells where it contradicts the commits, else None: True where the phase is there without
    a commit (a squash whose message was thrown away), False where it is gone without a revert.
    """

    phase: int
    commits: tuple[PhaseCommit, ...]
    in_tree: bool | None = None

    @property
    def applied(self) -> bool:
        """Whether the branch has this phase now."""
        return bool(self.own) if self.in_tree is None else self.in_tree

    @property
    def own(self) -> tuple[PhaseCommit, ...]:
        """The commits that a revert would take back, oldest first: none for a phase without a commit."""
        return () if self.in_tree is False else tuple(commit for commit in self.commits if not commit.reverted_by)

    @property
    def last(self) -> PhaseCommit | None:
        """The newest commit that is not reverted, else the newest; None where no commit tells of the phase."""
        return next(iter([*self.own[-1:], *self.commits[-1:]]), None)


def phase_commits(
    records: Iterable[CommitRecord], migration: str, plan: str = "", reaches: Reaches | None = None
) -> tuple[PhaseCommit, ...]:
    """Return a migration's phase commits, oldest first, each with the commit that reverted it.

    `records` come newest first, as `log` yields them. `plan` restricts to commits of one plan digest. A squash merge is
    a commit of each phase that its message tells of. A commit with `Consolidate-Reverts` reverts the applied commits of
    that phase; `git revert` by hand reverts the commit that it names, and reverting a revert brings the phase back.
    Where that commit is not here, because the branch was rebased or squashed, the subject in the quotes tells.

    `reaches(a, b)` tells if commit a has commit b in its history; asked where branches applied the same phase each.
    """
    found: list[PhaseCommit] = []
    for record in reversed(tuple(records)):
        for part in parts(record):
            _take(found, record, part, migration, reaches)
    return tuple(commit for commit in found if not plan or commit.plan == plan)


def states(commits: Iterable[PhaseCommit]) -> tuple[PhaseState, ...]:
    """Return one state for each phase that has ever been applied, by phase number."""
    by_phase: dict[int, list[PhaseCommit]] = {}
    for commit in commits:
        by_phase.setdefault(commit.phase, []).append(commit)
    return tuple(PhaseState(phase, tuple(by_phase[phase])) for phase in sorted(by_phase))


def _take(found: list[PhaseCommit], record: CommitRecord, part: Part, migration: str, reaches: Reaches | None) -> None:
    """Add what one message says was done."""
    reverted = [numbers for value in part.all(trailers.REVERTS) if (numbers := _NUMBERS.fullmatch(value))]
    ours = part.trailer(trailers.MIGRATION) == migration
    if reverted:
        for numbers in reverted if ours else ():
            _revert_phase(found, int(numbers[1]), part.trailer(trailers.PLAN), record.id, reaches)
    elif named := _BY_HAND.findall(part.body):
        # Before the trailers: a revert of a revert made by hand may quote them.
        known = [_revert_commit(found, commit, record.id) for commit in named]
        if not any(known):
            _revert_subject(found, part.subject, migration, record.id)
    elif ours and (phase := _phase_commit(record, part)):
        found.append(phase)


def _phase_commit(record: CommitRecord, part: Part) -> PhaseCommit | None:
    numbers = _NUMBERS.fullmatch(part.trailer(trailers.PHASE))
    if not numbers:
        return None
    header = _HEADER.fullmatch(part.subject.strip())
    return PhaseCommit(
        phase=int(numbers[1]),
        total=int(numbers[2] or 0),
        commit=record.id,
        date=record.date,
        author=record.author,
        title=header[1] if header else part.subject.strip(),
        plan=part.trailer(trailers.PLAN),
        version=part.trailer(trailers.VERSION),
    )


def _revert_phase(found: list[PhaseCommit], phase: int, plan: str, by: str, reaches: Reaches | None) -> None:
    """Mark the applied commits of a phase as reverted, those of the newest plan where `plan` ("" for none) is not said.

    Of several, only those that the revert has in its history: another branch may have applied the phase again.
    """
    open_ = [commit for commit in found if commit.phase == phase and not commit.reverted_by]
    wanted = plan or (open_[-1].plan if open_ else "")
    open_ = [commit for commit in open_ if commit.plan == wanted]
    if reaches is not None and len(open_) > 1:
        # A squash holds what it reverts itself; a revert that was cherry-picked alone reaches none of them.
        below = [commit for commit in open_ if commit.commit == by or reaches(by, commit.commit)]
        open_ = below or open_
    for index, commit in enumerate(found):
        if commit in open_:
            found[index] = replace(commit, reverted_by=by)


def _revert_commit(found: list[PhaseCommit], commit: str, by: str) -> bool:
    """Mark what a commit did as undone; returns whether it is one that did something."""
    known = False
    for index, phase in enumerate(found):
        if phase.commit.startswith(commit):
            found[index] = replace(phase, reverted_by=phase.reverted_by or by)
        elif phase.reverted_by.startswith(commit):
            found[index] = replace(phase, reverted_by="")
        else:
            continue
        known = True
    return known


def _revert_subject(found: list[PhaseCommit], subject: str, migration: str, by: str) -> None:
    """Mark what `Revert "…"` and `Reapply "…"`, around the subject of a phase or of its revert, did.

    Each `Revert` turns the meaning round, `Reapply` stands for two of them.
    """
    undone = False
    while layer := _LAYER.match(subject):
        undone ^= layer[0].startswith("Revert")
        subject = subject[layer.end() :]
    quoted = _QUOTED.match(subject)
    if not quoted or quoted[2] != migration:
        return
    undone ^= quoted[1] == "revert"
    mine = [index for index, commit in enumerate(found) if commit.phase == int(quoted[3])]
    if undone:
        mine = [index for index in mine if not found[index].reverted_by]
    for index in mine[-1:]:
        found[index] = replace(found[index], reverted_by=by if undone else "")
