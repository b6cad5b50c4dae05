"""One run at a time; who holds the lock; a dead holder's lock."""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import signal
import socket
import subprocess
import sys
import time

import pytest

from consolidate.errors import LockHeld, Refused
from consolidate.gitstep import lock
from tests.git.sandbox import Sandbox

HOLDER = """
import sys, time
from pathlib import Path
from consolidate.repository import Repository
with Repository.open(Path(sys.argv[1])) as repository, repository.lock("apply --phase 7"):
    print("held", flush=True)
    time.sleep(60)
"""


def _environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}


@pytest.fixture
def holder(sandbox):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, sandbox.root],
        stdout=subprocess.PIPE,
        env=_environment(),
    )
    assert process.stdout.readline() == b"held\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_a_live_holder_is_named(sandbox, holder, phase):
    changes, before = sandbox.changes(phase), sandbox.state()
    with sandbox.open() as repository, pytest.raises(LockHeld) as caught:
        repository.apply(changes, expected_head=sandbox.head())
    assert caught.value.exit_code == 5
    assert f"`apply --phase 7` (process {holder.pid} on " in str(caught.value)
    assert sandbox.state() == before


def test_a_dead_holders_lock_is_taken_over(sandbox, holder, phase):
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()
    sandbox.apply(phase)
    assert sandbox.read("a.py") == phase["a.py"]


def test_a_linked_worktree_waits_for_the_same_lock(sandbox, holder, tmp_path, phase):

    sandbox.git("worktree", "add", "-q", "-b", "side", str(tmp_path / "side"))
    with pytest.raises(LockHeld):
        Sandbox(tmp_path / "side").apply(phase)


def test_the_last_git_process_of_a_dead_holder_is_waited_for(sandbox, phase):
    """A git process that a killed run leaves behind holds the lock until it has ended."""
    die = """
    import os, subprocess
    subprocess.Popen(["sleep", "1"], pass_fds=repository._writer.inherited)
    os.kill(os.getpid(), 9)
"""
    script = HOLDER.replace("    time.sleep(60)\n", die.removeprefix("\n"))
    subprocess.run(
        [sys.executable, "-c", script, sandbox.root], stdout=subprocess.DEVNULL, check=False, env=_environment()
    )
    started = time.monotonic()
    sandbox.apply(phase)
    assert time.monotonic() - started > 0.3


def test_the_lock_can_be_held_around_several_steps(sandbox, phase):
    with sandbox.open() as repository, repository.lock("apply --all"):
        repository.apply(sandbox.changes(phase), expected_head=sandbox.head())
        repository.revert(["HEAD"], ["revert\n"], expected_head=sandbox.head())
        with (
            pytest.raises(LockHeld, match="apply --all"),
            lock.hold(repository.common_dir / "consolidate" / "lock", "x"),
        ):
            pass
    with sandbox.open() as repository, repository.lock("again"), contextlib.suppress(ValueError):
        raise ValueError


def test_of_several_runs_at_once_one_wins(sandbox, phase):
    changes, head = sandbox.changes(phase), sandbox.head()
    script = """
import pickle, sys
from pathlib import Path
from consolidate.errors import ConsolidateError
from consolidate.repository import Repository
changes, head = pickle.loads(sys.stdin.buffer.read())
try:
    with Repository.open(Path(sys.argv[1])) as repository:
        repository.apply(changes, expected_head=head)
except ConsolidateError as error:
    sys.exit(error.exit_code)
"""

    processes = [
        subprocess.Popen(
            [sys.executable, "-c", script, sandbox.root],
            stdin=subprocess.PIPE,
            env=_environment(),
        )
        for _ in range(4)
    ]
    for process in processes:
        process.stdin.write(pickle.dumps((changes, head)))
    for process in processes:
        process.stdin.close()
    statuses = sorted(process.wait() for process in processes)
    assert statuses[0] == 0
    assert set(statuses[1:]) <= {3, 5}  # 3: it came after the winner had ended
    assert sandbox.git("rev-list", "--count", "HEAD") == "2"
    assert sandbox.git("status", "--porcelain") == ""


def test_a_process_id_that_was_given_again_holds_nothing(sandbox, phase):
    """The lock is the kernel's: a live process that has the id of a dead holder is nobody."""
    sandbox.apply(phase)
    file = sandbox.root / ".git" / "consolidate" / "lock"
    name = {"pid": os.getppid(), "host": socket.gethostname(), "command": "apply --phase 7", "since": "2001-01-01"}
    file.write_text(json.dumps(name))
    started = time.monotonic()
    with sandbox.open() as repository:
        assert repository.held_by() == ""
        assert repository.state().holder == (
            f"`apply --phase 7` (process {os.getppid()} on {name['host']}, since 2001-01-01)",
            False,
        )
        repository.revert(["HEAD"], ["revert\n"], expected_head=sandbox.head())
    assert time.monotonic() - started < lock.PATIENCE


def test_who_is_at_work_is_told_without_disturbing(sandbox, holder):
    with sandbox.open() as repository:
        assert f"process {holder.pid} " in repository.held_by()
        with pytest.raises(LockHeld), repository.lock("another"):
            pass
    holder.kill()
    holder.wait()
    with sandbox.open() as repository:
        assert repository.held_by() == ""
        with repository.lock("another"):
            assert f"process {os.getpid()} " in repository.held_by()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # a fork beside threads, Python 3.12 and later
def test_a_forked_worker_that_outlives_a_run_does_not_hold_its_lock(sandbox):
    with sandbox.open() as repository:
        with repository.lock("apply --phase 1"):
            begun, begin = os.pipe()
            child = os.fork()
            if not child:
                os.write(begin, b".")
                time.sleep(60)
                os._exit(0)
        try:
            os.read(begun, 1)
            os.close(begun)
            os.close(begin)
            assert repository.held_by() == ""
            with repository.lock("another"):
                pass
        finally:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


def test_a_holder_with_an_impossible_number_is_waited_for_and_told(sandbox, monkeypatch):
    """Whoever wrote the file: what it says decides about nothing but the patience."""
    monkeypatch.setattr(lock, "PATIENCE", 0.1)
    with sandbox.open() as first, sandbox.open() as second, first.lock("apply"):
        file = sandbox.root / ".git" / "consolidate" / "lock"
        file.write_text(json.dumps({"pid": 10**30, "host": socket.gethostname()}))
        with pytest.raises(LockHeld), second.lock("another"):
            pass


def test_a_pipe_in_the_place_of_the_lock_is_nobody_and_hangs_nobody(sandbox, phase):
    sandbox.apply(phase)
    file = sandbox.root / ".git" / "consolidate" / "lock"
    file.unlink()
    os.mkfifo(file)
    with sandbox.open() as repository:
        assert repository.held_by() == ""
        assert repository.state().holder == ("", False)


def test_a_run_that_is_refused_has_left_no_lock(sandbox):
    with sandbox.open() as repository:
        with pytest.raises(Refused), repository.lock("apply --phase 2"):
            raise Refused("phase 2 comes after phase 1")
        assert repository.state().holder == ("", False)
