"""What the codemods make of one file, remembered: the same bytes and the same decision give the same edits."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from codemods.import_layout import Layouts
from codemods.registry import rewrite
from consolidate.cache.codec import Codec
from consolidate.cache.memo import Memo
from planner.decision import Decision, Move
from planner.model import Edit


class _Rewritten(Struct, frozen=True):
    edits: tuple[Edit, ...]


_CODEC: Codec[_Rewritten] = Codec(_Rewritten)
_TEXTS: Codec[tuple[str, ...]] = Codec(tuple[str, ...])


class _Remembered(Layouts):
    """Import statements as they were written before: the same ones stand in many files and states of a file."""

    def __init__(self, memo: Memo) -> None:
        self._memo = memo

    def of_import(self, text: str, moves: list[Move | None], newline: str) -> list[str]:
        made = super().of_import
        return self._texts(lambda: made(text, moves, newline), text, moves, newline)

    def of_from(self, text: str, moves: list[Move | None], indent: str, newline: str) -> list[str]:
        made = super().of_from
        return self._texts(lambda: made(text, moves, indent, newline), text, moves, indent, newline)

    def _texts(self, make: Callable[[], list[str]], text: str, moves: list[Move | None], *layout: str) -> list[str]:
        goes = [(move.symbol, move.local, move.written, move.double) if move is not None else None for move in moves]
        key = self._memo.key("layout", text, repr(goes), *layout)
        known = self._memo.recall(_TEXTS, key)
        if known is None:
            known = tuple(make())
            self._memo.keep(_TEXTS, key, known)
        return list(known)


def rewritten(data: bytes, decision: Decision, memo: Memo) -> tuple[Edit, ...]:
    """Return the edits that carry a decision out, as `codemods.registry.rewrite` does, and raises."""
    # Statements and aliases are told by the bytes; which uses there are depends on what the scan was looking for.
    calls = [(move, decision.facts.uses[move.use]) for move in decision.calls]
    wanted = repr((decision.moves, decision.stars, decision.renames, calls, decision.strings))
    key = memo.key("rewrite", data, wanted)
    known = memo.recall(_CODEC, key)
    if known is None:
        known = _Rewritten(rewrite(data, decision, _Remembered(memo)))
        memo.keep(_CODEC, key, known)
    return known.edits
