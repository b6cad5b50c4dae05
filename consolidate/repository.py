"""One git repository: reading a commit, making commits of phases, reverting them, finishing what was cut off.

What it does is in `consolidate.gitstep`; git itself is run by `consolidate.gitstep.runner`.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Self

from consolidate.errors import HalfWay, Interrupted, Refused, UsageProblem, file_of
from consolidate.gitstep import (
    inspect,
    journal,
    lock,
    objects,
    preconditions,
    rollforward,
    search,
    settings,
    transaction,
)
from consolidate.gitstep import log as commits
from consolidate.gitstep import revert as reverts
from consolidate.gitstep.journal import Journal
from consolidate.gitstep.log import CommitRecord
from consolidate.gitstep.objects import Delta, Entry
from consolidate.gitstep.port import Places, ask, complaint, line
from consolidate.gitstep.revert import Inverse
from consolidate.gitstep.rollforward import Resumed
from consolidate.gitstep.runner import Reader, Writer
from consolidate.gitstep.transaction import Gate, Prepared
from planner.model import ChangeSet

__all__ = ["Entry", "Gate", "Inverse", "Journal", "Prepared", "Repository", "Resumed"]


class Repository:
    """A repository with a work tree. A context manager; `Repository.open` finds it.

    Reading needs no lock. What changes the repository takes the run's lock by itself, unless the caller holds it
    (`with repository.lock("apply --phase 2"):`), and refuses while an interrupted run is pending.
    """

    def __init__(self, places: Places, git: Reader) -> None:
        self._places = places
        self._git = git
        self._commits: set[str] = set()
        self._listings: dict[str, Callable[[], tuple[Entry, ...]]] = {}

    @classmethod
    def open(cls, start: Path) -> Self:
        """Return the repository whose work tree holds the folder `start`. Raises UsageProblem where there is none.

        Raises Refused (`work-tree-setting`) where the repository's own settings deny that its files are its work tree.
        GIT_DIR and its like, as a git hook sets them, are removed from this process's environment: `start` decides.
        """
        if not start.is_dir():
            raise UsageProblem("no such folder", str(start))
        for name in settings.FORGOTTEN:
            os.environ.pop(name, None)
        finder = Reader(start)
        inside = finder.run("rev-parse", "--is-inside-work-tree")
        if inside.status:
            raise UsageProblem(
                complaint(inside).removeprefix("fatal: "), str(start), "run it inside of a git work tree"
            )
        if inside.stdout.strip() != b"true":
            raise inspect.no_work_tree(finder, str(start))

        wanted = ("--show-toplevel", "--absolute-git-dir", "--git-common-dir")
        told = ask(finder, "rev-parse", *wanted).splitlines(keepends=True)
        if len(told) != len(wanted):  # a folder whose name holds a newline
            told = [ask(finder, "rev-parse", option) for option in wanted]
        return cls._at(*(Path(os.path.realpath(start / line(answer))) for answer in told))

    @classmethod
    def _at(cls, root: Path, git_dir: Path, common_dir: Path) -> Self:
        places = Places(root, git_dir, common_dir, git_dir / "index")
        return cls(places, Reader.at(places))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of everything."""
        self._git.close()
        if "_writer" in vars(self):
            self._writer.close()

    @cached_property
    def _writer(self) -> Writer:
        return Writer.at(self._places)

    @property
    def root(self) -> Path:
        """The root of the work tree, absolute, without symbolic links."""
        return self._places.root

    @property
    def git_dir(self) -> Path:
        """The git directory of this work tree."""
        return self._places.git_dir

    @property
    def common_dir(self) -> Path:
        """The git directory that all linked worktrees share."""
        return self._places.common_dir

    # Reading

    def resolve(self, rev: str) -> str:
        """Return the full id of the commit that `rev` names. Raises UsageProblem where there is none."""
        if rev == "HEAD":
            commit = preconditions.head_commit(self._git)
        else:
            commit = rev if rev in self._commits else self._verify(rev, "commit")
        self._commits.add(commit)  # no other name says the same for ever
        return commit

    def tree_id(self, rev: str) -> str:
        """Return the full id of the tree of a commit. Raises UsageProblem where there is none."""
        return self._verify(self.resolve(rev), "tree")

    def head_branch(self) -> str | None:
        """Return the short name of the branch that HEAD is on (`main`), or None while HEAD is detached."""
        return preconditions.current_branch(self._git).removeprefix("refs/heads/") or None

    def index_size(self) -> int:
        """Return the bytes of the index, by which the number of files can be guessed; 0 where there is none."""
        return self._places.index.stat().st_size if self._places.index.exists() else 0

    def entries(self, commit: str) -> tuple[Entry, ...]:
        """Return every file of a commit: path, mode, object id; symbolic links and submodules included."""
        self.begin_entries(commit)
        return self._listings.pop(self.resolve(commit))()

    def begin_entries(self, commit: str) -> None:
        """Begin to list the files of a commit, which somebody is going to ask for by `entries`."""
        full = self.resolve(commit)
        if full not in self._listings:
            self._listings[full] = objects.begin_entries(self._git, full)

    def read_blobs(self, ids: Sequence[str], most: int | None = None) -> Iterator[tuple[str, bytes | None]]:
        """Yield each id with its contents, in order; None where the repository lacks the object. Never fetches.

        With `most`, only so many bytes of each.
        """
        return objects.read_blobs(self._git, ids, most)

    def begin_missing(self, ids: Sequence[str]) -> Callable[[], frozenset[str]]:
        """Begin to ask which of the ids the repository lacks, and return what waits for them. Never fetches."""
        return objects.begin_missing(self._git, ids)

    def search(self, commit: str, files: Mapping[str, Entry]) -> search.Search:
        """Return what looks for fixed strings (without newlines) in the files of a commit: these, by path, are all."""
        return search.Search(self._git, self._places, self.resolve(commit), files)

    def log(self, rev: str = "HEAD", since: str | None = None, needles: Sequence[str] = ()) -> Iterator[CommitRecord]:
        """Yield the commits that `rev` reaches and `since` does not, children first.

        With `needles`, only those whose message contains one of them: `history.NEEDLES` finds phases and reverts.
        """
        return commits.log(self._git, self.resolve(rev), self.resolve(since) if since else "", needles)

    def changed_files(self, commit: str) -> tuple[Delta, ...]:
        """Return what a commit changed against its first parent, by path."""
        full = self.resolve(commit)
        parents = ask(self._git, "rev-list", "--no-walk", "--parents", full, "--").decode("ascii").split()[1:]
        return objects.deltas(self._git, parents[0] if parents else "", full)

    def reaches(self, commit: str, ancestor: str) -> bool:
        """Tell if a commit has another one in its history, or is that one. Raises UsageProblem for what is none."""
        full = [self.resolve(ancestor), self.resolve(commit)]
        return self._git.run("merge-base", "--is-ancestor", *full).status == 0

    def last_change(self, path: str) -> str:
        """Return the commit of HEAD's history that changed a path last, "" where there is none."""
        pattern = f":(top,literal){path}"
        return line(ask(self._git, "rev-list", "-1", self.resolve("HEAD"), "--", pattern))

    def state(self) -> inspect.State:
        """Return what the repository is like: settings, hooks, worktrees and so on."""
        return inspect.state(self._git, self._places)

    def refusals(self, paths: Sequence[str], new: Sequence[str]) -> inspect.Refusals:
        """Return, by code, what would keep a commit from being made that changes `paths` and creates `new`."""
        return inspect.refusals(self._git, self._places, paths, new)

    def pending(self) -> Journal | None:
        """Return the journal of a run that was cut off in this work tree, or None."""
        return journal.read(self._places)

    def held_by(self) -> str:
        """Return who holds the repository's lock now, in words, or "" where no run is at work."""
        who, held = lock.holder(self._places.lock)
        return who if held else ""

    # Changing

    @contextlib.contextmanager
    def lock(self, command: str) -> Iterator[None]:
        """Hold the repository's lock, as `command`. Raises LockHeld. Within it, `lock` again does nothing."""
        if self._writer.inherited:
            yield
            return
        with lock.hold(self._places.lock, command) as descriptor:
            self._writer.inherited = (descriptor,)
            try:
                yield
            finally:
                self._writer.inherited = ()

    def check(self, changes: ChangeSet, *, expected_head: str) -> None:
        """Raise Refused where `apply` would. Nothing is written."""
        transaction.check(self._writer, self._places, changes, expected_head)

    def apply(
        self, changes: ChangeSet, *, expected_head: str, operation: str = "apply", gates: Sequence[Gate] = ()
    ) -> str:
        """Make one commit of a ChangeSet on the current branch, bring the work tree there, and return the commit.

        `expected_head` is the full id that HEAD must have, `operation` what messages call this run. Each of `gates`
        looks at the prepared commit before the branch moves, and may raise. Raises Refused with nothing touched,
        LockHeld, Interrupted, or HalfWay: the commit is made, but a file could not be written.
        """
        with self._changing(operation):
            return transaction.apply(self._writer, self._places, changes, expected_head, operation, gates)

    def revert_changes(self, revs: Sequence[str]) -> tuple[Inverse, ...]:
        """Predict the revert of these commits, newest first, on top of HEAD. Nothing is written.

        An Inverse with `blocked` says which files stand in the way, and which later commits and phases changed them.
        """
        full = [self.resolve(rev) for rev in revs]
        return reverts.invert(self._writer, self.resolve("HEAD"), full)

    def revert(
        self, revs: Sequence[str], messages: Sequence[str], *, expected_head: str, operation: str = "revert"
    ) -> tuple[str, ...]:
        """Make one revert commit for each of `revs` (newest first), all of them or none, and return the new commits.

        Raises Refused (`revert-conflict`, details: the files) where one does not go through, else as `apply`.
        """
        with self._changing(operation):
            full = [self.resolve(rev) for rev in revs]
            return reverts.revert(self._writer, self._places, full, messages, expected_head, operation)

    def resume(self) -> Resumed:
        """Finish a run that was cut off (`apply --continue`). Raises UsageProblem where there is none."""
        with self.lock("apply --continue"), self._told():
            return rollforward.resume(self._writer, self._places, self._interrupted())

    def abort(self) -> Resumed:
        """Undo a run that was cut off (`apply --abort`). Raises UsageProblem where there is none."""
        with self.lock("apply --abort"), self._told():
            return rollforward.abort(self._writer, self._places, self._interrupted())

    @contextlib.contextmanager
    def _changing(self, operation: str) -> Iterator[None]:
        with self.lock(operation):
            if pending := self.pending():
                raise Interrupted(
                    f"an earlier run was cut off: {pending.operation}",
                    hint="`consolidate apply --continue` finishes it, `consolidate apply --abort` undoes it",
                )
            with self._told():
                yield

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """Let what the machine refuses fail as HalfWay where a journal tells how to go on, else as Refused."""
        try:
            yield
        except OSError as error:
            what = f"the machine refuses: {error.strerror}"
            if os.path.lexists(journal.path_of(self._places)):
                raise HalfWay(what, file_of(error), rollforward.RESUME) from error
            raise Refused(what, file_of(error), code="io") from error

    def _interrupted(self) -> Journal:
        pending = self.pending()
        if pending is None:
            raise UsageProblem("no run was cut off", hint="there is nothing to finish or to undo")
        return pending

    def _verify(self, rev: str, kind: str) -> str:
        output = self._git.run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{rev}^{{{kind}}}")
        answer = line(output.stdout)
        if output.status or not rev or answer.startswith("^"):  # "^rev" and "a..b" are sets of commits
            raise UsageProblem(f"no such {kind}: {rev}", hint="name a branch, a tag or a commit")
        return answer
