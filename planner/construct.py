"""Constructing: whether a call of the legacy symbol means the same as a call of its replacement, and if not, why."""

from __future__ import annotations

from planner.facts import Argument
from planner.interfaces import Parameters, bind, describe

_NAMED = ("positional", "plain", "keyword")


def difference(
    arguments: tuple[Argument, ...], old: tuple[str, Parameters | None], new: tuple[str, Parameters | None]
) -> str:
    """Return what differs when the call goes to `new` instead of `old`, "" where nothing does.

    `old` and `new` are names with their parameters. A call that fits neither of two equal lists fails as it did.
    """
    if old[1] == new[1]:
        return ""
    if new[1] is None:
        why = f"how {new[0]} is constructed cannot be told"
    elif old[1] is None:
        why = misfit(arguments, new[1], new[0])
    else:
        why = _between(arguments, (old[0], old[1]), (new[0], new[1]))
    return f"{why}; {old[0]}{describe(old[1])} against {new[0]}{describe(new[1])}" if why else ""


def _between(arguments: tuple[Argument, ...], old: tuple[str, Parameters], new: tuple[str, Parameters]) -> str:
    if why := misfit(arguments, new[1], new[0]):
        return why
    if why := misfit(arguments, old[1], old[0]):
        return f"{why}, but {new[0]} takes the call"
    before, after = bind(arguments, old[1]) or {}, bind(arguments, new[1]) or {}
    after_of = {index: name for name, index in after.items()}
    for name, index in sorted(before.items(), key=lambda item: item[1]):
        if after_of[index] != name:
            return f"argument {index + 1} is `{_shown(name)}` of one and `{_shown(after_of[index])}` of the other"
    return ""


def _shown(name: str) -> str:
    return name if name.isidentifier() else f"*{name.lstrip('*')}" if name.startswith("**") else "*"


def misfit(arguments: tuple[Argument, ...], parameters: Parameters, taker: str) -> str:
    """Return the first thing for which `taker` cannot take the call, "" where it can (`planner.interfaces.bind`)."""
    if any(argument.star for argument in arguments):
        return "the call unpacks its arguments"
    if bind(arguments, parameters) is not None:
        return ""
    positional = [name for name, kind, _ in parameters if kind in ("positional", "plain")]
    kinds = {kind for _, kind, _ in parameters}
    given: set[str] = set()
    place = 0
    for argument in arguments:
        if argument.keyword:
            name = argument.keyword
            if not any(item == name and kind in ("plain", "keyword") for item, kind, _ in parameters):
                if "**" not in kinds:
                    return f"{taker} takes no argument `{name}`"
                continue  # `**` takes it, also where a positional-only parameter has that name
        elif place < len(positional):
            name = positional[place]
            place += 1
        elif "*" in kinds:
            continue
        else:
            return f"{taker} takes {len(positional) or 'no'} argument{'' if len(positional) == 1 else 's'} by position"
        if name in given:
            return f"`{name}` of {taker} would be given twice"
        given.add(name)
    lacking = next(name for name, kind, default in parameters if kind in _NAMED and not default and name not in given)
    return f"{taker} needs an argument `{lacking}`"
