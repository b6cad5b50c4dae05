"""Who imports the legacy modules, counted three ways: by `git grep`, by `ast` (statements.py), and by the plan."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import checkout
import statements
from reading import ImportStatement, Reading

IMPORTS = ("from-import", "module-import", "star-import", "re-export")  # forms of the plan that are import statements

Found = list[tuple[str, ImportStatement]]


def grepped(repository: Path, commit: str, module: str) -> int:
    """Return how many lines of tracked `*.py` files begin as an import of the module, absolute and unparenthesised."""
    name = re.escape(module)
    pattern = rf"^\s*(from\s+{name}\s+import\b|import\s+{name}(\s|,|;|$))"
    output = checkout.git(
        repository, "grep", "-h", "--no-color", "-E", "-e", pattern, commit, "--", "*.py", check=False
    )
    return len(output.splitlines())


def naming(repository: Path, commit: str, modules: Iterable[str]) -> list[str]:
    """Return the `*.py` files whose text has the dotted name of a legacy module, whole words only."""
    names = [word for module in modules for word in ("-e", module)]
    output = checkout.git(repository, "grep", "-l", "-z", "-w", "-F", *names, commit, "--", "*.py", check=False)
    paths = [path.decode("utf-8", "surrogateescape") for path in output.split(b"\0") if path]
    return sorted(path.removeprefix(f"{commit}:") for path in paths)


@dataclass(frozen=True, slots=True)
class Module:
    """The importers of one legacy module: what grep and `ast` count, and what the plan says of each statement."""

    module: str
    grep: int
    from_imports: int
    module_imports: int
    files: int
    rewritten: list[str]
    listed: list[str]
    silent: list[str]
    untrue: list[str] | None

    def figures(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


def module_figures(
    module: str, grep: int, found: tuple[Found, Found], references: list[dict[str, Any]], takes_over: bool
) -> Module:
    """Return the figures of one module; `found` are its statements before and after, `grep` is what grep counts.

    `untrue` is None for a module that takes over another engine: imports move to it, so that its statements afterwards
    are not those that the plan leaves.
    """
    before, after = found
    told = statements.account(before, after, references)
    return Module(
        module,
        grep,
        sum(bool(statement.names) for _, statement in before),
        sum(not statement.names for _, statement in before),
        len({path for path, _ in before}),
        told.rewritten,
        told.listed,
        told.silent,
        None if takes_over else told.untrue,
    )


def beyond(readings: dict[str, Reading], modules: Iterable[str], references: list[dict[str, Any]]) -> list[str]:
    """Return `path:line form` of import references in the plan that lie in no statement counted by `ast`.

    They are imports of a name through another module that hands it on, and imports in files that `ast` can't read.
    """
    counted: dict[str, set[int]] = {}
    for module in modules:
        for path, statement in statements.of_module(readings, module):
            counted.setdefault(path, set()).update(range(statement.line, statement.last + 1))
    return sorted(
        {
            f"{found['path']}:{found['line']} {found['form']}"
            for found in references
            if found["form"] in IMPORTS and found["path"].endswith(".py")
            if found["line"] not in counted.get(found["path"], ())
        }
    )


# What stands in a reason differs from place to place; the wording around it is the reason's kind.
VARYING = (
    (re.compile(r"(?:: | \(line ).*$"), ""),
    (re.compile(r" and \d+ more\b"), ""),
    (re.compile(r"`[^`]*`|\([^()]*\)|\b\w+(?:\.\w+)+\b|\b[A-Z]+[a-z]\w*[A-Z]\w*\b"), "…"),
)


def kind(reason: str) -> str:
    """Return a reason without its names, places and numbers.

    >>> kind("constructing it differs: Engine(a) against UserEngine(b) (line 3)")
    'constructing it differs'
    >>> kind("`Config` is defined in app.engine and is not in exports")
    '… is defined in … and is not in exports'
    """
    lacking = re.search(r"absent on \w+$", reason)
    for pattern, instead in VARYING:
        reason = pattern.sub(instead, reason)
    return "it uses what the replacement lacks" if lacking else reason


def reasons(references: list[dict[str, Any]], action: str) -> dict[str, int]:
    """Return how many references of an action have each kind of reason, most frequent first."""
    counted = Counter(kind(found["reason"]) for found in references if found["action"] == action)
    return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))
