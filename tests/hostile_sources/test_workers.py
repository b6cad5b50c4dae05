"""Processes that end in the middle of their work, or late: one file is lost at most, and the others are as ever."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from consolidate.executors.local import Local
from consolidate.guard import Guard, Lost
from consolidate.workers import Care, Workers
from tests.hostile_sources import world
from tests.hostile_sources.sources import IMPORT

Batch = tuple[str, ...]


def _kills_its_process(batch: Batch) -> dict[str, str]:
    if "bad" in batch:
        os.kill(os.getpid(), signal.SIGKILL)
    return dict.fromkeys(batch, "done")


def _ends_slowly(item: str) -> str:
    real: Any = os._exit

    def late(code: int) -> None:
        time.sleep(0.3)
        real(code)

    os._exit = late  # type: ignore[assignment]  # of a child that ends with this piece of work
    return item


CARE: Care[Batch, dict[str, str]] = Care(
    risky=lambda batch: False,
    lost=lambda batch, reason: dict.fromkeys(batch, reason),
    parts=lambda batch: [part for part in (batch[: len(batch) // 2], batch[len(batch) // 2 :]) if part],
    joined=lambda results: {name: said for result in results for name, said in result.items()},
)


def test_a_child_that_takes_its_time_to_end_has_done_its_work():
    with Guard() as guard:
        assert guard.run(_ends_slowly, "an answer") == "an answer"


def test_a_child_that_is_killed_is_told():
    with Guard() as guard, pytest.raises(Lost):
        guard.run(_kills_its_process, ("bad",))


def test_a_file_that_kills_every_process_costs_itself_only():
    batches: list[Batch] = [("a", "b", "c"), ("d", "bad", "e", "f"), ("g",), ("h", "i")]
    with Workers(Local(2)) as workers:
        found = CARE.joined(list(workers.map(_kills_its_process, batches, 10**9, CARE)))
    assert sorted(found) == sorted(name for batch in batches for name in batch)
    assert [name for name, said in found.items() if said != "done"] == ["bad"]


def _pool_of(process: subprocess.Popen[bytes]) -> list[int]:
    """Return the processes that are forks of it: those of its pool, which have its command line."""
    found = []
    with contextlib.suppress(OSError):
        mine = Path(f"/proc/{process.pid}/cmdline").read_bytes()
        for name in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split():
            with contextlib.suppress(OSError):
                if Path(f"/proc/{name}/cmdline").read_bytes() == mine:
                    found.append(int(name))
    return found


def _seconds(process: int) -> float:
    """Return the processor time that a process has used (proc(5), `stat`: utime and stime)."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _plan_and_kill(repository: Path) -> tuple[bytes, int]:
    """Plan with two processes, and kill one that is at work; return the plan and how many were killed."""
    environment = {**os.environ, "PYTHONPATH": str(world.ROOT)}
    command = [sys.executable, "-m", "consolidate", "--jobs", "2", "--no-cache", "plan", "--json"]
    process = subprocess.Popen(command, cwd=repository, env=environment, stdout=subprocess.PIPE)
    killed = 0
    while not killed and process.poll() is None:
        for child in _pool_of(process):
            with contextlib.suppress(OSError):
                if _seconds(child) > 0.05:
                    os.kill(child, signal.SIGKILL)
                    killed = 1
                    break
        time.sleep(0.002)
    out = process.communicate(timeout=600)[0]
    assert process.returncode == 0
    return out, killed


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for processes in /proc")
def test_a_process_that_is_killed_from_outside_changes_no_byte_of_the_plan(tmp_path):
    text = b'"""' + (b"x" * 79 + b"\n") * 4_800 + b'"""\n'  # makes a pool worth it, and is read at once
    long = IMPORT + text + b"x = [1, 2, 3]\n" * 4_000 + b"Old()\n"
    repository = world.make(tmp_path, {f"app/many{number}.py": long for number in range(8)})
    out, killed = _plan_and_kill(repository)
    assert killed == 1
    alone = world.run(repository, "--jobs", "1", "--no-cache", "plan", "--json")
    assert (alone.code, alone.err) == (0, "")
    assert out == alone.out
