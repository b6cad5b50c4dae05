"""What must hold of a repository in which a run was cut off or failed: the state before, the state after, or resumable.

Every function returns what is wrong, as text; nothing where all is well.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from tests.faults import launch
from tests.faults.scene import Case, Repository

# Every command that looks at a repository, and the one that must refuse while a run is cut off.
COMMANDS = (
    ("status",),
    ("history",),
    ("revert", "--phase", "1"),
    ("apply", "--all"),
    ("diff", "--phase", "1"),
    ("show",),
    ("check",),
    ("plan", "--json"),
    ("revert", "--phase", "1", "--check"),
    ("apply", "--phase", "1", "--dry-run"),
)


def differences(one: dict[str, str], other: dict[str, str]) -> list[str]:
    """Return what is not the same in two states."""
    return sorted(key for key in one.keys() | other.keys() if one.get(key) != other.get(key))


def problems(case: Case, repository: Repository, folder: Path, number: int = 0) -> Iterator[str]:
    """Yield what is wrong with a repository after its run has ended somehow. `number` chooses what else to try."""
    sign = _signature(case, repository)
    if sign in _good:
        return
    wrong = list(_problems(case, repository, folder, number))
    yield from wrong
    if not wrong:
        _good.add(sign)


# Repositories with which all is well: many kills and failures lead to the same one, which needs no second look.
_good: set[str] = set()


def _signature(case: Case, repository: Repository) -> str:
    """Return what is the same for two repositories that hold the same: files, index, commits, journal, leftovers."""
    journal = repository.root / ".git" / "consolidate" / "journal.json"
    parts = (
        "" if repository.pending else case.words,
        sorted(case.before.items()),
        sorted(case.after.items()),
        sorted(repository.state().items()),
        repository.leftovers,
        journal.read_text() if journal.exists() else "",
        repository.git("rev-parse", "HEAD"),
        repository.git("fsck", "--no-dangling", "--no-progress"),
    )
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogateescape")).hexdigest()


def _problems(case: Case, repository: Repository, folder: Path, number: int) -> Iterator[str]:
    now = repository.state()
    if lost := [path for path in case.users if now.get(path) != case.before[path]]:
        yield f"the user's files changed: {lost}"
    if said := repository.git("fsck", "--no-dangling", "--no-progress"):
        yield f"git fsck: {said}"
    if repository.pending:
        yield from announced(repository, COMMANDS[number % len(COMMANDS)])
        yield from _settled(case, repository.copy(folder / "continued"), "continue", (case.after, case.before))
        yield from _settled(case, repository.copy(folder / "aborted"), "abort", (case.before,))
        return
    if now not in (case.before, case.after):
        closer = min((differences(now, state) for state in (case.before, case.after)), key=len)
        yield f"neither before nor after, and nothing to resume: {closer}"
    for way in ("continue", "abort"):
        ended = launch.run(("apply", f"--{way}"), repository.root, case.start.env)
        if ended.code != 2 or len(ended.errors) != 1:
            yield f"--{way} with nothing to do: {ended}"
    if now == case.before and case.words[1] == "--phase":
        yield from _settled(case, repository, "", (case.after,))


def announced(repository: Repository, words: tuple[str, ...]) -> Iterator[str]:
    """Yield what is wrong with how a command tells that a run was cut off."""
    before = repository.state()
    ended = launch.run(words, repository.root, repository.env)
    if "cut off" not in ended.err or "--continue" not in ended.err or "--abort" not in ended.err:
        yield f"{' '.join(words)} does not say that a run was cut off: {ended}"
    changes = words[0] in ("apply", "revert")
    if (ended.code == 4) != changes:
        yield f"{' '.join(words)} exits with {ended.code}"
    if repository.state() != before:
        yield f"{' '.join(words)} changed something"


def _settled(case: Case, repository: Repository, way: str, states: tuple[dict[str, str], ...]) -> Iterator[str]:
    """Yield what is wrong after `apply --continue`, `apply --abort`, or (way "") the same command again."""
    words = ("apply", f"--{way}") if way else case.words
    ended = launch.run(words, repository.root, case.start.env)
    if ended.code or ended.errors:
        yield f"{' '.join(words)} failed: {ended}"
    now = repository.state()
    if now not in states:
        yield f"{' '.join(words)} does not lead there: {differences(now, states[0])}"
    if left := repository.leftovers:
        yield f"{' '.join(words)} left behind: {left}"
