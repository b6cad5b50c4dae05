"""Which candidates do the same, and which of them is to be left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct

from consolidate.starting.candidate import Candidate
from planner.model import Symbol

_SHARED, _OVERLAP = 2, 0.3
"""Members in common that make two of a kind duplicates: how many, and of the smaller one what share."""


class Family(Struct, frozen=True):
    """Duplicates of one another: the one that is to be left, and the others, sorted by symbol."""

    survivor: Candidate
    others: tuple[Candidate, ...]

    @property
    def all(self) -> tuple[Candidate, ...]:
        """All of them."""
        return (self.survivor, *self.others)


def families(candidates: Sequence[Candidate], target: Symbol | None = None) -> list[Family]:
    """Return the candidates as families, the target's first; one that is alone has no others.

    `target` is the one that the user has chosen. Without it, the first family is the one with the most importers.
    """
    groups = _groups([one for one in candidates if one.kind != "redirect"])
    for one in candidates:
        for group in groups:
            if one.home is not None and any(other.symbol == one.home for other in group):
                group.append(one)
                break
    groups = sorted(groups, key=lambda group: _weight(group, target))
    if target is not None and len(groups) > 1 and len(groups[0]) == 1:
        groups = [groups[0] + groups[1], *groups[2:]]  # what is to take their place may look quite different
    judge = _Judge(candidates, groups, target)
    first = judge.family(groups[0], None) if groups else None
    return [first, *(judge.family(group, first.survivor) for group in groups[1:])] if first else []


def _weight(group: Sequence[Candidate], target: Symbol | None) -> tuple[bool, bool, int, Symbol]:
    importers = {path for one in group for path in one.importers | one.tests}
    chosen = any(one.symbol == target for one in group)
    return not chosen, len(group) == 1, -len(importers), min(one.symbol for one in group)


def _groups(candidates: Sequence[Candidate]) -> list[list[Candidate]]:
    groups: list[list[Candidate]] = []
    for one in candidates:
        joined = [group for group in groups if any(_alike(one, other) for other in group)]
        groups = [group for group in groups if group not in joined]
        groups.append([*(member for group in joined for member in group), one])
    return groups


def _alike(one: Candidate, other: Candidate) -> bool:
    if one.kind != other.kind or one.head != other.head:
        return False
    if one.symbol in other.bases or other.symbol in one.bases or one.bases & other.bases:
        return True
    return len(one.shared(other)) >= _SHARED and one.overlap(other) >= _OVERLAP


class _Judge:
    """Chooses the one that is left, by what the repository tells."""

    def __init__(
        self, candidates: Sequence[Candidate], groups: Iterable[Sequence[Candidate]], target: Symbol | None
    ) -> None:
        self._everybody, self._target = candidates, target
        # A new design names its parts alike: in how many families of several a word stands.
        self._qualifiers = Counter(
            word for group in groups if len(group) > 1 for word in {word for one in group for word in one.words}
        )

    def family(self, group: Sequence[Candidate], model: Candidate | None) -> Family:
        """Return a group as a family; `model` is the survivor of the first one, None for that one itself."""
        points = {one.symbol: self._points(one, group, model) for one in group}
        first, *others = sorted(group, key=lambda one: (one.symbol != self._target, -points[one.symbol], one.symbol))
        return Family(first, tuple(sorted(others, key=lambda one: one.symbol)))

    def _points(self, one: Candidate, group: Sequence[Candidate], model: Candidate | None) -> float:
        """Return what speaks for a candidate as the one that is left.

        It can do what the others do; the others' modules use it, and it does not use theirs; many import it; its name
        has a qualifier that other families have, or the model; it lies beside the model; nothing calls it deprecated.
        """
        covered = [one.covered(other) for other in group if other is not one and other.public]
        points = 3 * sum(covered) / len(covered) if covered else 0.0
        paths = {other.path for other in self._everybody if other.path != one.path}
        uses = {other.path for other in group if one.path in other.importers}
        points += 2 * (len(paths & one.importers) - len(uses)) / max(len(paths), 1)
        most = max(len(other.importers | other.tests) for other in group)
        points += 0.5 * len(one.importers | one.tests) / most if most else 0.0
        own = [word for word in one.words if sum(word in other.words for other in group) < len(group)]
        points += max((self._qualifiers[word] for word in own), default=0) / max(self._qualifiers.values(), default=1)
        if model is not None:
            points += not set(own).isdisjoint(model.words)
            points += 0.5 * (one.path == model.path)
        return points - 3 * one.is_former
