"""Who makes objects of a class and who tests for it go together, as long as the class and its replacement are two."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from planner.found import Found, FoundFile
from planner.model import Action, Symbol
from planner.survey import Survey

_TESTS = frozenset({"isinstance", "except"})
_MAKES = frozenset({"call", "base-class"})

Site = tuple[FoundFile, Found]


def hold_apart(survey: Survey, files: Sequence[FoundFile], replaced: frozenset[str]) -> bool:
    """Let stay who makes objects of a legacy class or tests for it, where that would part makers from testers.

    While the implementation stays, `isinstance(value, New)` is False, and `except New` lets pass, what a file that
    stays makes of the legacy class; and what a file that moves makes, one that stays no longer recognises. Nobody can
    tell whose objects get where. Classes whose modules are `replaced` are one with their replacement. Tells whether a
    reference was held.
    """
    keys = {item.key for file in files for item in file.references if item.key.name}
    held = [_hold(survey, files, key) for key in sorted(keys) if key.module not in replaced]
    return any(held)


def _hold(survey: Survey, files: Sequence[FoundFile], key: Symbol) -> bool:
    interfaces = survey.resolver.interfaces
    if interfaces.of(key).kind != "class":
        return False
    # Members of an enumeration are its objects, and to compare with one is to test for it.
    listed = any(base.endswith(("Enum", "Flag")) for base in interfaces.bases(key))
    sites = [(file, item) for file in files for item in file.of(key) if item.use >= 0]
    stay = [(file, item) for file, item in sites if item.stays or item.kept]
    move = [(file, item) for file, item in sites if not (item.stays or item.kept) and _is_checked(item)]
    makers, testers = list(_of(move, _MAKES, listed)), list(_of(move, _TESTS, listed))
    made = _place(next(_of(stay, _MAKES, listed), None)) or (_made_at_home(survey, files, key) if testers else "")
    tested = _place(next(_of(stay, _TESTS, listed), None))
    if not (testers and made) and not (makers and tested):
        return False
    # Once those who test for it stay, those who make it do, too, and the other way round.
    tested = tested or _place(testers[0])
    made = made or _place(makers[0])
    for file, item in [*testers, *makers]:
        if item.form in _TESTS:
            reason = f"`{key.last}` stays, and what {made} makes of it would not be recognised here"
        elif item.form in _MAKES:
            reason = f"`{key.last}` stays, and {tested}, which tests for it, would not recognise what is made here"
        else:
            reason = f"`{key.last}` stays, and its members in {made} are none of those that would be named here"
        for other in file.of(key):
            other.stay(Action.MANUAL, reason)
    return True


def _is_checked(item: Found) -> bool:
    destination = item.destination
    return destination.symbol is not None and not destination.home and destination.engine.contract == "check"


def _of(sites: Sequence[Site], forms: frozenset[str], listed: bool) -> Iterator[Site]:
    return ((file, item) for file, item in sites if item.form in forms or (listed and item.rest))


def _place(site: Site | None) -> str:
    return f"{site[0].path}:{site[1].line}" if site is not None else ""


def _made_at_home(survey: Survey, files: Sequence[FoundFile], key: Symbol) -> str:
    """Return where the module of a class makes objects of it, if somebody goes on using what it has else."""
    module = survey.legacy.modules[key.module]
    others = any(
        item.key.module == key.module and item.key.name and item.key != key and item.stays
        for file in files
        for item in file.references
    )
    if not others or not module.path:
        return ""
    name = re.escape(key.name).encode()
    made = re.compile(rb"(?<!class )\b%b\(|class \w+\([^)]*\b%b\b" % (name, name))
    data = survey.contents[module.path]
    match = made.search(data)
    line = data.count(b"\n", 0, match.start()) + 1 if match is not None else 0
    return f"{module.path}:{line}" if line else ""
