"""Python 2 files in a plan: what they refer to, and the edits of those whose references are all certain."""

from __future__ import annotations

import re
from dataclasses import dataclass

from codemods.python2 import Python2Error, references, rewrite
from planner.model import Action, Edit, Reference, Symbol, decode
from planner.risk import risk_of
from planner.survey import Survey


@dataclass(frozen=True, slots=True)
class Python2File:
    """What is found in a Python 2 file, and what is done; `renames` are pairs of dotted names, for the proof."""

    references: tuple[Reference, ...]
    edits: tuple[Edit, ...] = ()
    renames: tuple[tuple[str, str], ...] = ()


def examine_python2(path: str, data: bytes, survey: Survey) -> Python2File:
    """Return the references of a Python 2 file. It is edited as a whole, or left and listed as a whole."""
    legacy = survey.legacy
    words = frozenset(re.findall(r"\w+", decode(data)))
    symbols = {engine.legacy for engine in legacy.config.engines}
    symbols |= {Symbol(module.name, name) for module in legacy.modules.values() for name in module.names & words}
    try:
        found = references(data, tuple(sorted(symbols)), path)
    except Python2Error as error:
        return Python2File(_listed(path, data, survey, str(error)))
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
            edits = rewrite(data, tuple(pairs), path)
        except Python2Error as error:
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
