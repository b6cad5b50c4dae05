"""The new text of import statements of a Python 2 file, as the smallest replacements of the old text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from codemods.python2_names import Imported
from codemods.python2_tree import Element, Python2Error


class Replacement(Struct, frozen=True, order=True):
    """The characters from `start` to `end` (half-open) become `new`."""

    start: int
    end: int
    new: str


def statement_replacements(
    text: str, every: tuple[Imported, ...], moved: Mapping[Imported, tuple[str, str]]
) -> Iterator[Replacement]:
    """Yield the replacements for import statements. `moved` gives an import's new module and name ("" for none)."""
    statements: dict[Element, list[Imported]] = {}
    for item in every:
        statements.setdefault(item.statement, []).append(item)
    for items in statements.values():
        if not any(item in moved for item in items):
            continue
        if items[0].source is None:
            for item in items:
                if item in moved:
                    yield Replacement(item.spelled.start, item.spelled.end, moved[item][0])
        else:
            yield from _from_replacements(text, items, items[0].source, moved)


def _from_replacements(
    text: str, items: list[Imported], source: Element, moved: Mapping[Imported, tuple[str, str]]
) -> Iterator[Replacement]:
    homes = [moved.get(item, (item.module, item.name)) for item in items]
    spelled = [_spelled(name, item) for (_, name), item in zip(homes, items, strict=True)]
    if len({module for module, _ in homes}) > 1 or len(set(spelled)) < len(spelled):
        yield _divided(text, items, [module for module, _ in homes], spelled)
        return
    if homes[0][0] != items[0].module:
        yield Replacement(source.start, source.end, homes[0][0])
    for item, (_, name), new in zip(items, homes, spelled, strict=True):
        if item.alias and " " not in new:  # `Old as New` becomes `New`
            yield Replacement(item.spelled.start, item.alias.end, new)
        elif name != item.name:
            yield Replacement(item.spelled.start, item.spelled.end, name)


def _spelled(name: str, item: Imported) -> str:
    return f"{name} as {item.alias.value}" if item.alias and item.alias.value != name else name


def _divided(text: str, items: list[Imported], modules: list[str], spelled: list[str]) -> Replacement:
    """Return the statement as several, one for each module, in the order in which the names came."""
    statement = items[0].statement
    line_start = text.rfind("\n", 0, statement.start) + 1
    line_end = text.find("\n", statement.end)
    rest = text[statement.end : line_end if line_end >= 0 else len(text)]
    indent = text[line_start : statement.start]
    if "#" in text[statement.start : statement.end]:
        raise Python2Error("names of one import go to different modules, and there is a comment between them")
    if indent.strip(" \t\f") or rest.partition("#")[0].strip():
        raise Python2Error("names of one import go to different modules, and other code stands on its line")
    newline = "\r\n" if text[:line_end].endswith("\r") else "\n"
    groups: dict[str, list[str]] = {}
    for module, name in zip(modules, spelled, strict=True):
        names = groups.setdefault(module, [])
        if name not in names:
            names.append(name)
    lines = [f"from {module} import {', '.join(names)}" for module, names in groups.items()]
    return Replacement(statement.start, statement.end, f"{newline}{indent}".join(lines))
