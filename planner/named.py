"""The modules and names that import statements name, wherever they stand, told by the bytes of a file alone."""

from __future__ import annotations

import re

from msgspec import Struct

from planner.layout import Layout

_STATEMENT = re.compile(
    rb"^[ \t]*(?:from[ \t]+([.\w]+)[ \t]+import[ \t]+(\([^)]{0,20000}\)|[^\n#;]+)|import[ \t]+([^\n#;]+))", re.MULTILINE
)
_NAME = re.compile(r"(\w[\w.]*)(?:\s+as\s+\w+)?")
_COMMENT = re.compile(rb"#[^\n]*")


class Named(Struct, frozen=True):
    """What a file's import statements name.

    `plain` are the modules of `import module`; `taken` holds of each `from source import names` the source as it is
    written, dots included, the names, and "*" among them for a star.
    """

    plain: tuple[str, ...]
    taken: tuple[tuple[str, tuple[str, ...]], ...]


def named(data: bytes) -> Named:
    """Return what the import statements of a file name, each once. What no parser reads is read all the same."""
    plain: set[str] = set()
    taken: set[tuple[str, tuple[str, ...]]] = set()
    for match in _STATEMENT.finditer(data):
        source, names, modules = match.groups()
        if modules is not None:
            plain.update(_NAME.findall(modules.decode("utf-8", "replace")))
            continue
        found = _NAME.findall(_COMMENT.sub(b"", names).decode("utf-8", "replace"))
        taken.add((source.decode("utf-8", "replace"), (*found, *(("*",) if b"*" in names else ()))))
    return Named(tuple(sorted(plain)), tuple(sorted(taken)))


def modules_of(path: str, found: Named, layout: Layout) -> set[str]:
    """Return the modules of the repository that the import statements of a file name."""
    modules = set(found.plain)
    for source, names in found.taken:
        rest = source.lstrip(".")
        base = layout.absolute(path, rest, len(source) - len(rest))
        for name in names if base else ():
            inner = f"{base}.{name}"
            modules.add(inner if name != "*" and layout.exists(inner) else base)
    return modules
