"""Who makes objects of a class and who tests for it go together, as long as the class and its replacement are two."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set

from planner.found import Found, FoundFile
from planner.model import Action, Symbol
from planner.survey import Survey

_TESTS = frozenset({"isinstance", "except"})
_MAKES = frozenset({"call", "base-class", "name", "attribute", "decorator"})
"""Who hands the class on as a value lets somebody make objects of it."""

Site = tuple[FoundFile, Found]


def hold_apart(survey: Survey, files: Sequence[FoundFile], replaced: frozenset[str]) -> bool:
    """Let stay who makes objects of a legacy class or tests for it, where that would part makers from testers.

    While the implementation stays, `isinstance(value, New)` is False, and `except New` lets pass, what a file that
    stays makes of the legacy class; and what a file that moves makes, one that stays no longer recognises. Nobody can
    tell whose objects get where. Classes whose modules are `replaced` are one with their replacement. Tells whether a
    reference was held.
    """
    sites: dict[Symbol, list[Site]] = {}
    left: dict[str, set[Symbol]] = {}
    for file in files:
        for item in file.references:
            if not item.key.name or item.key.module in replaced:
                continue
            if item.stays:
                left.setdefault(item.key.module, set()).add(item.key)
            if item.use >= 0 and (item.form in _TESTS or not file.facts.uses[item.use].inert):
                sites.setdefault(item.key, []).append((file, item))
    held = [_hold(survey, key, sites[key], left.get(key.module, set()) - {key}) for key in sorted(sites)]
    return any(held)


def _hold(survey: Survey, key: Symbol, sites: Sequence[Site], others: Set[Symbol]) -> bool:
    """Decide for one class; `others` are the names of its module with which somebody stays."""
    interfaces = survey.resolver.interfaces
    if interfaces.of(key).kind != "class":
        return False
    # Members of an enumeration are its objects, and to compare with one is to test for it.
    listed = any(base.endswith(("Enum", "Flag")) for base in interfaces.bases(key))
    stay = [(file, item) for file, item in sites if item.stays or item.kept]
    move = [(file, item) for file, item in sites if not (item.stays or item.kept) and _is_checked(item)]
    makers, testers = list(_of(move, _MAKES, listed)), list(_of(move, _TESTS, listed))
    makes, tests = (_NAMED, _NAMED) if listed else (_MADE, _TESTED)
    made = _place(next(_of(stay, _MAKES, listed), None)) or (_at_home(survey, key, makes) if testers and others else "")
    tested = _place(next(_of(stay, _TESTS, listed), None)) or (
        _at_home(survey, key, tests) if makers and others else ""
    )
    if not (testers and made) and not (makers and tested):
        return False
    # Once those who test for it stay, those who make it do, too, and the other way round.
    tested = tested or _place(testers[0])
    made = made or _place(makers[0])
    for file, item in [*testers, *makers]:
        if item.form in _TESTS:
            reason = f"`{key.last}` stays, and what {made} makes of it would not be recognised here"
        elif listed and item.rest:
            reason = f"`{key.last}` stays, and its members in {made} are none of those that would be named here"
        else:
            reason = f"`{key.last}` stays, and {tested}, which tests for it, would not recognise what is made here"
        for other in file.of(key):
            other.stay(Action.MANUAL, reason)
    return True


def _is_checked(item: Found) -> bool:
    destination = item.destination
    return destination.symbol is not None and not destination.home and destination.engine.contract == "check"


def _of(sites: Sequence[Site], forms: frozenset[str], listed: bool) -> Iterator[Site]:
    return (
        (file, item)
        for file, item in sites
        if (item.form in forms and (not item.rest or item.form == "call")) or (listed and item.rest)
    )


def _place(site: Site | None) -> str:
    return f"{site[0].path}:{site[1].line}" if site is not None else ""


_LINE_END = b"\n"
_NAMED = rb"\b%b\.|\b%b\("
_MADE = rb"\b%b\(|class \w+\([^)]*\b%b\b"
_TESTED = rb"\bis(?:instance|subclass)\([^#\n]*\b%b\b|\bexcept\b[^#\n]*\b%b\b"


def _at_home(survey: Survey, key: Symbol, what: bytes) -> str:
    """Return where the module of a class does something to it, "" where it does not.

    What the class says of itself does not count: its own objects are what it compares itself with.
    """
    module = survey.legacy.modules[key.module]
    if not module.path:
        return ""
    data, facts = survey.contents[module.path], module.facts
    own = [(item.start, item.end) for item in facts.definitions if item.name == key.name] if facts is not None else []
    name = re.escape(key.name).encode()
    for match in re.finditer(what % (name, name), data):
        if not any(start <= match.start() < end for start, end in own):
            return f"{module.path}:{data.count(_LINE_END, 0, match.start()) + 1}"
    return ""
