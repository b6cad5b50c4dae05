"""Where dotted names may move to."""

from __future__ import annotations

from collections.abc import Iterable


class Moves:
    """The allowed moves of dotted names."""

    def __init__(self, moves: Iterable[tuple[str, str]]) -> None:
        self.table = dict(moves)

    def same(self, old: str, new: str) -> bool:
        """Tell whether the qualified name `new` is `old`, or what `old` moves to by its longest entry."""
        return old == new or self.moved(old) == new

    def moved(self, old: str) -> str | None:
        """Return where `old` moves to, None where no entry is a prefix of it."""
        prefix = old
        while prefix:
            if (to := self.table.get(prefix)) is not None:
                return to + old[len(prefix) :]
            prefix = prefix.rpartition(".")[0]
        return None

    def derives(self, old: str, new: str) -> bool:
        """Tell whether `old`, or something below it, moves to something below `new`, or something below it to `new`."""
        return any(
            (source == old and to.startswith(f"{new}."))
            or (source.startswith(f"{old}.") and (to == new or to.startswith(f"{new}.")))
            for source, to in self.table.items()
        )
