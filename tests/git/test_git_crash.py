"""A kill at every point of apply, revert, continue and abort: the state before, the state after, or one to resume."""

from __future__ import annotations

import copy
import os
import shutil
import signal
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

from consolidate.errors import HalfWay, Interrupted, Refused, UsageProblem
from consolidate.gitstep import checkpoint
from consolidate.repository import Repository
from tests.git.sandbox import PHASE, Sandbox

POINTS = [*checkpoint.NAMES, "file-temporary:3", "file:2", "file:5"]
AFTER_COMMIT_POINT = POINTS[POINTS.index("ref") :]


def _in_child(sandbox: Sandbox, work: Callable[[Repository], object], crash_at: str) -> bool:
    """Run `work` in a process that dies at a checkpoint; return whether it came that far."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # a fork beside threads, Python 3.12 and later
        child = os.fork()
    if child == 0:
        status = 1
        try:
            os.environ["CONSOLIDATE_CRASH_AT"] = crash_at
            with Repository.open(sandbox.root) as repository:
                work(repository)
            status = 0
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, status
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


class Case:
    """A repository with the user's own work in it, and the two states that a run may lead to.

    A case is made once for each operation; a test gets a copy of its repository.
    """

    def __init__(self, sandbox: Sandbox, operation: str) -> None:
        self.sandbox = sandbox
        changes = sandbox.changes(PHASE)
        if operation == "revert":
            commit = sandbox.apply(PHASE)
            self.work = lambda repository: repository.revert([commit], ["revert\n"], expected_head=commit)
        else:
            self.work = lambda repository: repository.apply(changes, expected_head=changes.base)
        sandbox.write("other.py", b"dirty\n")
        sandbox.write("staged.py", b"staged by the user\n")
        sandbox.git("add", "staged.py")
        sandbox.write("pkg/untracked.py", b"untracked\n")
        sandbox.write("ignored.log", b"ignored\n")
        self.before = self.state()
        twin = self.copy(sandbox.root.with_name("twin"))
        with twin.sandbox.open() as repository:
            self.work(repository)
        self.after = twin.state()

    def copy(self, root: Path) -> Case:
        shutil.copytree(self.sandbox.root, root)
        twin = copy.copy(self)
        twin.sandbox = Sandbox(root)
        return twin

    def state(self) -> dict[str, str]:
        # Not the commit, which holds the time, but its tree.
        return self.sandbox.state() | {"<refs>": "", "<HEAD>": self.sandbox.git("rev-parse", "HEAD^{tree}")}

    def assert_user_untouched(self) -> None:
        now = self.state()
        names = ("other.py", "staged.py", "pkg/untracked.py", "ignored.log")
        assert {name: now[name] for name in names} == {name: self.before[name] for name in names}
        assert self.sandbox.git("diff", "--cached", "--name-only", "--", "staged.py") == "staged.py"

    def assert_settled(self, *states: dict[str, str]) -> None:
        assert self.state() in states
        self.assert_user_untouched()
        assert self.sandbox.git("fsck", "--no-dangling") == ""
        with self.sandbox.open() as repository:
            assert repository.pending() is None
            assert not list(repository.git_dir.rglob("*.lock"))
        left = [file.name for file in (self.sandbox.root / ".git" / "consolidate").iterdir()]
        assert left == ["lock"]

    def settle(self, way: str) -> str:
        """Finish or undo, if there is something to; return how it ended."""
        with self.sandbox.open() as repository:
            if repository.pending() is None:
                # The next run tidies up what a killed one left in the scratch folder.
                with pytest.raises(UsageProblem):
                    getattr(repository, way)()
                shutil.rmtree(repository.git_dir / "consolidate" / "scratch", ignore_errors=True)
                (repository.git_dir / "consolidate" / "journal.tmp").unlink(missing_ok=True)
                return ""
            with pytest.raises(Interrupted):
                self.work(repository)
            return getattr(repository, way)().outcome


_CASES: dict[str, Case] = {}


@pytest.fixture
def case(_template: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Case]:
    """Return a function that makes the case of an operation: `apply` or `revert`."""

    def make(operation: str) -> Case:
        if operation not in _CASES:
            root = tmp_path_factory.mktemp(operation) / "repository"
            shutil.copytree(_template, root)
            _CASES[operation] = Case(Sandbox(root), operation)
        return _CASES[operation].copy(tmp_path / "repository")

    return make


@pytest.mark.parametrize("way", ["resume", "abort"])
@pytest.mark.parametrize("point", POINTS)
def test_apply_killed(case, point, way):
    it = case("apply")
    assert _in_child(it.sandbox, it.work, point)
    it.assert_user_untouched()
    outcome = it.settle(way)
    moved = point in AFTER_COMMIT_POINT
    if point == "journal-dropped":
        it.assert_settled(it.after)
    elif moved:
        assert outcome == {"resume": "finished", "abort": "undone"}[way]
        it.assert_settled(it.after if way == "resume" else it.before)
    else:
        assert outcome == ("nothing" if point == "journal" else "")
        it.assert_settled(it.before)


@pytest.mark.parametrize("point", POINTS)
def test_revert_killed(case, point):
    it = case("revert")
    assert _in_child(it.sandbox, it.work, point)
    it.settle("resume")
    it.assert_settled(it.after if point in AFTER_COMMIT_POINT else it.before)


@pytest.mark.parametrize("point", [point for point in AFTER_COMMIT_POINT if point != "ref"])
def test_continue_killed(case, point):
    it = case("apply")
    assert _in_child(it.sandbox, it.work, "ref")
    assert _in_child(it.sandbox, lambda repository: repository.resume(), point)
    it.settle("resume")
    it.assert_settled(it.after)


@pytest.mark.parametrize("way", ["resume", "abort"])
@pytest.mark.parametrize("point", POINTS[POINTS.index("journal-temporary") :])
def test_abort_killed(case, point, way):
    it = case("apply")
    assert _in_child(it.sandbox, it.work, "index")
    assert _in_child(it.sandbox, lambda repository: repository.abort(), point)
    outcome = it.settle(way)
    # Before its own journal is in place, an abort has not begun: the run is still one that can be finished.
    it.assert_settled(it.after if outcome == "finished" else it.before)
    assert outcome != "finished" or (point, way) == ("journal-temporary", "resume")


def test_the_next_run_needs_no_tidying_after_a_kill_before_the_journal(case):
    it = case("apply")
    for point in ("blobs", "commit", "journal-temporary"):
        assert _in_child(it.sandbox, it.work, point)
        assert it.state() == it.before
    with it.sandbox.open() as repository:
        it.work(repository)
    it.assert_settled(it.after)


def test_what_the_user_changed_meanwhile_stays(case):
    it = case("apply")
    assert _in_child(it.sandbox, it.work, "ref")
    it.sandbox.write("a.py", b"edited meanwhile\n")
    with it.sandbox.open() as repository:
        ended = repository.resume()
    assert (ended.outcome, ended.left) == ("finished", ("a.py",))
    assert it.sandbox.read("a.py") == b"edited meanwhile\n"
    assert it.sandbox.read("tool.sh") == PHASE["tool.sh"]
    assert " M a.py" in it.sandbox.git("status", "--porcelain").splitlines()


def test_commits_made_on_top_of_an_interrupted_run(case):
    it = case("apply")
    assert _in_child(it.sandbox, it.work, "index")
    it.sandbox.git("commit", "-q", "-m", "on top", "staged.py")
    with it.sandbox.open() as repository:
        with pytest.raises(Refused, match="on top") as caught:
            repository.abort()
        assert caught.value.code == "head-moved"
        assert repository.resume().outcome == "finished"


def test_a_run_whose_commit_was_reset_away_can_be_forgotten(case):
    it = case("apply")
    assert _in_child(it.sandbox, it.work, "index")
    it.sandbox.git("reset", "-q", "--hard", "HEAD^")
    elsewhere = it.sandbox.commit({"other.py": b"elsewhere\n"})
    with it.sandbox.open() as repository:
        with pytest.raises(Refused, match="--abort"):
            repository.resume()
        assert repository.abort().outcome == "nothing"
        assert repository.pending() is None
    assert it.sandbox.head() == elsewhere


def test_on_another_branch_an_interrupted_run_waits(case):
    it = case("apply")
    assert _in_child(it.sandbox, it.work, "index")
    it.sandbox.git("checkout", "-q", "-b", "elsewhere")
    with it.sandbox.open() as repository, pytest.raises(Refused, match="switch to main"):
        repository.resume()
    it.sandbox.git("checkout", "-q", "main")
    assert it.settle("resume") == "finished"


def test_locks_of_a_git_that_was_killed_too_are_cleared(case):
    it = case("apply")
    assert _in_child(it.sandbox, it.work, "journal")
    git_dir = it.sandbox.root / ".git"
    (git_dir / "HEAD.lock").write_bytes(b"")
    with it.sandbox.open() as repository:
        (git_dir / "refs" / "heads" / "main.lock").write_bytes(repository.pending().new.encode() + b"\n")
    assert it.settle("resume") == "nothing"
    it.assert_settled(it.before)


def test_a_strangers_index_lock_stops_half_way(case):
    it = case("apply")
    assert _in_child(it.sandbox, it.work, "file:5")
    lock = it.sandbox.root / ".git" / "index.lock"
    lock.write_bytes(b"DIRC")
    with it.sandbox.open() as repository:
        with pytest.raises(HalfWay, match="another git process"):
            repository.resume()
        assert lock.read_bytes() == b"DIRC"
        lock.unlink()
        assert repository.resume().outcome == "finished"
    it.assert_settled(it.after)


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"version": 2}', None])
def test_a_journal_that_no_run_wrote_is_refused(case, damage: bytes | None):
    it = case("apply")
    assert _in_child(it.sandbox, it.work, "index")
    file: Path = it.sandbox.root / ".git" / "consolidate" / "journal.json"
    file.write_bytes(file.read_bytes().replace(b"pkg/b.py", b"../b.py") if damage is None else damage)
    before = it.sandbox.state()
    with it.sandbox.open() as repository:
        for way in (repository.resume, repository.abort, repository.pending):
            with pytest.raises(Refused) as caught:
                way()
            assert caught.value.code == "journal-broken"
    assert it.sandbox.state() == before
