"""Processes of git that are begun before anybody waits for them."""

import signal

from consolidate.gitstep.runner import Reader


def test_a_git_that_was_begun_goes_on_and_is_waited_for(sandbox):
    with sandbox.open() as repository:
        git = Reader.at(repository._places)
        text = b"x" * 1_000_000  # more than a pipe holds
        name = sandbox.git("hash-object", "-w", "--stdin", stdin=text)
        waits = git.begin("cat-file", "-p", name), git.begin("cat-file", "--batch-check", stdin=name.encode())
        wrong = git.begin("cat-file", "-p", "0" * 40)
        assert waits[0]().stdout == text
        assert waits[1]().stdout.decode() == f"{name} blob 1000000\n"
        failed = wrong()
        assert (failed.status, failed.stdout) == (128, b"")
        assert failed.stderr.startswith("fatal: ")


def test_a_git_that_nobody_waits_for_is_stopped(sandbox, tmp_path, monkeypatch):
    program = tmp_path / "slow"
    program.write_text("#!/bin/sh\nexec sleep 600\n")
    program.chmod(0o755)
    monkeypatch.setenv("GIT_PYTHON_GIT_EXECUTABLE", str(program))
    git = Reader(sandbox.root)
    git.begin("log")
    [process] = git._running
    git.close()
    assert process.returncode == -signal.SIGKILL
