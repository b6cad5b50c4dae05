"""The import statements of one module, counted, and each looked up in a plan.

What counts: a `from` statement whose module (a relative one resolved from the file's folder) is the module, a `from`
statement that takes the module from its package, or an `import` that names it; anywhere in a file (in functions, `try`,
`if TYPE_CHECKING`), in every tracked `*.py` file that `ast` reads. In a file that does not parse, lines that begin
so are counted, apart.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reading import ImportStatement, Reading

MOVED = "rewritten"


def imports_module(path: str, statement: ImportStatement, module: str) -> bool:
    package, _, last = module.rpartition(".")
    found = statement.resolved(path)
    return found == module or (found == package and any(imported == last for imported, _ in statement.names))


def of_module(files: Mapping[str, Reading], module: str) -> list[tuple[str, ImportStatement]]:
    """Return the statements of the files that parse, by path and line."""
    found = [
        (path, statement)
        for path, reading in files.items()
        for statement in reading.imports
        if imports_module(path, statement, module)
    ]
    return sorted(found, key=lambda item: (item[0], item[1].line))


def in_text(source: bytes, module: str) -> int:
    """Return how many lines begin with an absolute import of the module: for files that do not parse."""
    package, _, last = (re.escape(part.encode()) for part in module.rpartition("."))
    whole = re.escape(module.encode())
    pattern = rb"^[ \t]*(from[ \t]+%b[ \t]+import\b|import[ \t]+%b\b(?!\.)|from[ \t]+%b[ \t]+import[ \t]+%b\b)"
    return len(re.findall(pattern % (whole, whole, package, last), source, re.MULTILINE))


@dataclass(frozen=True, slots=True)
class Accounted:
    """What a plan says of the statements: each list holds `path:line` of a statement.

    `rewritten`: every reference of the statement is rewritten; `listed`: at least one is manual or left, with a reason;
    `silent`: the plan has fewer references within the statement's lines than the statement has names, or leaves one
    without a reason; `untrue`: paths in which the number of statements that the plan leaves is not the number that is
    there afterwards.
    """

    rewritten: list[str]
    listed: list[str]
    silent: list[str]
    untrue: list[str]


def account(
    before: list[tuple[str, ImportStatement]],
    after: list[tuple[str, ImportStatement]],
    references: list[dict[str, Any]],
) -> Accounted:
    """Look every statement up in the references of `plan --json`, line by line, and in the files afterwards."""
    by_path: dict[str, list[dict[str, Any]]] = {}
    for reference in references:
        by_path.setdefault(reference["path"], []).append(reference)
    rewritten, listed, silent = [], [], []
    expected: Counter[str] = Counter()
    for path, statement in before:
        lines = range(statement.line, statement.last + 1)
        found = [reference for reference in by_path.get(path, ()) if reference["line"] in lines]
        actions = {reference["action"] for reference in found}
        where = f"{path}:{statement.line}"
        places = {(reference["line"], reference["column"]) for reference in found}
        if len(places) < max(1, len(statement.names)) or any(
            not reference["reason"] for reference in found if reference["action"] != MOVED
        ):
            silent.append(where)
        elif actions == {MOVED}:
            rewritten.append(where)
        else:
            listed.append(where)
        expected[path] += actions != {MOVED}
    found_after = Counter(path for path, _ in after)
    paths = sorted({path for path, _ in before} | set(found_after))
    return Accounted(rewritten, listed, silent, [path for path in paths if expected[path] != found_after[path]])
