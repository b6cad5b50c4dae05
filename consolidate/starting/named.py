"""Symbols that the user names on the command line, looked up in the code."""

from __future__ import annotations

from consolidate.errors import UsageProblem
from consolidate.starting.code import Code
from planner.model import Symbol
from planner.tables import ConfigError, near, symbol_of


def lookup(code: Code, text: str, option: str) -> Symbol:
    """Return the symbol that an option names. Raises UsageProblem where the code has none such, with what is near."""
    try:
        symbol = symbol_of(text, option)
    except ConfigError as error:
        raise UsageProblem(error.what, error.where, error.hint) from None
    path = code.layout.path(symbol.module)
    if not path:
        raise UsageProblem(f"there is no module {symbol.module}", option, near(symbol.module, code.layout.modules))
    facts = code.facts(path)
    names = [item.name for item in facts.exports] if facts is not None else []
    first = symbol.name.partition(".")[0]
    if first and facts is not None and first not in names:
        raise UsageProblem(f"{path} has no name {first}", option, near(first, names))
    return symbol
