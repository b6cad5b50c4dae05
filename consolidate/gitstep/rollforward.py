"""From a journal to the end: work tree and index are brought to where the branch is, or the branch back.

A file of the work tree that is new already is skipped, one that is old is replaced, and one that is neither belongs to
the user: it stays, and is reported.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence

from msgspec import Struct

from consolidate.errors import HalfWay, Refused, file_of, listed
from consolidate.gitstep import index, journal, stale, worktree
from consolidate.gitstep.checkpoint import checkpoint
from consolidate.gitstep.journal import Journal
from consolidate.gitstep.objects import Delta, entries, read_blobs
from consolidate.gitstep.port import Git, Places, ask, complaint, line
from consolidate.gitstep.preconditions import current_branch, head_commit
from consolidate.gitstep.worktree import Found, Kind
from planner.model import blob_id

RESUME = "`consolidate apply --continue` finishes, `consolidate apply --abort` undoes"


class Resumed(Struct, frozen=True):
    """How an interrupted run ended.

    `outcome` is `nothing` (it had not changed anything), `finished` or `undone`; `commit` is where the branch is now;
    `left` are files that had been changed meanwhile and stayed as they are.
    """

    outcome: str
    operation: str
    commit: str
    left: tuple[str, ...] = ()


def move_ref(git: Git, places: Places, move: Journal) -> None:
    """Move the branch from the journal's old to its new commit, the one commit point.

    Raises Refused (`head-moved`) where it has not moved, and HalfWay where nobody can tell. A git that fails, or is
    killed, may have moved it before that: the branch itself is asked.
    """
    message = f"consolidate: {'undo ' if move.undo else ''}{move.operation}"
    try:
        output = git.run("update-ref", "--create-reflog", "-m", message, move.ref, move.new, move.old)
        why = complaint(output) if output.status else ""
    except Refused as error:
        why = error.what
    if not why:
        return
    try:
        stale.clear_ref_locks(places, move)
        now = line(ask(git, "rev-parse", "--verify", "--quiet", f"{move.ref}^{{commit}}"))
    except (OSError, Refused) as error:
        raise HalfWay(f"the branch may have moved or not: {why}", move.ref, RESUME) from error
    if now != move.new:
        raise Refused(f"the branch could not be moved: {why}", move.ref, code="head-moved")


def finish(git: Git, places: Places, move: Journal) -> tuple[str, ...]:
    """Bring work tree and index to the journal's new side, and return the paths that had to be left.

    The journal stays. Raises HalfWay where a file or the index cannot be written.
    """
    try:
        left = [*_roll_files(git, places, move), *index.roll_forward(git, places, move.files)]
    except OSError as error:
        raise HalfWay(f"the work tree cannot be written: {error.strerror}", file_of(error), RESUME) from error
    except Refused as error:
        raise HalfWay(error.what, error.where, RESUME) from error
    return tuple(sorted(set(left)))


def close(places: Places) -> None:
    """Drop the journal and tidy up. Raises HalfWay where the journal stays; what else stays, the next run removes."""
    try:
        journal.drop(places)
    except OSError as error:
        raise HalfWay(
            f"the journal cannot be removed: {error.strerror}", str(journal.path_of(places)), RESUME
        ) from error
    checkpoint("journal-dropped")
    with contextlib.suppress(OSError):
        stale.clear_scratch(places)


def complete(git: Git, places: Places, move: Journal) -> None:
    """Finish a run that has just moved the branch. Raises HalfWay, the journal kept, where a file had to be left."""
    if left := finish(git, places, move):
        raise HalfWay(
            f"changed meanwhile and left as they are: {listed(left)}",
            hint=RESUME,
            details=left,
        )
    close(places)


def resume(git: Git, places: Places, move: Journal) -> Resumed:
    """Finish what a run was doing when it was cut off: forward, or back if it was an `--abort`."""
    if move.undo:
        return _undo(git, places, move)
    head = _head(git, places, move)
    if head == move.old:
        return _forget(places, move, head)
    files: Sequence[Delta] = move.files
    if head != move.new:
        if not _descends(git, head, move.new):
            raise Refused(
                f"the branch has moved to {head[:12]}",
                move.ref,
                "`consolidate apply --abort` forgets the run",
                code="head-moved",
            )
        # Commits were made on top: what they changed is not this run's to write.
        now = {entry.path: entry.blob for entry in entries(git, head)}
        files = [file for file in files if now.get(file.path, "") == file.new_blob]
    _sweep(places, move)
    left = finish(git, places, Journal(move.operation, move.ref, move.old, move.new, tuple(files)))
    close(places)
    return Resumed("finished", move.operation, head, left)


def abort(git: Git, places: Places, move: Journal) -> Resumed:
    """Undo a run that was cut off, such that branch, files and index are as before it."""
    if move.undo:
        return _undo(git, places, move)
    head = _head(git, places, move)
    if head == move.old:
        return _forget(places, move, head)
    if head != move.new:
        if _descends(git, head, move.new):
            raise Refused(
                "commits were made on top of the interrupted one",
                move.ref,
                "`consolidate apply --continue` finishes it",
                code="head-moved",
            )
        # The commit is not in this branch any more (a reset): there is nothing to undo.
        return _forget(places, move, head)
    back = move.reversed
    journal.write(places, back)
    return _undo(git, places, back)


def temporary_name(move: Journal, file: Delta) -> str:
    """Return the name of a file's temporary, the same for a run and its undoing, so either can remove it."""
    token = blob_id(f"{min(move.old, move.new)} {max(move.old, move.new)} {file.path!a}".encode("ascii"))
    return f".consolidate-{token[:20]}"


def _undo(git: Git, places: Places, back: Journal) -> Resumed:
    head = _head(git, places, back)
    if head == back.old:
        move_ref(git, places, back)
        checkpoint("ref")
    elif head != back.new:
        raise Refused(
            f"the branch has moved to {head[:12]}",
            str(journal.path_of(places)),
            "look at `git status`, then remove that file",
            code="head-moved",
        )
    _sweep(places, back)
    left = finish(git, places, back)
    close(places)
    return Resumed("undone", back.operation, back.new, left)


def _forget(places: Places, move: Journal, head: str) -> Resumed:
    _sweep(places, move)
    close(places)
    return Resumed("nothing", move.operation, head)


def _head(git: Git, places: Places, move: Journal) -> str:
    """Return where the journal's branch is, once the locks of a killed git process are away."""
    stale.clear_ref_locks(places, move)
    stale.clear_scratch(places)
    if current_branch(git) != move.ref:
        branch = move.ref.removeprefix("refs/heads/")
        raise Refused(
            f"the interrupted run was on branch {branch}", hint=f"switch to {branch} first", code="other-branch"
        )
    return head_commit(git)


def _descends(git: Git, commit: str, ancestor: str) -> bool:
    output = git.run("merge-base", "--is-ancestor", ancestor, commit)
    if output.status not in (0, 1):
        raise Refused(f"git merge-base failed: {complaint(output)}", code="git-failed")
    return output.status == 0


def _sweep(places: Places, move: Journal) -> None:
    for file in move.files:
        worktree.sweep(places.root, file.path, temporary_name(move, file))


def _roll_files(git: Git, places: Places, move: Journal) -> list[str]:
    """Bring every file to its new side; deletions first, so that a file can make room for a folder of its name."""
    left, writes = [], []
    for file in sorted(move.files, key=lambda file: bool(file.new_blob)):
        found = worktree.look(places.root, file.path)
        if _is(found, file.new_blob):
            continue
        if not _is(found, file.old_blob) and not (file.new_blob and not file.old_blob and found.kind is Kind.ABSENT):
            left.append(file.path)
        elif file.new_blob:
            writes.append(file)
        else:
            worktree.remove(places.root, file.path)
            checkpoint("file")
    for file, (_, data) in zip(writes, read_blobs(git, [file.new_blob for file in writes]), strict=True):
        if data is None:
            raise Refused("git cannot read object " + file.new_blob, file.path, code="git-failed")
        executable = file.new_mode == "100755"
        worktree.replace(places.root, file.path, data, executable=executable, temporary=temporary_name(move, file))
        checkpoint("file")
    return left


def _is(found: Found, blob: str) -> bool:
    """Whether what was found is a blob, or is no file where `blob` is ""."""
    if not blob:
        return found.kind not in (Kind.FILE, Kind.SYMLINK)
    return found.kind is Kind.FILE and blob_id(found.data, blob) == blob
