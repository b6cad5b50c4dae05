"""Where dotted names may move to."""

from __future__ import annotations

from collections.abc import Iterable


class Moves:
    """The allowed moves of dotted names; one name may have several targets, of which each occurrence takes one.

    `from importer import Name` may go to the replacement's home while `importer.Name` follows the importer's new name.
    """

    def __init__(self, moves: Iterable[tuple[str, str]]) -> None:
        self.pairs = frozenset(moves)
        self._targets: dict[str, tuple[str, ...]] = {}
        for old, new in sorted(self.pairs):
            self._targets[old] = (*self._targets.get(old, ()), new)

    def targets(self, old: str) -> tuple[str, ...]:
        """Return the targets of exactly this name, sorted."""
        return self._targets.get(old, ())

    def home(self, old: str) -> str | None:
        """Return the target of exactly this name that lies in another module, else its only one; None without any."""
        inside = old.rpartition(".")[0] + "."
        found = self.targets(old)
        return next((new for new in found if not new.startswith(inside)), found[0] if found else None)

    def same(self, old: str, new: str) -> bool:
        """Tell whether the qualified name `new` is `old`, or what `old` moves to by its longest entry."""
        return old == new or new in self.moved(old)

    def moved(self, old: str) -> tuple[str, ...]:
        """Return where `old` may move to; empty where no entry is a prefix of it."""
        prefix = old
        while prefix:
            if found := self._targets.get(prefix):
                return tuple(to + old[len(prefix) :] for to in found)
            prefix = prefix.rpartition(".")[0]
        return ()

    def derives(self, old: str, new: str) -> bool:
        """Tell whether `old`, or something below it, moves to something below `new`, or something below it to `new`."""
        return any(
            (source == old and to.startswith(f"{new}."))
            or (source.startswith(f"{old}.") and (to == new or to.startswith(f"{new}.")))
            for source, to in self.pairs
        )
