"""Where legacy references still are: engines by packages, as the phases that are applied leave them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from planner.model import Action, EnginePlan, Reference

MOST = 12  # packages, beyond which folders are taken together
LEVELS = 4
ROOT, REST = "(root)", "(elsewhere)"


@dataclass(frozen=True, slots=True)
class Cell:
    """The references to one engine in one package: all, and those that still name it, by what becomes of them."""

    total: int
    pending: int
    manual: int
    left: int
    level: int = 0

    @property
    def open(self) -> int:
        """How many still name the engine."""
        return self.pending + self.manual + self.left

    @property
    def told(self) -> str:
        """The cell in words."""
        return f"{self.total} found: {self.pending} in open phases, {self.manual} manual, {self.left} left"


@dataclass(frozen=True, slots=True)
class Heat:
    """A row of cells for each engine, by id in the order of the plan; the last cell of a row is its sum."""

    packages: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


def heat(engines: Sequence[EnginePlan], references: Sequence[Reference], applied: Collection[int]) -> Heat:
    """Return the heat map; `applied` are the phases that the branch has."""
    of = packages({item.path for item in references})
    names = sorted(set(of.values()), key=lambda name: (name == REST, name))
    counts: Counter[tuple[str, str, str]] = Counter()
    for item in references:
        moved = item.action is Action.REWRITTEN
        kind = str(item.action) if not moved else "done" if item.phase in applied else "pending"
        for column in (of[item.path], ""):
            counts[item.engine, column, kind] += 1
            counts[item.engine, column, "total"] += 1
    kinds = ("total", "pending", "manual", "left")
    rows = []
    for engine in engines:
        cells = [Cell(*(counts[engine.id, name, kind] for kind in kinds)) for name in (*names, "")]
        rows.append((engine.id, cells))
    most = max((cell.open for _, cells in rows for cell in cells[:-1]), default=0)
    shaded = tuple((id_, (*(_shaded(cell, most) for cell in cells[:-1]), cells[-1])) for id_, cells in rows)
    return Heat(tuple(names), shaded)


def packages(paths: Collection[str]) -> dict[str, str]:
    """Return the package of each path: its folder, as deep as there are no more than MOST of them."""
    folders = {path: path.split("/")[:-1] for path in paths}
    depth = 1
    while depth < 12 and len({tuple(parts[: depth + 1]) for parts in folders.values()}) <= MOST:
        depth += 1
    named = {path: "/".join(parts[:depth]) or ROOT for path, parts in folders.items()}
    common = Counter(named.values()).most_common()
    kept = {name for name, _ in sorted(common, key=lambda item: (-item[1], item[0]))[: MOST - (len(common) > MOST)]}
    return {path: name if name in kept else REST for path, name in named.items()}


def _shaded(cell: Cell, most: int) -> Cell:
    level = 0 if not cell.open else 1 + (LEVELS - 1) * (cell.open - 1) // max(most - 1, 1)
    return Cell(cell.total, cell.pending, cell.manual, cell.left, level)
