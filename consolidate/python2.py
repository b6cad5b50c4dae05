"""Python 2 files in a plan: what they refer to, and the edits of those whose references are all certain.

Their parser is never run here: it gives up on little and can take minutes, so guarded children do it.
"""

from __future__ import annotations

from msgspec import Struct

from codemods.python2 import Python2Error
from consolidate.guard import Lost
from consolidate.trial import Rung, rewritten
from consolidate.workers import Workers
from planner.model import Action, Edit, Reference, Symbol
from planner.risk import risk_of
from planner.survey import Survey
from planner.words import words_of


class Python2File(Struct, frozen=True):
    """What is found in a Python 2 file, and what is done; `renames` are pairs of dotted names, for the proof."""

    references: tuple[Reference, ...]
    edits: tuple[Edit, ...] = ()
    renames: tuple[tuple[str, str], ...] = ()


def symbols_in(data: bytes, survey: Survey) -> tuple[Symbol, ...]:
    """Return the symbols that a file may refer to, going by its words."""
    legacy = survey.legacy
    words = words_of(data)
    symbols = {engine.legacy for engine in legacy.config.engines}
    symbols |= {Symbol(module.name, name) for module in legacy.modules.values() for name in module.names & words}
    return tuple(sorted(symbols))


def examine_python2(path: str, data: bytes, survey: Survey, rung: Rung, workers: Workers, seconds: int) -> Python2File:
    """Return the references of a Python 2 file (those of `rung`), and its edits: of all of them, or of none.

    `seconds` of processor time are what it may cost to rewrite it.
    """
    if rung.problem:
        return Python2File(_listed(path, data, survey, rung.problem))
    legacy, found = survey.legacy, rung.references
    pairs: list[tuple[Symbol, Symbol]] = []
    reason = ""
    for symbol in sorted({item.symbol for item in found}):
        destination = legacy.destination(symbol.module, symbol.name)
        called = any(item.symbol == symbol and item.form == "call" for item in found)
        if destination.symbol is None:
            reason = destination.reason
        elif destination.engine.call is not None and called:
            reason = "its constructor calls follow a rule, which is not applied to Python 2"
        else:
            pairs.append((symbol, destination.symbol))
    edits: tuple[Edit, ...] = ()
    if pairs and not reason:
        try:
            edits = workers.guarded(rewritten, (path, data, tuple(pairs)), seconds)
        except (Python2Error, Lost) as error:
            reason = str(error)
    return Python2File(
        tuple(
            Reference(
                path=path,
                line=item.line,
                column=item.column,
                engine=legacy.modules[item.symbol.module].engine_of(item.symbol.name).id,
                form="python2",
                action=Action.REWRITTEN if edits else Action.MANUAL,
                text=item.text,
                new=dict(pairs)[item.symbol].last if edits else "",
                reason="" if edits else reason or "nothing of it can be rewritten with certainty",
                risk=risk_of("python2"),
            )
            for item in found
        ),
        edits,
        tuple((old.dotted, new.dotted) for old, new in pairs) if edits else (),
    )


def _listed(path: str, data: bytes, survey: Survey, reason: str) -> tuple[Reference, ...]:
    from planner.documents import unreadable

    return unreadable(path, data, reason, survey.legacy, survey.mentions)
