"""Makes a module tell what it sees: every name and attribute that it reads and every name that an import binds goes
through a recorder, at its place. Runs in the child process; nothing but the standard library.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable
from typing import NamedTuple

SEE, STAR = "_second_opinion_see", "_second_opinion_star"
# `super()` finds its class by the name in the source; the rest belongs to the compiler.
_UNSEEN = {"super", "__class__", "__debug__", SEE, STAR}


class Site(NamedTuple):
    """A place that can see an object: what `ast` says of it, columns in bytes."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    kind: str


def site(path: str, node: ast.expr | ast.alias | ast.stmt, kind: str) -> Site:
    """Return the Site of a node."""
    return Site(path, node.lineno, node.col_offset, node.end_lineno or 0, node.end_col_offset or 0, kind)


class Instrument(ast.NodeTransformer):
    """Wraps what a tree reads; `number` gives each Site its number."""

    def __init__(self, path: str, tree: ast.Module, number: Callable[[Site], int]) -> None:
        self.path, self.number = path, number
        # With this import annotations are text for others (dataclasses look for "ClassVar"), so they stay as they are.
        self.text_annotations = any(
            isinstance(node, ast.ImportFrom) and node.module == "__future__" and node.names[0].name == "annotations"
            for node in tree.body
        )

    def seen(self, value: ast.expr, node: ast.expr | ast.alias | ast.stmt, kind: str) -> ast.Call:
        number = ast.Constant(self.number(site(self.path, node, kind)))
        return ast.Call(ast.Name(SEE, ast.Load()), [value, number], [])

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if not isinstance(node.ctx, ast.Load) or node.id in _UNSEEN:
            return node
        return ast.copy_location(self.seen(node, node, "name"), node)

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        self.generic_visit(node)
        return ast.copy_location(self.seen(node, node, "attribute"), node) if isinstance(node.ctx, ast.Load) else node

    def visit_Import(self, node: ast.Import) -> list[ast.stmt]:
        return self.with_probes(node, {alias: alias.asname or alias.name.partition(".")[0] for alias in node.names})

    def visit_ImportFrom(self, node: ast.ImportFrom) -> ast.stmt | list[ast.stmt]:
        if node.module == "__future__":
            return node
        if node.names[0].name == "*":
            number = ast.Constant(self.number(site(self.path, node.names[0], "star")))
            source = ast.Constant("." * node.level + (node.module or ""))
            call = ast.Call(ast.Name(STAR, ast.Load()), [source, ast.Name("__package__", ast.Load()), number], [])
            return [node, ast.fix_missing_locations(ast.copy_location(ast.Expr(call), node))]
        return self.with_probes(node, {alias: alias.asname or alias.name for alias in node.names})

    def with_probes(self, node: ast.stmt, bound: dict[ast.alias, str]) -> list[ast.stmt]:
        probes = [ast.Expr(self.seen(ast.Name(name, ast.Load()), alias, "import")) for alias, name in bound.items()]
        return [node, *(ast.fix_missing_locations(ast.copy_location(probe, node)) for probe in probes)]

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AnnAssign:
        annotation = copy.deepcopy(node.annotation)  # the visit changes it in place
        self.generic_visit(node)
        if self.text_annotations:
            node.annotation = annotation
        return node

    def visit_arg(self, node: ast.arg) -> ast.arg:
        return node if self.text_annotations else self.generic_visit(node)  # type: ignore[return-value]

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        returns = copy.deepcopy(node.returns)
        self.generic_visit(node)
        if self.text_annotations:
            node.returns = returns
        return node

    visit_AsyncFunctionDef = visit_FunctionDef  # type: ignore[assignment]

    def visit_match_case(self, node: ast.match_case) -> ast.match_case:
        # A pattern holds names and attributes only: nothing can be put around them.
        if node.guard is not None:
            node.guard = self.visit(node.guard)
        node.body = [item for part in node.body for item in _as_list(self.visit(part))]
        return node

    def visit_TypeAlias(self, node: ast.stmt) -> ast.stmt:
        return node


def _as_list(visited: ast.stmt | list[ast.stmt]) -> list[ast.stmt]:
    return visited if isinstance(visited, list) else [visited]
