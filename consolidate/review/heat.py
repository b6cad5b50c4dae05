"""Where legacy references still are: engines by packages, as the phases that are applied leave them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from msgspec import Struct

from planner.model import Action, EnginePlan, Reference

MOST = 12  # packages, beyond which folders are taken together
LEVELS = 4
ROOT, REST = "(root)", "(elsewhere)"


class Cell(Struct, frozen=True):
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


class Heat(Struct, frozen=True):
    """A row of cells for each engine, by id in the order of the plan; the last cell of a row is its sum."""

    packages: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


def heat(engines: Sequence[EnginePlan], references: Sequence[Reference], applied: Collection[int]) -> Heat:
    """Return the heat map; `applied` are the phases that the branch has."""
    of = packages(Counter(item.path for item in references))
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


def packages(references: Mapping[str, int]) -> dict[str, str]:
    """Return the package of each path: no more than MOST of them, deepest where there are most `references`.

    A folder that holds more than its share is told apart by the folders in it, as long as there is room.
    """
    parts = {path: tuple(path.split("/")[:-1]) for path in references}
    groups: dict[tuple[str, ...], list[str]] = {}
    for path in sorted(references):
        groups.setdefault(parts[path][:1], []).append(path)
    share = sum(references.values()) / MOST
    waiting = list(groups)
    while waiting:
        waiting.sort(key=lambda name: (-_weight(groups[name], references), name))
        name = waiting.pop(0)
        inner: dict[tuple[str, ...], list[str]] = {}
        for path in groups[name]:
            inner.setdefault(parts[path][: len(name) + 1], []).append(path)
        small = _weight(groups[name], references) <= share
        if not name or small or set(inner) == {name} or len(groups) - 1 + len(inner) > MOST:
            continue
        del groups[name]
        groups |= inner
        waiting += [other for other in inner if other != name]
    largest = sorted(groups, key=lambda name: (-_weight(groups[name], references), name))
    kept = set(largest[: MOST - (len(largest) > MOST)])
    return {
        path: ("/".join(name) or ROOT) if name in kept else REST for name, members in groups.items() for path in members
    }


def _weight(paths: Sequence[str], references: Mapping[str, int]) -> int:
    return sum(references[path] for path in paths)


def _shaded(cell: Cell, most: int) -> Cell:
    level = 0 if not cell.open else 1 + (LEVELS - 1) * (cell.open - 1) // max(most - 1, 1)
    return Cell(cell.total, cell.pending, cell.manual, cell.left, level)
