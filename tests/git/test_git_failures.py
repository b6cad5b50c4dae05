"""A git or a file that fails at one place: what the run says, and where it leaves the repository."""

from __future__ import annotations

import errno
import os
import signal
from collections.abc import Callable

import pytest

from consolidate.errors import HalfWay, Refused
from consolidate.gitstep import journal
from consolidate.gitstep.port import Output
from consolidate.gitstep.runner import Reader

KILLED = -signal.SIGKILL


@pytest.fixture
def fail(monkeypatch) -> Callable[..., None]:
    """Return a function that lets the git commands of that name fail: before they begin, or once they are done."""

    def install(name: str, *, status: int = 128, done: bool = False) -> None:
        real = Reader.run

        def run(self: Reader, *args: str, **named: object) -> Output:
            if args[0] != name:
                return real(self, *args, **named)
            if done:
                real(self, *args, **named)
            return Output(status, b"", "fatal: a fault")

        monkeypatch.setattr(Reader, "run", run)

    return install


def full(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "some/file")


@pytest.mark.parametrize("status", [128, KILLED])
def test_a_git_that_moved_the_branch_and_then_failed_has_moved_it(sandbox, phase, fail, status):
    fail("update-ref", status=status, done=True)
    before = sandbox.head()
    assert sandbox.apply(phase) == sandbox.head() != before
    assert sandbox.read("a.py") == phase["a.py"]
    assert sandbox.git("status", "--porcelain") == ""


def test_a_git_that_did_not_move_the_branch_leaves_everything(sandbox, phase, fail):
    fail("update-ref", status=KILLED)
    before = sandbox.state()
    with pytest.raises(Refused, match="could not be moved"):
        sandbox.apply(phase)
    assert sandbox.state() == before
    with sandbox.open() as repository:
        assert repository.pending() is None


def test_where_nobody_can_tell_if_the_branch_moved_the_journal_stays(sandbox, phase, fail, monkeypatch):
    changes, head = sandbox.changes(phase), sandbox.head()
    fail("update-ref", done=True)
    with sandbox.open() as repository:
        monkeypatch.setattr("consolidate.gitstep.rollforward.stale.clear_ref_locks", full)
        with pytest.raises(HalfWay, match="may have moved"):
            repository.apply(changes, expected_head=head)
        monkeypatch.undo()
    with sandbox.open() as repository:
        assert repository.abort().outcome == "undone"
    assert sandbox.head() == head


def test_a_journal_that_cannot_be_removed_is_one_to_finish(sandbox, phase, monkeypatch):
    with sandbox.open() as repository:
        monkeypatch.setattr(journal, "drop", full)
        with pytest.raises(HalfWay, match="No space left"):
            repository.apply(sandbox.changes(phase), expected_head=sandbox.head())
        monkeypatch.undo()
    with sandbox.open() as repository:
        assert repository.resume().outcome == "finished"
    assert sandbox.git("status", "--porcelain") == ""


def test_a_git_that_cannot_tell_the_history_does_not_make_a_run_forgotten(sandbox, phase, fail, monkeypatch):
    with sandbox.open() as repository:
        monkeypatch.setattr("consolidate.gitstep.rollforward._roll_files", full)
        with pytest.raises(HalfWay):
            repository.apply(sandbox.changes(phase), expected_head=sandbox.head())
        monkeypatch.undo()
    sandbox.git("-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-q", "--allow-empty", "-m", "on top")
    fail("merge-base")
    with sandbox.open() as repository:
        with pytest.raises(Refused, match="merge-base failed"):
            repository.abort()
        assert repository.pending() is not None


@pytest.mark.parametrize("place", ["transaction.check", "transaction.journal.write", "lock.os.pwrite", "lock._acquire"])
def test_a_full_disk_before_the_commit_point_refuses_with_nothing_touched(sandbox, phase, monkeypatch, place):
    changes, head, before = sandbox.changes(phase), sandbox.head(), sandbox.state()
    monkeypatch.setattr(f"consolidate.gitstep.{place}", full)
    with sandbox.open() as repository:
        if place == "lock.os.pwrite":  # the name of the holder is all that is lost
            repository.apply(changes, expected_head=head)
            return
        with pytest.raises(Refused, match="No space left") as caught:
            repository.apply(changes, expected_head=head)
    assert caught.value.exit_code == 3
    assert sandbox.state() == before


def test_a_full_disk_while_a_run_is_undone_leaves_it_to_be_undone(sandbox, phase, monkeypatch):
    before = sandbox.state()
    with sandbox.open() as repository:
        monkeypatch.setattr("consolidate.gitstep.rollforward._roll_files", full)
        with pytest.raises(HalfWay):
            repository.apply(sandbox.changes(phase), expected_head=sandbox.head())
        monkeypatch.setattr(journal, "write", full)
        with pytest.raises(HalfWay, match="No space left") as caught:
            repository.abort()
        assert "--abort" in str(caught.value)
        monkeypatch.undo()
    with sandbox.open() as repository:
        repository.abort()
    assert sandbox.state() == before
