"""What is kept of verifications, in the git directory: outputs, results, and the results before a phase for an hour."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from consolidate.verifying.compare import Comparison
from consolidate.verifying.junit import Case, Outcome
from consolidate.verifying.running import Ran

FRESH = 3600.0  # seconds for which the results before a phase are used again
_CACHED = 10  # results kept for that
_LISTED = 10_000  # tests of one group in a result
GROUPS = ("newly_failing", "gone", "flaky", "newly_passing", "new", "still_failing")


def run_facts(commit: str, ran: Ran) -> dict[str, Any]:
    """Return a run of a commit's tests in numbers."""
    return {
        "commit": commit,
        "status": ran.status,
        "seconds": round(ran.seconds, 1),
        "tests": len(ran.tests),
        "passed": sum(case.outcome is Outcome.PASSED for case in ran.tests.values()),
    }


class Kept:
    """The folder `consolidate/verify` of a git directory. What cannot be written there is not kept."""

    def __init__(self, git_dir: Path) -> None:
        self.folder = git_dir / "consolidate" / "verify"

    def log(self, phase: int, side: str, ran: Ran) -> Path:
        """Keep the output of a run, and return where; `side` is `before`, `after` or `after-2` for a repetition."""
        file = self.folder / f"phase-{phase}-{side}.log"
        _write(file, ran.output)
        return file

    def result(self, phase: int, command: str, sides: Mapping[str, tuple[str, Ran]], found: Comparison) -> None:
        """Keep a result as JSON, `phase-N.json`: `sides` are commit and run by name."""
        groups = {name: [_row(case) for case in getattr(found, name)[:_LISTED]] for name in GROUPS}
        runs = {name: run_facts(commit, ran) for name, (commit, ran) in sides.items()}
        renamed = [[old.name, new.name] for old, new in found.renamed[:_LISTED]]
        data = {"phase": phase, "command": command, **runs, **groups, "renamed": renamed}
        _write(self.folder / f"phase-{phase}.json", json.dumps(data, indent=1).encode())

    def recall(self, key: Sequence[str]) -> Ran | None:
        """Return the results that were kept for a key within the last hour, or None."""
        file = self._cached(key)
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            if 0 <= time.time() - file.stat().st_mtime < FRESH:
                data = json.loads(file.read_bytes())
                rows = [Case(name, Outcome(outcome), why, test) for name, outcome, why, test in data["cases"]]
                return Ran({case.name: case for case in rows}, data["status"], b"", data["seconds"])
        return None

    def remember(self, key: Sequence[str], ran: Ran) -> None:
        """Keep the results of a run for a key."""
        data = {"status": ran.status, "seconds": ran.seconds, "cases": [_row(case) for case in ran.cases.values()]}
        _write(self._cached(key), json.dumps(data).encode())
        with contextlib.suppress(OSError):
            files = sorted((self.folder / "cache").iterdir(), key=lambda file: file.stat().st_mtime, reverse=True)
            for file in files[_CACHED:]:
                file.unlink()

    def _cached(self, key: Sequence[str]) -> Path:
        return self.folder / "cache" / hashlib.sha256("\0".join(key).encode("utf-8", "surrogateescape")).hexdigest()


def _row(case: Case) -> list[object]:
    return [case.name, case.outcome, case.message, case.collected]


def _write(file: Path, data: bytes) -> None:
    temporary = file.with_name(f"{file.name}.{os.getpid()}.tmp")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(data)
        temporary.replace(file)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink()
