"""From changes to commits, in the order that survives a kill at any moment.

1. preconditions; 2. blobs; 3. tree and commit by an index of our own; 4. journal, durable; 5. the branch moves, by
compare-and-swap: the one commit point; 6. work tree, file by file; 7. index; 8. journal away. Until 5 nothing that the
user sees has changed; after it, `--continue` and `--abort` find everything in the journal.

Between 3 and 4 gates may look at the prepared commit, which no branch has yet: hooks and tests, for as long as they
take. What held at 1 is looked at again after them.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from consolidate.errors import Refused, file_of
from consolidate.gitstep import journal, preconditions, rollforward, stale
from consolidate.gitstep.checkpoint import checkpoint
from consolidate.gitstep.journal import Journal
from consolidate.gitstep.objects import Delta, deltas, write_blobs, write_commit, write_tree
from consolidate.gitstep.port import Git, Places
from consolidate.gitstep.signing import signing
from planner.model import ChangeSet, FileChange, blob_id, encode


class Step(Struct, frozen=True):
    """One commit to be made: its message and what it changes. The blobs of its new side are in the object store."""

    message: str
    files: tuple[Delta, ...]


class Prepared(Struct, frozen=True):
    """A commit that exists and that no branch has yet: its id, the commit before it, its message, what it changes."""

    commit: str
    before: str
    message: str
    files: tuple[Delta, ...]


# Looks at a prepared commit and returns its message, changed or not; raises to stop the run with nothing touched.
Gate = Callable[[Prepared], str]


def deltas_of(changes: ChangeSet, like: str) -> tuple[Delta, ...]:
    """Return a ChangeSet as deltas, by path; `like` is any object id of the repository. Raises Refused (`stale`)."""
    return tuple(sorted((_delta(file, like) for file in changes.files), key=lambda delta: encode(delta.path)))


def check(git: Git, places: Places, changes: ChangeSet, expected: str) -> tuple[preconditions.Head, tuple[Delta, ...]]:
    """Return where HEAD is and what will change. Raises Refused where a precondition does not hold."""
    head = preconditions.check_state(git, places, expected)
    files = deltas_of(changes, head.commit)
    if not files:
        raise Refused("nothing would change", code="empty")
    preconditions.check_files(git, places, head, files)
    return head, files


def apply(
    git: Git, places: Places, changes: ChangeSet, expected: str, operation: str, gates: Sequence[Gate] = ()
) -> str:
    """Make one commit of a ChangeSet and return it. The run's lock is held. Raises as `commit` and the gates do."""
    head, files = check(git, places, changes, expected)
    store(git, places, [file.new for file in changes.files if file.new is not None])
    step = Step(changes.message, files)
    commits = prepare(git, places, head, [step])
    for gate in gates:
        with _cleared(places):
            message = gate(Prepared(commits[0], head.commit, step.message, files))
        if message != step.message:
            step = Step(message, files)
            commits = prepare(git, places, head, [step])
    if gates:
        with _cleared(places):
            check(git, places, changes, expected)
    return publish(git, places, head, [step], commits, operation)[0]


def store(git: Git, places: Places, contents: Sequence[bytes]) -> None:
    """Begin: make a fresh scratch folder, and write new contents into the object store. Harmless if nothing follows."""
    with until_commit_point(places):
        stale.clear_scratch(places)
        places.scratch.mkdir(parents=True)
        checkpoint("locked")
        written = write_blobs(git, places, contents)
        if written != tuple(blob_id(data, blob) for data, blob in zip(contents, written, strict=True)):
            raise Refused("git wrote other contents than it was given", code="git-failed")
        checkpoint("blobs")


def commit(git: Git, places: Places, head: preconditions.Head, steps: Sequence[Step], operation: str) -> list[str]:
    """Make one commit for each step, move the branch to the last one, and bring work tree and index there.

    Preconditions have been checked and the run's lock is held. Returns the new commits in the order of the steps.
    Raises Refused with nothing touched, or HalfWay with the journal kept.
    """
    return publish(git, places, head, steps, prepare(git, places, head, steps), operation)


def prepare(git: Git, places: Places, head: preconditions.Head, steps: Sequence[Step]) -> list[str]:
    """Make one commit for each step, on top of `head` and of each other. No branch moves."""
    with until_commit_point(places):
        signed = signing(git)
        commits: list[str] = []
        for step in steps:
            base = commits[-1] if commits else head.commit
            tree = write_tree(git, places, base, step.files)
            if deltas(git, base, tree) != step.files:
                raise Refused("the tree that git made is not the one that was asked for", code="git-failed")
            commits.append(write_commit(git, tree, base, step.message, signed=signed))
        checkpoint("commit")
        return commits


def publish(
    git: Git, places: Places, head: preconditions.Head, steps: Sequence[Step], commits: list[str], operation: str
) -> list[str]:
    """Move the branch from `head` to the last of the prepared commits, bring work tree and index there; return them."""
    with until_commit_point(places):
        move = Journal(operation, head.ref, head.commit, commits[-1], net([step.files for step in steps]))
        journal.write(places, move)
        rollforward.move_ref(git, places, move)
    checkpoint("ref")
    rollforward.complete(git, places, move)
    return commits


@contextlib.contextmanager
def _cleared(places: Places) -> Iterator[None]:
    """Leave nothing behind where the block fails or is interrupted."""
    try:
        yield
    except BaseException:
        with contextlib.suppress(OSError):
            rollforward.close(places)
        raise


@contextlib.contextmanager
def until_commit_point(places: Places) -> Iterator[None]:
    """Let what fails in the block fail as Refused, with nothing left behind; as HalfWay if the journal has to stay."""
    try:
        yield
    except (OSError, Refused) as error:
        rollforward.close(places)
        if isinstance(error, Refused):
            raise
        raise Refused(f"cannot write: {error.strerror}", file_of(error), code="io") from error


def net(sequence: Sequence[Sequence[Delta]]) -> tuple[Delta, ...]:
    """Return what several steps change together, by path."""
    total: dict[str, Delta] = {}
    for files in sequence:
        for file in files:
            first = total.get(file.path, file)
            total[file.path] = Delta(file.path, first.old_mode, first.old_blob, file.new_mode, file.new_blob)
    changed = [file for file in total.values() if (file.old_mode, file.old_blob) != (file.new_mode, file.new_blob)]
    return tuple(sorted(changed, key=lambda file: encode(file.path)))


def _delta(file: FileChange, like: str) -> Delta:
    if file.old is not None and blob_id(file.old, like) != file.old_blob:
        raise Refused("the change was made for other contents", file.path, "plan again", code="stale")
    old = (file.mode, file.old_blob) if file.old is not None else ("", "")
    new = (file.mode or "100644", blob_id(file.new, like)) if file.new is not None else ("", "")
    if old == new:
        raise Refused("nothing would change", file.path, code="empty")
    return Delta(file.path, *old, *new)
