"""One Python file, read with `ast` alone: does it parse, what does it import, which names does it export?

This is an oracle: it shares no code with consolidate.
"""

from __future__ import annotations

import ast
import warnings
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ImportStatement:
    """An import statement: `module` as written, `level` dots before it, `names` as (imported, bound) pairs.

    `names` is empty for `import a.b.c`, one ImportStatement per alias; lines are 1-based, `last` included.
    `typing_only` says that it stands under `if TYPE_CHECKING`, so that it never runs.
    """

    line: int
    last: int
    module: str
    level: int
    names: tuple[tuple[str, str], ...]
    typing_only: bool

    def resolved(self, path: str) -> str:
        """Return the absolute name of the module that the statement names in the file at `path`, "" for none."""
        if not self.level:
            return self.module
        parts = path.removesuffix(".py").split("/")[:-1]
        if self.level - 1 > len(parts):
            return ""
        base = parts[: len(parts) - self.level + 1]
        return ".".join([*base, *([self.module] if self.module else [])])


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file says. `error` is empty where it parses; all other fields are empty where it does not."""

    error: str = ""
    imports: tuple[ImportStatement, ...] = ()
    exports: frozenset[str] = frozenset()
    typing_exports: frozenset[str] = frozenset()
    strings: frozenset[str] = frozenset()
    has_getattr: bool = False
    dynamic: bool = False


def read(source: bytes) -> Reading:
    """Return what `ast` of the running Python makes of a file's bytes."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return Reading(error=f"{type(error).__name__}: {error}")
    collector = Collector()
    for statement in tree.body:
        collector.statement(statement, module_level=True, typing_only=False)
    has_getattr = "__getattr__" in collector.exports
    return Reading(
        imports=tuple(collector.imports),
        exports=frozenset(collector.exports),
        typing_exports=frozenset(collector.typing_exports),
        strings=constants(tree) if has_getattr else frozenset(),
        has_getattr=has_getattr,
        dynamic=collector.dynamic,
    )


def constants(tree: ast.Module) -> frozenset[str]:
    """Return the string constants of a module: what its `__getattr__` can know about."""
    nodes = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return frozenset(value for value in nodes if isinstance(value, str) and value.isidentifier())


def is_type_checking(test: ast.expr) -> bool:
    return (isinstance(test, ast.Name) and test.id == "TYPE_CHECKING") or (
        isinstance(test, ast.Attribute) and test.attr == "TYPE_CHECKING"
    )


@dataclass(slots=True)
class Collector:
    """Walks statements; expressions are entered only at module level, where a walrus may bind."""

    imports: list[ImportStatement] = field(default_factory=list)
    exports: set[str] = field(default_factory=set)
    typing_exports: set[str] = field(default_factory=set)
    dynamic: bool = False

    def bind(self, name: str, module_level: bool, typing_only: bool) -> None:
        if module_level:
            (self.typing_exports if typing_only else self.exports).add(name)

    def statement(self, node: ast.stmt, module_level: bool, typing_only: bool) -> None:
        here = (module_level, typing_only)
        if isinstance(node, ast.Import | ast.ImportFrom):
            self.import_statement(node, *here)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            self.bind(node.name, *here)
            self.block(node.body, False, typing_only)
        elif isinstance(node, ast.If) and is_type_checking(node.test):
            self.block(node.body, module_level, True)
            self.block(node.orelse, *here)
        elif isinstance(node, ast.Global):
            # The names of `global` are bound in the module when the function runs: taken as exports.
            self.exports.update(node.names)
        else:
            self.other(node, *here)

    def block(self, body: list[ast.stmt], module_level: bool, typing_only: bool) -> None:
        for statement in body:
            self.statement(statement, module_level, typing_only)

    def other(self, node: ast.AST, module_level: bool, typing_only: bool) -> None:
        """Enter every block of a compound statement; bind what its targets and patterns bind."""
        if isinstance(node, ast.AnnAssign) and node.value is None:
            return  # `name: type` binds nothing
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.stmt):
                self.statement(child, module_level, typing_only)
            elif isinstance(child, ast.ExceptHandler | ast.match_case):
                self.other(child, module_level, typing_only)
            elif module_level:
                self.expression(child, typing_only)

    def expression(self, node: ast.AST, typing_only: bool) -> None:
        for child in ast.walk(node):
            if isinstance(child, ast.Name) and isinstance(child.ctx, ast.Store):
                self.bind(child.id, True, typing_only)
            elif isinstance(child, ast.MatchAs | ast.MatchStar) and child.name:
                self.bind(child.name, True, typing_only)
            elif isinstance(child, ast.Call) and isinstance(child.func, ast.Name) and child.func.id == "globals":
                self.dynamic = True

    def import_statement(self, node: ast.Import | ast.ImportFrom, module_level: bool, typing_only: bool) -> None:
        lines = (node.lineno, node.end_lineno or node.lineno)
        if isinstance(node, ast.Import):
            for alias in node.names:
                self.imports.append(ImportStatement(*lines, alias.name, 0, (), typing_only))
                self.bind(alias.asname or alias.name.partition(".")[0], module_level, typing_only)
            return
        names = tuple((alias.name, alias.asname or alias.name) for alias in node.names)
        self.imports.append(ImportStatement(*lines, node.module or "", node.level, names, typing_only))
        for imported, bound in names:
            if imported != "*":
                self.bind(bound, module_level, typing_only)
