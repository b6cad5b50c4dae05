"""consolidate as a user runs it, on a checkout with a configuration beside it."""

from __future__ import annotations

import json
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from measure import Run, run

LIMIT = 3600  # seconds


@dataclass(frozen=True, slots=True)
class Tool:
    """The words that start consolidate, the checkout and the configuration that it works on."""

    command: tuple[str, ...]
    place: Path
    config: Path

    def run(self, *arguments: str, **options: Any) -> Run:
        """Run a command; the options are those of `measure.run`."""
        words = [*self.command, "--config", str(self.config), *arguments]
        return run(words, self.place, **{"limit": LIMIT, **options})

    def must(self, *arguments: str) -> Run:
        """Run what others build on. Raises SystemExit where it fails."""
        done = self.run(*arguments, keep=True)
        if done.failed:
            raise SystemExit(f"error: consolidate {' '.join(arguments)} failed: {done.failed}")
        return done

    def forget(self) -> None:
        """Take away all that earlier runs have kept: the next one is a first one."""
        shutil.rmtree(self.place / ".git" / "consolidate", ignore_errors=True)

    def plan(self, *options: str) -> Run:
        """Make a plan and write it to a file, as the README advises."""
        return self.run(*options, "plan", "-o", str(self.file))

    @property
    def file(self) -> Path:
        """The file that `plan` writes to: outside of the checkout, so that it is no untracked file there."""
        return self.place.with_name(f"{self.place.name}.plan.json")

    def planned(self) -> dict[str, Any]:
        """Return the plan that was made last."""
        content: dict[str, Any] = json.loads(self.file.read_bytes())
        return content


def installed() -> tuple[str, ...]:
    """Return how to start consolidate: the program beside this Python, else the one on PATH."""
    beside = Path(sys.executable).with_name("consolidate")
    if beside.is_file():
        return (str(beside),)
    found = shutil.which("consolidate")
    if found is None:
        raise SystemExit("error: there is no consolidate beside this Python or on PATH; say how with --consolidate")
    return (found,)


def accepting(text: str) -> str:
    """Return a configuration that moves importers although the replacement lacks what they use.

    What it plans would break them; it is as many edits as the migration would be if the replacement had everything.
    """
    return re.sub(r'(?m)^contract = "check"$', 'contract = "accept"', text)
