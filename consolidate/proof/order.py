"""Import statements that bind one name several times: the last one wins, so their order counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from consolidate.proof.symbols import ImportBinding


def rebinds(imports: Sequence[ImportBinding]) -> bool:
    """Tell whether a name is bound to several things."""
    seen: dict[str, str] = {}
    return any(
        binding.local != "*" and seen.setdefault(binding.local, binding.qualified) != binding.qualified
        for binding in imports
    )


def same_order(
    old: Sequence[ImportBinding], new: Sequence[ImportBinding], matches: Callable[[ImportBinding, ImportBinding], bool]
) -> bool:
    """Tell whether each of the old imports has its successor in order; `matches` compares an old one with a new one.

    One that binds a name again to what the last import of that name, with its successor, has bound it to needs none:
    the name means the same without it. A star import may bind any name, so none may be missing beside one.
    """
    last: dict[str, ImportBinding] = {}
    place = 0
    for binding in old:
        if place < len(new) and matches(binding, new[place]):
            last[new[place].local] = new[place]
            place += 1
            continue
        before = last.get(binding.local)
        if before is None or before.plain or binding.plain or not matches(binding, before):
            return False
    return place == len(new) and (len(old) == len(new) or all(binding.local != "*" for binding in old))
