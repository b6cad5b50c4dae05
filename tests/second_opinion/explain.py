"""Why the inventory and Python differ, as tables: rules with predicates, never a list of places."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from tests.second_opinion.corpus import Engine, Sighting

if TYPE_CHECKING:
    from tests.second_opinion.compare import Comparison


@dataclass(frozen=True, slots=True)
class Place:
    """A difference: what was seen or what is listed, and where to look further."""

    sighting: Sighting | None
    engine: Engine
    names: set[str]
    comparison: Comparison
    reference: dict | None = None
    here: tuple[Sighting, ...] = ()

    @property
    def path(self) -> str:
        return self.reference["path"] if self.reference is not None else self.sighting.path

    @property
    def home(self) -> str:
        return self.comparison.truth.modules[self.engine.module]

    @property
    def segments(self) -> set[str]:
        """The names in what is listed: the last of an import, all of an attribute chain."""
        words = self.reference["text"].split()
        return {words[-1]} if len(words) > 1 else set(words[0].split("."))

    @property
    def by_alias(self) -> bool:
        """Named by the alias of an import that is listed: the use needs no edit whatever becomes of the import."""
        at, comparison = self.sighting, self.comparison
        line = comparison.source(at.path).split(b"\n")[at.line - 1]
        words = set(re.findall(r"\w+", line[at.column : at.end_column].decode(errors="replace")))
        return any(
            alias.asname in words and alias.asname != alias.name and comparison.at[at.path, alias.lineno]
            for node in ast.walk(comparison.tree(at.path))
            if isinstance(node, (ast.Import, ast.ImportFrom))
            for alias in node.names
        )

    @property
    def outside(self) -> bool:
        """Taken by way of a module that is not in the repository, so nothing in the repository says what it is."""
        at, inner = self.sighting, set(self.comparison.truth.modules)
        if at.kind == "star":
            source = self.comparison.import_sources(at.path).get((at.line, at.column), "")
            return source.partition(".")[0] not in inner
        lines = self.comparison.source(at.path).split(b"\n")
        chain = lines[at.line - 1][at.column : at.end_column].decode()
        bound = self.comparison.imported_modules(at.path).get(chain.partition(".")[0], "")
        return at.kind == "attribute" and bool(bound) and bound.partition(".")[0] not in inner

    @property
    def in_own_module(self) -> bool:
        return self.path == self.home

    @property
    def from_module(self) -> bool:
        """An import that names the legacy module itself."""
        at = self.sighting
        sources = self.comparison.import_sources(at.path)
        return at.kind in {"import", "star"} and sources.get((at.line, at.column)) == self.engine.module


def bound_by(tree: ast.Module, kind: type[ast.Name] | type[ast.alias]) -> set[str]:
    """Return the names that the top of a module assigns, or imports."""
    found = set()
    for node in top_nodes(tree):
        if isinstance(node, kind):
            if isinstance(node, ast.alias):
                found.add(node.asname or node.name.partition(".")[0])
            elif isinstance(node.ctx, ast.Store):
                found.add(node.id)
    return found


def top_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """Yield all nodes that belong to a module's own scope."""
    for child in ast.iter_child_nodes(node):
        yield child
        if not isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
            yield from top_nodes(child)


class Rule(NamedTuple):
    """One explanation."""

    id: str
    description: str
    holds: Callable[[Place], bool]


UNLISTED: tuple[Rule, ...] = (
    Rule("own-module", "inside the legacy module: moves or goes with it", lambda at: at.in_own_module),
    Rule(
        "variable",
        "a parameter, a loop variable or another name bound in the file itself that holds it as a value",
        lambda at: at.sighting.kind == "name" and at.sighting.through in {"parameter", "assignment", "definition"},
    ),
    Rule(
        "attribute of an object",
        "an attribute of an instance or a class that holds it as a value",
        lambda at: at.sighting.kind == "attribute" and at.sighting.through in {"object", "class"},
    ),
    Rule(
        "name of a moved module",
        "the engine is a whole module: its path changes where it is imported, the names in it keep theirs",
        lambda at: not at.engine.name and "" not in at.names and not at.from_module,
    ),
)

UNLISTED += (
    Rule("local alias", "named by the `as` of an import that is listed: needs no edit", lambda at: at.by_alias),
    Rule("outside", "handed on by a package that is not in the repository", lambda at: at.outside),
    Rule(
        "another engine",
        "taken through the module of another engine, and listed as that one's",
        lambda at: any(at.comparison.listed(at.sighting, other) for other in at.comparison.engines.values()),
    ),
)

_TEXT = frozenset({"comment", "docstring", "string", "code-string", "path-string", "dotted-string", "import-string"})

LISTED_ONLY: tuple[Rule, ...] = (
    Rule("text", "a comment or a string: Python sees no object there", lambda at: at.reference["form"] in _TEXT),
    Rule("patch target", "a string that mock resolves", lambda at: at.reference["form"] == "patch-target"),
    Rule("__all__", "a string in __all__", lambda at: at.reference["form"] == "all-entry"),
    Rule("member", "an attribute of something that cannot be told", lambda at: at.reference["form"] == "member"),
    Rule(
        "not imported here",
        "the module cannot be imported on this machine",
        lambda at: any(at.comparison.truth.modules[name] == at.path for name in at.comparison.truth.failed),
    ),
    Rule(
        "value without identity",
        "a name that the legacy module assigns: a constant, which any other module may hold too",
        lambda at: bool(at.segments & bound_by(at.comparison.tree(at.home), ast.Name)),
    ),
    Rule(
        "merely imported",
        "a name that the legacy module itself imports: its home is elsewhere",
        lambda at: bool(at.segments & bound_by(at.comparison.tree(at.home), ast.alias)),
    ),
)
