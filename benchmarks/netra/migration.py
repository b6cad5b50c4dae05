"""consolidate as a user runs it, in a scratch checkout: plan (timed, and again under other conditions) and apply."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CONDITIONS = (("1", "1"), ("2", "1"), ("1", "2"), ("2", "2"))  # --jobs, PYTHONHASHSEED
TIMED_RUNS = 3


@dataclass(frozen=True, slots=True)
class Tool:
    """A command, as words, with the checkout and the configuration it works on."""

    command: tuple[str, ...]
    checkout: Path
    config: Path

    def run(self, *arguments: str, hash_seed: str = "random") -> subprocess.CompletedProcess[bytes]:
        environment = dict(os.environ) | {"PYTHONHASHSEED": hash_seed, "NO_COLOR": "1"}
        words = [*self.command, "-C", str(self.checkout), "--config", str(self.config), *arguments]
        return subprocess.run(words, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False)

    def plan(self, jobs: str | None = None, hash_seed: str = "random") -> bytes:
        """Return the bytes of `plan --json`. Anything but exit 0 ends the benchmark."""
        options = ("--jobs", jobs) if jobs else ()
        done = self.run(*options, "--no-cache", "plan", "--json", hash_seed=hash_seed)
        if done.returncode:
            raise SystemExit(f"error: plan ended with {done.returncode}: {said(done)}")
        return done.stdout


def said(done: subprocess.CompletedProcess[bytes]) -> str:
    return done.stderr.decode(errors="replace").strip()[-2000:]


@contextmanager
def cold(checkout: Path) -> Iterator[None]:
    """Take away afterwards whatever a run puts into the git directory, its cache above all."""
    folder = checkout / ".git"
    known = set(folder.iterdir())
    try:
        yield
    finally:
        for path in set(folder.iterdir()) - known:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()


@dataclass(frozen=True, slots=True)
class PlanRuns:
    """`seconds` of the cold runs; sha256 of the plan by condition (`jobs=1 hash-seed=1`); the plan itself."""

    seconds: tuple[float, ...]
    digests: dict[str, str]
    plan: dict[str, Any]


def plan_runs(tool: Tool, timing: bool = True) -> PlanRuns:
    """Plan three times cold for the clock (the command's own default of --jobs), then once for each condition."""
    seconds = []
    for _ in range(TIMED_RUNS if timing else 0):
        with cold(tool.checkout):
            start = time.perf_counter()
            done = tool.run("--no-cache", "plan")
            seconds.append(time.perf_counter() - start)
            if done.returncode:
                raise SystemExit(f"error: plan ended with {done.returncode}: {said(done)}")
    digests, content = {}, b""
    for jobs, seed in CONDITIONS:
        with cold(tool.checkout):
            content = tool.plan(jobs, seed)
        digests[f"jobs={jobs} hash-seed={seed}"] = hashlib.sha256(content).hexdigest()
    digests["again, with the cache of the run before"] = warm(tool)
    return PlanRuns(tuple(seconds), digests, json.loads(content))


def warm(tool: Tool) -> str:
    with cold(tool.checkout):
        tool.plan()
        return hashlib.sha256(tool.plan()).hexdigest()


def apply_all(tool: Tool) -> tuple[int, str]:
    """Run `apply --all`; return its exit code and what it said on stderr."""
    done = tool.run("apply", "--all")
    return done.returncode, said(done)
