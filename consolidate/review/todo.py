"""What people have to do: the references that stay, by owner and by reason."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from consolidate.render.words import by_reason
from consolidate.review.owners import NOBODY, Owners
from planner.model import Action, Reference


class Group(Struct, frozen=True):
    """References that stay for one reason."""

    action: Action
    reason: str
    references: tuple[Reference, ...]


class Owned(Struct, frozen=True):
    """What one owner (`@team @person` as CODEOWNERS has it, or NOBODY) has to look at: manual first."""

    name: str
    groups: tuple[Group, ...]

    def count(self, action: Action) -> int:
        """Return how many references stay in that way."""
        return sum(len(group.references) for group in self.groups if group.action is action)


def todo(references: Iterable[Reference], owners: Owners) -> tuple[Owned, ...]:
    """Return the list by owner: who has most by hand to do first, what nobody owns last."""
    found: dict[str, list[Reference]] = {}
    names: dict[str, str] = {}
    for item in references:
        if item.action is not Action.REWRITTEN:
            if item.path not in names:
                names[item.path] = " ".join(owners.of(item.path)) or NOBODY
            found.setdefault(names[item.path], []).append(item)
    result = [
        Owned(
            name,
            tuple(
                Group(action, reason, tuple(group))
                for action in (Action.MANUAL, Action.LEFT)
                for reason, group in by_reason(mine, action)
            ),
        )
        for name, mine in found.items()
    ]
    return tuple(sorted(result, key=lambda item: (item.name == NOBODY, -item.count(Action.MANUAL), item.name)))
