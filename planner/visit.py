"""The one pass over a syntax tree: scopes, imports, names with their surroundings, strings.

What it collects is raw (nodes of `ast`); `planner.scan` turns it into FileFacts.
"""

from __future__ import annotations

import ast

from planner.collect import PEP_701, Holder, RawAlias, RawText, Statement, dotted
from planner.expressions import Expressions, named_module, parameters_of

__all__ = ["PEP_701", "RawText", "Visitor", "dotted", "named_module"]

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


class Visitor(Expressions):
    """Walks a module once, bodies of functions and classes left out where `shallow`. Read its public fields then.

    `declares` may be False where the file has no `global` or `nonlocal` statement.
    """

    def __init__(self, tree: ast.Module, shallow: bool = False, declares: bool = True) -> None:
        super().__init__(shallow, declares)
        self._docstring(tree.body)
        self._block(tree.body)

    def _block(self, body: list[ast.stmt], context: str = "") -> None:
        before = self._context
        if context:
            self._context = (*before, context)
        self._blocks += 1
        block = self._blocks
        for position, statement in enumerate(body):
            if isinstance(statement, (ast.Import, ast.ImportFrom)):
                self._import(statement, len(body) == 1, block, position)
            else:
                self.visit(statement)
        self._context = before

    def _import(self, node: ast.Import | ast.ImportFrom, sole: bool, block: int, position: int) -> None:
        statement = Statement(node, sole, block, frozenset(self._context), position)
        self.statements.append(statement)
        for alias in node.names:
            if alias.name == "*":
                local = ""
            elif isinstance(node, ast.Import):
                local = alias.asname or alias.name.partition(".")[0]
            else:
                local = alias.asname or alias.name
            statement.aliases.append(len(self.aliases))
            if local:
                kind = "type-import" if "type-checking" in self._context else "import"
                self._scope.bind(local, kind, len(self.aliases))
            self.aliases.append(RawAlias(node, alias, self._scope, local))

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        self._scope.bind(node.name, "def", node=node)
        if self._shallow:
            return
        for decorator in node.decorator_list:
            self._forms[id(decorator)] = "decorator"
            self.visit(decorator)
        outer = self._scope
        parameters = getattr(node, "type_params", [])
        if parameters:
            self._scope = self._push("function", outer)
            self._type_parameters(parameters)
        arguments = node.args
        self._each([*arguments.defaults, *(default for default in arguments.kw_defaults if default is not None)])
        named = parameters_of(arguments)
        for argument in named:
            self._annotated(argument.annotation)
        self._annotated(node.returns)
        is_async = isinstance(node, ast.AsyncFunctionDef)
        self._scope = self._push("function", self._scope, is_async)
        for argument in named:
            self._scope.bind(argument.arg, "parameter")
            if argument.annotation is not None:
                self.holders.append(Holder(self._scope, argument, argument.annotation))
        if self._declares:
            self._declared(node.body)
        self._docstring(node.body)
        self._block(node.body, "function")
        self._scope = outer

    visit_AsyncFunctionDef = visit_FunctionDef

    def _declared(self, body: list[ast.stmt]) -> None:
        """Collect the `global` and `nonlocal` statements of a function before its body binds anything."""
        pending: list[ast.AST] = list(body)
        while pending:
            node = pending.pop()
            if isinstance(node, ast.Global):
                self._scope.global_names.update(node.names)
            elif isinstance(node, ast.Nonlocal):
                self._scope.nonlocal_names.update(node.names)
            elif isinstance(node, ast.stmt | ast.ExceptHandler | ast.match_case) and not isinstance(
                node, (*_FUNCTIONS, ast.ClassDef)
            ):
                for name in ("body", "orelse", "finalbody", "handlers", "cases"):
                    pending += getattr(node, name, None) or []

    def visit_Global(self, node: ast.Global) -> None:
        for name in node.names:
            module = self._scope.module()
            module.binders.setdefault(name, []).append(("global", -1))
            module.places.setdefault(name, []).append((node.lineno, node.col_offset))

    def visit_Nonlocal(self, node: ast.Nonlocal) -> None:
        for name in node.names:
            scope = self._scope.resolve(name)
            if scope is not None:
                scope.binders[name].append(("nonlocal", -1))
                scope.places.setdefault(name, []).append((node.lineno, node.col_offset))

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._scope.bind(node.name, "class", node=node)
        if self._shallow:
            return
        for decorator in node.decorator_list:
            self._forms[id(decorator)] = "decorator"
            self.visit(decorator)
        outer = self._scope
        parameters = getattr(node, "type_params", [])
        if parameters:
            self._scope = self._push("function", outer)
            self._type_parameters(parameters)
        for base in node.bases:
            self._forms[id(base)] = "base-class"
            self.visit(base)
        self._each(node.keywords)
        self._scope = self._push("class", self._scope)
        self._docstring(node.body)
        self._block(node.body, "class")
        self._scope = outer

    def _type_parameters(self, parameters: list[ast.AST]) -> None:
        for parameter in parameters:
            self._scope.bind(str(getattr(parameter, "name", "")), "parameter")
            self._annotated(getattr(parameter, "bound", None))

    def visit_TypeAlias(self, node: ast.AST) -> None:
        self.visit(getattr(node, "name", None))
        outer = self._scope
        self._scope = self._push("function", outer)
        self._type_parameters(getattr(node, "type_params", []))
        self._annotated(getattr(node, "value", None))
        self._scope = outer

    def visit_If(self, node: ast.If) -> None:
        self.visit(node.test)
        typing_only = dotted(node.test).rpartition(".")[2] == "TYPE_CHECKING"
        self._block(node.body, "type-checking" if typing_only else "conditional")
        self._block(node.orelse, "conditional")

    def visit_Try(self, node: ast.Try) -> None:
        caught = {
            dotted(item).rpartition(".")[2]
            for handler in node.handlers
            for item in (handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type])
            if item is not None
        }
        bare = any(handler.type is None for handler in node.handlers)
        guards = bare or bool(caught & {"ImportError", "ModuleNotFoundError", "Exception", "BaseException"})
        self._block(node.body, "try" if guards else "conditional")
        for handler in node.handlers:
            self.visit(handler)
        self._block(node.orelse, "conditional")
        self._block(node.finalbody, "conditional")

    visit_TryStar = visit_Try

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        for item in node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]:
            if item is not None:
                self._forms[id(item)] = "except"
                self.visit(item)
        if node.name:
            self._scope.bind(node.name, "value", node=node)
            self._scope.bind(node.name, "del")  # Python does so at the handler's end
        self._block(node.body, "handler")

    def visit_For(self, node: ast.For | ast.AsyncFor) -> None:
        self.visit(node.iter)
        self.visit(node.target)
        self._block(node.body, "conditional")
        self._block(node.orelse, "conditional")

    visit_AsyncFor = visit_For

    def visit_While(self, node: ast.While) -> None:
        self.visit(node.test)
        self._block(node.body, "conditional")
        self._block(node.orelse, "conditional")

    def visit_With(self, node: ast.With | ast.AsyncWith) -> None:
        for item in node.items:
            self.visit(item)
        self._block(node.body, "conditional")

    visit_AsyncWith = visit_With

    def visit_Match(self, node: ast.Match) -> None:
        self.visit(node.subject)
        for case in node.cases:
            self.visit(case.pattern)
            self.visit(case.guard)
            self._block(case.body, "conditional")

    def visit_MatchClass(self, node: ast.MatchClass) -> None:
        self._inert.add(id(node.cls))
        self.visit(node.cls)
        for pattern in (*node.patterns, *node.kwd_patterns):
            self.visit(pattern)

    def visit_Compare(self, node: ast.Compare) -> None:
        for item in (node.left, *node.comparators):
            self._inert.update(map(id, item.elts if isinstance(item, (ast.Tuple, ast.List, ast.Set)) else [item]))
        self._each([node.left, *node.comparators])

    def visit_MatchAs(self, node: ast.MatchAs) -> None:
        if node.name:
            self._scope.bind(node.name, "value", node=node)
        self.visit(node.pattern)

    def visit_MatchStar(self, node: ast.MatchStar) -> None:
        if node.name:
            self._scope.bind(node.name, "value", node=node)

    def visit_MatchMapping(self, node: ast.MatchMapping) -> None:
        if node.rest:
            self._scope.bind(node.rest, "value", node=node)
        self._each(node.keys)
        for pattern in node.patterns:
            self.visit(pattern)

    def visit_Assign(self, node: ast.Assign) -> None:
        self._all(node.targets, node.value)
        for target in node.targets:
            self.visit(target)
            if isinstance(node.value, (ast.Call, ast.Await)):
                self.holders.append(Holder(self._scope, target, node.value))
        self.visit(node.value)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        self._all([node.target], node.value)
        if isinstance(node.target, ast.Name):
            self._load(node.target, "name", ())
        self.visit(node.target)
        self.visit(node.value)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        self._all([node.target], node.value)
        self.visit(node.target)
        self._annotated(node.annotation)
        self.visit(node.value)
        self.holders.append(Holder(self._scope, node.target, node.annotation))

    def _all(self, targets: list[ast.expr], value: ast.expr | None) -> None:
        if self._scope.kind != "module" or not any(isinstance(t, ast.Name) and t.id == "__all__" for t in targets):
            return
        self.has_all = True
        self._all_value(value)
