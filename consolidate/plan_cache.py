"""The plans that the git directory keeps: by digest, and which commit and configuration gave which digest.

A cache: what is missing or damaged is made again, and what cannot be written is not kept.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from consolidate.cache.memo import stamp
from planner import planfile
from planner.model import Plan

KEPT = 30  # plans kept


class PlanCache:
    """Plans in a folder, which may not exist yet."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, digest: str, data: bytes) -> None:
        """Keep the bytes of a plan file by the plan's digest, and let the oldest go."""
        _write(self._folder / f"{digest}.json", data)
        self._prune()

    def keep_for(self, commit: str, config_sha256: str, plan: Plan) -> None:
        """Keep a plan as what this code makes of a commit (full id) and a configuration."""
        self.keep(plan.digest, planfile.dump(plan))
        _write(self._folder / f"{commit}{_tail(config_sha256)}", plan.digest.encode())

    def get(self, digest: str) -> Plan | None:
        """Return the plan of a digest, None where there is none or it is damaged."""
        if not re.fullmatch("[0-9a-f]{64}", digest):
            return None
        with contextlib.suppress(OSError, planfile.PlanFileError):
            plan = planfile.load((self._folder / f"{digest}.json").read_bytes())
            return plan if plan.digest == digest else None
        return None

    def get_for(self, commit: str, config_sha256: str) -> Plan | None:
        """Return what this code made of a commit and a configuration, None where it is not kept."""
        return self._named(self._folder / f"{commit}{_tail(config_sha256)}")

    def recent(self, config_sha256: str, count: int) -> Iterator[Plan]:
        """Yield the plans that this code made last with a configuration, `count` at most, newest first."""
        found: list[tuple[float, Path]] = []
        with contextlib.suppress(OSError):
            keys = [file for file in self._folder.iterdir() if file.name.endswith(_tail(config_sha256))]
            found = [(file.stat().st_mtime, file) for file in keys]
        for _, file in sorted(found, reverse=True)[:count]:
            if plan := self._named(file):
                yield plan

    def _named(self, key: Path) -> Plan | None:
        with contextlib.suppress(OSError, UnicodeDecodeError):
            return self.get(key.read_text(encoding="ascii"))
        return None

    def _prune(self) -> None:
        with contextlib.suppress(OSError):
            files = sorted(self._folder.iterdir(), key=lambda file: file.stat().st_mtime, reverse=True)
            for file in files[2 * KEPT :]:
                file.unlink()


def _tail(config_sha256: str) -> str:
    return f"-{config_sha256[:16]}-{stamp()}"


def _write(file: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    temporary = file.with_name(f"{file.name}.{os.getpid()}.tmp")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(data)
        temporary.replace(file)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink()
