"""What a type checker sees of a shim: the replacement under its old name, and the parameters of a rule."""

from __future__ import annotations

from collections.abc import Sequence

from templates.shim import WILDCARD, ParameterLike, Shim, ShimName


def hints(shim: Shim) -> tuple[str, ...]:
    """Return the statements, one line each, that stand under `if TYPE_CHECKING:`.

    A name that `__all__` has, or that keeps its spelling, is imported under the old name (PEP 484: such an import is
    a re-export). Any other is assigned, because checkers take `import New as _Old` for private.
    """
    lines = [line for item in sorted(shim.names, key=lambda item: item.name) for line in _hint(shim, item)]
    if any(item.function for item in shim.adapted):
        lines.insert(0, "from typing import Any as _Any")
    return tuple(lines)


def signature(parameters: Sequence[ParameterLike], hint: str = "") -> str:
    """Return a parameter list, without parentheses; with `hint`, each is annotated so and its default is `...`."""
    parts: list[str] = []
    for index, parameter in enumerate(parameters):
        if not parameter.positional and "*" not in parts:
            parts.append("*")
        text = f"{parameter.name}: {hint}" if hint else parameter.name
        if parameter.default:
            text += " = ..." if hint else f"={parameter.default}"
        parts.append(text)
        rest = parameters[index + 1 :]
        if not parameter.keyword and not (rest and not rest[0].keyword):
            parts.append("/")
    return ", ".join(parts)


def _hint(shim: Shim, item: ShimName) -> tuple[str, ...]:
    module = item.replacement.module
    first, _, rest = item.replacement.name.partition(".")
    if item.name == WILDCARD:
        return (f"from {module} import *",)
    if item.adapter and item.function:
        keyword = "async def" if item.awaited else "def"
        return (f"{keyword} {item.name}({signature(item.adapter.parameters, '_Any')}) -> _Any: ...",)
    start = f"from {module} import {first} as " if first else f"import {module} as "
    if not rest and (item.name in shim.all_names or item.name == (first or module)):
        return (f"{start}{item.name}",)
    alias = f"_moved_{item.name}"
    return (f"{start}{alias}", f"{item.name} = {'.'.join(filter(None, (alias, rest)))}")
