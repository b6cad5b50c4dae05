"""Reverts of phase commits: what a revert would change, or what is in its way, told before anything is done."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct

from consolidate.errors import Refused, listed
from consolidate.gitstep import preconditions, trailers, transaction
from consolidate.gitstep.history import phase_commits
from consolidate.gitstep.log import CommitRecord, log
from consolidate.gitstep.objects import Delta, changed_paths, deltas, entries, read_blobs
from consolidate.gitstep.port import Git, Places, ask
from consolidate.gitstep.squash import parts
from consolidate.gitstep.transaction import Step
from planner.model import blob_id, encode


class Blocked(Struct, frozen=True):
    """A file that a revert cannot restore, with the later commits (full ids, newest first) that changed it.

    `phases` are those of the commits that are phases of a migration and still applied.
    """

    path: str
    commits: tuple[str, ...]
    phases: tuple[int, ...] = ()


class Inverse(Struct, frozen=True):
    """The revert of one commit on top of a tree: the files that it changes, or those that stand in its way.

    `merged` are contents that no commit has yet: a revert merged with later changes to other lines.
    """

    commit: str
    files: tuple[Delta, ...] = ()
    merged: tuple[bytes, ...] = ()
    blocked: tuple[Blocked, ...] = ()


def invert(git: Git, head: str, commits: Sequence[str]) -> tuple[Inverse, ...]:
    """Return the reverts of `commits` (full ids, in the order in which they are reverted) on top of `head`.

    Nothing is written to the repository. Each revert builds on the one before it. A file that has been changed since
    is merged in memory if no phase that is still applied changed it, else it blocks the revert.
    """
    state = _State(git, {entry.path: (entry.mode, entry.blob) for entry in entries(git, head)}, {})
    return tuple(_invert(state, head, commit, frozenset(commits[:number])) for number, commit in enumerate(commits))


def revert(
    git: Git, places: Places, commits: Sequence[str], messages: Sequence[str], expected: str, operation: str
) -> tuple[str, ...]:
    """Make one revert commit for each of `commits`, all of them or none, and return the new commits.

    The run's lock is held. Raises Refused (`revert-conflict`, with the files as details), else as `transaction.commit`.
    """
    head = preconditions.check_state(git, places, expected)
    inverses = invert(git, head.commit, commits)
    _refuse_blocked(inverses)
    steps = [Step(text, inverse.files) for inverse, text in zip(inverses, messages, strict=True)]
    preconditions.check_files(git, places, head, transaction.net([step.files for step in steps]))
    transaction.store(git, places, [text for inverse in inverses for text in inverse.merged])
    return tuple(transaction.commit(git, places, head, steps, operation))


class _State(Struct, frozen=True):
    """The tree as it is after the reverts so far: path to mode and object id, and contents that are not stored yet."""

    git: Git
    files: dict[str, tuple[str, str]]
    unstored: dict[str, bytes]

    def change(self, files: Iterable[Delta]) -> None:
        for file in files:
            if file.new_blob:
                self.files[file.path] = (file.new_mode, file.new_blob)
            else:
                self.files.pop(file.path)

    def contents(self, ids: Sequence[str]) -> list[bytes | None]:
        stored = dict(read_blobs(self.git, [blob for blob in ids if blob not in self.unstored]))
        return [self.unstored.get(blob, stored.get(blob)) for blob in ids]


def _invert(state: _State, head: str, commit: str, done: frozenset[str]) -> Inverse:
    git = state.git
    parents = ask(git, "rev-list", "--no-walk", "--parents", commit, "--").decode("ascii").split()[1:]
    files: list[Delta] = []
    changed: list[Delta] = []
    for delta in deltas(git, parents[0] if parents else "", commit):
        back = delta.reversed
        here = state.files.get(delta.path, ("", ""))
        if here == (back.old_mode, back.old_blob):
            files.append(back)
        elif here != (back.new_mode, back.new_blob):  # else it is as it was before, already
            changed.append(back)
    merged: list[bytes] = []
    blocked: list[Blocked] = []
    since = _Since.read(git, commit, head, done) if changed else _Since({}, {})
    for back in changed:
        obstacle = since.obstacle(back.path)
        mode, blob = state.files.get(back.path, ("", ""))
        text = None if obstacle.phases else _merge(state, (blob, back.old_blob, back.new_blob))
        if text is None:
            blocked.append(obstacle)
            continue
        result = blob_id(text, blob)
        state.unstored[result] = text
        merged.append(text)
        if result != blob:
            files.append(Delta(back.path, mode, blob, mode, result))
    if blocked:
        return Inverse(commit, blocked=tuple(blocked))
    files.sort(key=lambda file: encode(file.path))
    state.change(files)
    return Inverse(commit, tuple(files), tuple(merged))


class _Since(Struct, frozen=True):
    """The commits after a commit, newest first, by the paths that they changed, and the applied phases of them."""

    touched: dict[str, list[str]]
    phases: dict[str, tuple[int, ...]]

    @staticmethod
    def read(git: Git, commit: str, head: str, done: frozenset[str]) -> _Since:
        records = list(log(git, head, commit))
        touched: dict[str, list[str]] = {}
        for later, paths in changed_paths(git, [record.id for record in records]):
            for path in paths:
                touched.setdefault(path, []).append(later)
        return _Since(touched, {later: phases for later, phases in _applied(records).items() if later not in done})

    def obstacle(self, path: str) -> Blocked:
        commits = tuple(self.touched.get(path, ()))
        return Blocked(path, commits, tuple(sorted({phase for id_ in commits for phase in self.phases.get(id_, ())})))


def _applied(records: Sequence[CommitRecord]) -> dict[str, tuple[int, ...]]:
    """Return the phase commits among the records, of any migration, that no later record reverts: id to phases."""
    found: dict[str, tuple[int, ...]] = {}
    told = {part.trailer(trailers.MIGRATION) for record in records for part in parts(record)}
    for migration in sorted(told - {""}):
        for phase in phase_commits(records, migration):
            if not phase.reverted_by:
                found[phase.commit] = (*found.get(phase.commit, ()), phase.phase)
    return found


def _merge(state: _State, ids: tuple[str, str, str]) -> bytes | None:
    """Return a file as it is now without what a commit changed in it, or None where that conflicts.

    `ids` are its blobs now, in the commit and before it. `git merge-file` merges three plain files: no merge driver, no
    attribute and no filter has a part in it.
    """
    sides = state.contents(ids) if all(ids) else [None]
    if None in sides:
        return None  # created or deleted on one side, or missing in a partial clone
    with tempfile.TemporaryDirectory() as folder:
        names = [Path(folder, name) for name in ("now", "commit", "before")]
        for name, data in zip(names, sides, strict=True):
            name.write_bytes(data or b"")
        output = state.git.run("merge-file", "-p", "-q", *map(str, names))
    return None if output.status else output.stdout


def _refuse_blocked(inverses: Sequence[Inverse]) -> None:
    blocked = [obstacle for inverse in inverses for obstacle in inverse.blocked]
    if not blocked:
        if not any(inverse.files for inverse in inverses):
            raise Refused("nothing would change", code="empty")
        return
    paths = sorted({obstacle.path for obstacle in blocked})
    phases = sorted({phase for obstacle in blocked for phase in obstacle.phases})
    what = f"the revert would conflict in {listed(paths)}"
    if phases:
        numbers = ", ".join(map(str, phases))
        raise Refused(
            f"{what}, changed by phase {numbers}", hint="revert that first", code="revert-conflict", details=paths
        )
    later = sorted({commit[:12] for obstacle in blocked for commit in obstacle.commits})
    where = f"changed since by {listed(later)}" if later else ""
    raise Refused(what, where, "revert by hand", code="revert-conflict", details=paths)
