"""What is asked of consolidate's speed, as data: the tables say of each whether it is met."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from figures import ratios

Lines = Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Target:
    """A limit on a line's figure, or on its ratio to another line's of the same round.

    `figure` is a key of a run: seconds, or memory in MB. The limit holds for the median; with `least` it is the least
    that is wanted, else the most. Braces in the label are filled from the results' facts.
    """

    label: str
    line: str
    limit: float
    figure: str = "seconds"
    beside: str = ""
    least: bool = False

    def values(self, lines: Lines) -> list[float]:
        """Return the figure of each round."""
        ours = [self._of(run) for run in lines.get(self.line, ())]
        if not self.beside:
            return [value for value in ours if value is not None]
        return ratios(ours, [self._of(run) for run in lines.get(self.beside, ())])

    def _of(self, run: Mapping[str, Any]) -> float | None:
        return None if "failed" in run else run[self.figure]

    def met(self, value: float) -> bool:
        return value >= self.limit if self.least else value <= self.limit

    @property
    def wanted(self) -> str:
        return f"{'at least' if self.least else 'at most'} {self.cell(self.limit)}"

    def cell(self, value: float) -> str:
        if self.beside:
            return f"{value:.0f} x" if value >= 10 else f"{value:.2f} x"
        return f"{value:.2f} s" if self.figure == "seconds" else f"{value:.0f} MB"


COLD, LARGEST = "plan, cold", "apply of the largest phase"
AFTER = "plan, warm, after a commit that touches 20 files"
TARGETS = (
    Target("cold `plan` beside the floor", COLD, 2, beside="floor"),
    Target("cold `plan` beside ast-grep with one pattern", COLD, 1 / 3, beside="ast-grep, one pattern"),
    Target("cold `plan`: memory that all its processes hold", "plan, cold, memory that it holds", 500, "tree"),
    Target("warm `plan`", "plan, warm", 1.0),
    Target("warm `plan` after a commit that touches 20 files", AFTER, 1.3),
    Target("`check` of 5 changed files", "check of 5 changed files", 0.5),
    Target("`apply` of a phase of {phase_files} files", LARGEST, 3.0),
    Target(
        "LibCST's rename of {subset_files} files beside `plan` and `apply`",
        "90 files: LibCST, one rename",
        100,
        beside="90 files: plan and apply",
        least=True,
    ),
    Target("`consolidate --help`", "--help", 0.15),
    Target("`consolidate --version`", "--version", 0.15),
    Target("`status` of the sample", "status of the sample", 0.4),
)
