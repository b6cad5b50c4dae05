"""What the codemods make of one file, remembered: the same bytes and the same decision give the same edits."""

from __future__ import annotations

from dataclasses import dataclass

from codemods.registry import rewrite
from consolidate.cache.codec import Codec
from consolidate.cache.memo import Memo
from planner.decision import Decision
from planner.model import Edit


@dataclass(frozen=True, slots=True)
class _Rewritten:
    edits: tuple[Edit, ...]


_CODEC: Codec[_Rewritten] = Codec(_Rewritten)


def rewritten(data: bytes, decision: Decision, memo: Memo) -> tuple[Edit, ...]:
    """Return the edits that carry a decision out, as `codemods.registry.rewrite` does, and raises."""
    # Statements and aliases are told by the bytes; which uses there are depends on what the scan was looking for.
    calls = [(move, decision.facts.uses[move.use]) for move in decision.calls]
    wanted = repr((decision.moves, decision.stars, decision.renames, calls, decision.strings))
    key = memo.key("rewrite", data, wanted)
    known = memo.recall(_CODEC, key)
    if known is None:
        known = _Rewritten(rewrite(data, decision))
        memo.keep(_CODEC, key, known)
    return known.edits
