import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from consolidate.verifying import process
from consolidate.verifying.process import HEAD, TAIL, run


def _run(command, tmp_path, timeout=20.0, tick=None):
    return run(["/bin/sh", "-c", command], tmp_path, os.environ, timeout=timeout, mark=str(tmp_path), tick=tick)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        return b") Z" not in Path(f"/proc/{pid}/stat").read_bytes()
    except OSError:
        return False


def test_status_and_output(tmp_path):
    done = _run("echo out; echo err >&2; exit 7", tmp_path)
    assert (done.status, done.output) == (7, b"out\nerr\n")


def test_a_long_output_keeps_its_beginning_and_its_end(tmp_path):
    done = _run("echo first; head -c 20000000 /dev/zero; echo last", tmp_path)
    assert done.output.startswith(b"first\n")
    assert done.output.endswith(b"last\n")
    assert b"bytes left out" in done.output
    assert len(done.output) < HEAD + TAIL + 100


ESCAPES = (
    "import os, sys, time, signal\n"
    "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    "if os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n"
    "        open(sys.argv[1], 'w').write(str(os.getpid()))\n        time.sleep(60)\n"
    "while not os.path.exists(sys.argv[1]): time.sleep(0.01)\n"
)


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="a daemon is known by /proc")
@pytest.mark.parametrize("then", ["", "sleep 60"])
def test_no_process_is_left_whether_it_ends_or_takes_too_long(tmp_path, then):
    (tmp_path / "escape.py").write_text(ESCAPES)
    pid = tmp_path / "pid"
    start = time.monotonic()
    done = _run(f"sleep 60 & {sys.executable} escape.py {pid}; {then}", tmp_path, timeout=2.5)
    assert done.status == (None if then else 0)
    assert time.monotonic() - start < 12
    assert not _alive(int(pid.read_text()))


def test_an_exception_ends_the_processes_too(tmp_path):
    def tick(_: float) -> None:
        if (tmp_path / "pid").exists():
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        _run("echo $$ > pid.tmp; mv pid.tmp pid; sleep 60", tmp_path, tick=tick)
    assert not _alive(int((tmp_path / "pid").read_text()))


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_to_the_program_ends_tests_and_scratch_folder(tmp_path, project, sent, monkeypatch):
    place = tmp_path / "temporary"
    place.mkdir()
    pid = tmp_path / "pid"
    script = (
        "import sys, pytest\nfrom tests.cli import projects\nfrom consolidate.cli import main\n"
        "projects.install(pytest.MonkeyPatch())\nsys.exit(main(sys.argv[1:]))\n"
    )
    root = str(Path(__file__).parent.parent.parent)
    program = subprocess.Popen(
        [
            sys.executable,
            "-c",
            script,
            "verify",
            "--tests",
            f"echo $$ > {pid}.tmp; mv {pid}.tmp {pid}; sleep 60; exit 1",
        ],
        cwd=project,
        env={**os.environ, "TMPDIR": str(place), "PYTHONPATH": root},
        stderr=subprocess.PIPE,
        # What a shell starts in the background ignores it, and so would what the tests start.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    deadline = time.monotonic() + 30
    while not pid.exists() and program.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    assert list(place.glob("consolidate-verify-*"))
    program.send_signal(sent)
    _, err = program.communicate(timeout=30)
    assert program.returncode == (130 if sent == signal.SIGINT else 143)
    assert err.startswith(b"error: interrupted")
    assert not _alive(int(pid.read_text()))
    assert not list(place.iterdir())


def test_processes_without_a_group_are_nobodys(tmp_path, monkeypatch):
    """Those of the kernel, and in a container those from outside, have group 0: they are not to be ended."""
    for pid, group in ((7, 0), (8, 9)):
        (tmp_path / str(pid)).mkdir()
        (tmp_path / str(pid) / "stat").write_text(f"{pid} (any) S 1 {group} 0")
        (tmp_path / str(pid) / "environ").write_bytes(b"A=b\0")
    monkeypatch.setattr(process, "Path", lambda _, *parts: tmp_path.joinpath(*parts))
    monkeypatch.setattr(process.os, "listdir", lambda _: ["7", "8", "net"])
    assert process._alive(0, "mark") == []
    assert process._alive(9, "mark") == [8]
