"""Which binding a name means: the scopes of one syntax tree, analysed a second time on purpose.

The planner has a finder of its own; nothing is shared with it, so that a mistake there does not hide itself here.
Rules: Python Language Reference 4.2 "Naming and binding", PEP 227, 572, 634, 695. The walk is iterative, so that a deep
tree costs no recursion.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from consolidate.proof.allowed import Failure
from consolidate.proof.layout import parse
from consolidate.proof.symbols import Block, ImportBinding, Kind, Scope

_FUNCTIONS: Final = (ast.FunctionDef, ast.AsyncFunctionDef)
_COMPREHENSIONS: Final = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_STATEMENT_LISTS: Final = frozenset({"body", "orelse", "finalbody"})
_NO_CHILDREN: Final = frozenset({"ctx", "op", "ops", "type_comment", "type_ignores", "kind", "conversion", "level"})
_PATTERN_NAMES: Final = {ast.MatchAs: "name", ast.MatchStar: "name", ast.MatchMapping: "rest"}
_SPECIAL: Final = frozenset({ast.Lambda, ast.NamedExpr, *_COMPREHENSIONS, *_PATTERN_NAMES})
_fields: dict[type[ast.AST], tuple[str, ...]] = {}


def child_fields(cls: type[ast.AST]) -> tuple[str, ...]:
    """Return the fields of a node class that can hold nodes or identifiers, contexts and operators left out."""
    found = _fields.get(cls)
    if found is None:
        found = _fields[cls] = tuple(name for name in cls._fields if name not in _NO_CHILDREN)
    return found


def children(node: ast.AST) -> list[ast.AST]:
    """Return the nodes directly below `node`."""
    found: list[ast.AST] = []
    for name in child_fields(node.__class__):
        value = getattr(node, name, None)
        if value.__class__ is list:
            found += [item for item in value if isinstance(item, ast.AST)]
        elif isinstance(value, ast.AST):
            found.append(value)
    return found


def absolute(name: str | None, level: int, module: str, is_package: bool) -> str:
    """Return the absolute name of a `from` import's module; a relative one that leaves the top keeps its dots."""
    if not level:
        return name or ""
    parts = module.split(".") if module else []
    drop = level - 1 if is_package else level
    if drop > len(parts) or (drop == len(parts) and not name):
        return "." * level + (name or "")
    return ".".join([*parts[: len(parts) - drop], *([name] if name else [])])


Stars = tuple[tuple[str, tuple[str, ...]], ...]


@lru_cache(maxsize=4)
def analyse(source: bytes, module: str, is_package: bool, stars: Stars = ()) -> Analysis | Failure:
    """Return the analysis of a file's bytes, kept for the checks that follow the first on the same two files."""
    tree = parse(source)
    return tree if isinstance(tree, Failure) else Analysis(tree, module, is_package, stars)


class Analysis:
    """The scopes of one `tree`.

    `module` and `is_package` resolve relative imports; `stars` tells which names a star import brings (module ->
    names). Results: `root` (the module's scope), `scopes` (node that makes a scope -> scope), `type_scopes` (node with
    type parameters -> their scope), `blocks` ((node, field) -> block), `imports` ((block, place) -> bindings there),
    `annotations` (annotation, scope it is read in), `open_star` (a star import of unknown names).
    """

    def __init__(
        self, tree: ast.Module, module: str, is_package: bool, stars: Iterable[tuple[str, tuple[str, ...]]] = ()
    ) -> None:
        self.tree = tree
        self.root = Scope(Kind.MODULE, None, "")
        self.scopes: dict[ast.AST, Scope] = {tree: self.root}
        self.type_scopes: dict[ast.AST, Scope] = {}
        self.blocks: dict[tuple[ast.AST, str], Block] = {}
        self.imports: dict[tuple[Block, int], list[ImportBinding]] = {}
        self.annotations: list[tuple[ast.expr, Scope]] = []
        self.open_star = False
        self._module, self._is_package, self._stars = module, is_package, dict(stars)
        self._bound: list[tuple[Scope, str, ImportBinding | None]] = []
        self._brought: list[ImportBinding] = []
        self._todo: list[tuple[ast.AST, str, list[ast.stmt], Scope, Block | None, int]] = []
        self._todo.append((tree, "body", tree.body, self.root, None, 0))
        while self._todo:
            self._block(*self._todo.pop())
        self._settle()

    def _block(
        self, node: ast.AST, name: str, statements: list[ast.stmt], scope: Scope, parent: Block | None, index: int
    ) -> None:
        block = self.blocks[node, name] = Block(parent, index)
        place = 0
        for statement in statements:
            if isinstance(statement, (ast.Import, ast.ImportFrom)):
                self._import(statement, scope, block, place)
                continue
            if isinstance(statement, _FUNCTIONS):
                self._function(statement, scope, block, place)
            elif isinstance(statement, ast.ClassDef):
                self._class(statement, scope, block, place)
            else:
                self._statement(statement, scope, block, place)
            place += 1

    def _import(self, node: ast.Import | ast.ImportFrom, scope: Scope, block: Block, place: int) -> None:
        here = self.imports.setdefault((block, place), [])
        origin = "" if isinstance(node, ast.Import) else self.origin(node)
        for alias in node.names:
            if isinstance(node, ast.Import):
                local = alias.asname or alias.name.partition(".")[0]
                target, plain = alias.name, alias.asname is None
            elif alias.name == "*":
                local, target, plain = "*", origin, False
            else:
                local, target, plain = alias.asname or alias.name, f"{origin}.{alias.name}", False
            binding = ImportBinding(local, target, plain, node.lineno, scope, block, place)
            here.append(binding)
            if local != "*":
                self._bound.append((scope, local, binding))
            elif target in self._stars:
                for name in self._stars[target]:
                    self._brought.append(
                        ImportBinding(name, f"{target}.{name}", False, node.lineno, scope, block, place)
                    )
            else:
                self.open_star = True

    def origin(self, node: ast.ImportFrom) -> str:
        """Return the absolute name of the module that a `from` import reads."""
        return absolute(node.module, node.level, self._module, self._is_package)

    def _statement(self, node: ast.AST, scope: Scope, block: Block, place: int) -> None:
        if isinstance(node, (ast.Global, ast.Nonlocal)):
            (scope.globals if isinstance(node, ast.Global) else scope.nonlocals).update(node.names)
            return
        if isinstance(node, ast.ExceptHandler) and node.name is not None:
            self._bound.append((scope, node.name, None))
        if isinstance(node, ast.AnnAssign):
            self.annotations.append((node.annotation, scope))
        if getattr(node, "type_params", None):  # PEP 695: `type X[T] = ...`
            self._expression(node.name, scope)  # type: ignore[attr-defined]  # the class is newer than Python 3.11
            inner = self._type_parameters(node, scope, "<type>")
            self._expression(node.value, inner)  # type: ignore[attr-defined]
            return
        for name in child_fields(node.__class__):
            value = getattr(node, name, None)
            if name in _STATEMENT_LISTS:
                if value:
                    self._todo.append((node, name, value, scope, block, place))
            elif value.__class__ is list:
                for item in value:
                    if name in ("handlers", "cases"):
                        self._statement(item, scope, block, place)
                    elif isinstance(item, ast.AST):
                        self._expression(item, scope)
            elif isinstance(value, ast.AST):
                self._expression(value, scope)

    def _type_parameters(self, node: ast.AST, scope: Scope, name: str) -> Scope:
        """Return the scope that annotations and bases are read in: one of its own where there are type parameters."""
        parameters = getattr(node, "type_params", None)
        if not parameters:
            return scope
        inner = self.type_scopes[node] = Scope(Kind.TYPE_PARAMETERS, scope, _join(scope.name, name))
        for parameter in parameters:
            self._bound.append((inner, parameter.name, None))
            for child in children(parameter):
                self._expression(child, inner)
        return inner

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef, scope: Scope, block: Block, place: int) -> None:
        self._bound.append((scope, node.name, None))
        for decorator in node.decorator_list:
            self._expression(decorator, scope)
        outer = self._type_parameters(node, scope, node.name)
        inner = self._parameters(node, node.args, scope, outer, node.name)
        if node.returns is not None:
            self.annotations.append((node.returns, outer))
            self._expression(node.returns, outer)
        self._todo.append((node, "body", node.body, inner, block, place))

    def _parameters(self, node: ast.AST, args: ast.arguments, scope: Scope, outer: Scope, name: str) -> Scope:
        for default in (*args.defaults, *args.kw_defaults):
            if default is not None:
                self._expression(default, scope)
        inner = self.scopes[node] = Scope(Kind.FUNCTION, outer, _join(scope.name, name))
        for arg in (*args.posonlyargs, *args.args, args.vararg, *args.kwonlyargs, args.kwarg):
            if arg is not None:
                self._bound.append((inner, arg.arg, None))
                if arg.annotation is not None:
                    self.annotations.append((arg.annotation, outer))
                    self._expression(arg.annotation, outer)
        return inner

    def _class(self, node: ast.ClassDef, scope: Scope, block: Block, place: int) -> None:
        self._bound.append((scope, node.name, None))
        for decorator in node.decorator_list:
            self._expression(decorator, scope)
        outer = self._type_parameters(node, scope, node.name)
        for base in (*node.bases, *(keyword.value for keyword in node.keywords)):
            self._expression(base, outer)
        inner = self.scopes[node] = Scope(Kind.CLASS, outer, _join(scope.name, node.name))
        self._todo.append((node, "body", node.body, inner, block, place))

    def _expression(self, root: ast.AST, scope: Scope) -> None:
        stack: list[tuple[ast.AST, Scope]] = [(root, scope)]
        while stack:
            node, scope = stack.pop()
            cls = node.__class__
            if isinstance(node, ast.Name):
                if node.ctx.__class__ is ast.Load:
                    scope.loads.append((node.id, node.lineno))
                else:
                    self._bound.append((scope, node.id, None))
            elif cls is ast.Constant:
                continue
            elif isinstance(node, ast.Attribute):
                stack.append((node.value, scope))
            elif cls not in _SPECIAL:
                stack += [(child, scope) for child in children(node)]
            elif isinstance(node, ast.Lambda):
                inner = self._parameters(node, node.args, scope, scope, "<lambda>")
                stack.append((node.body, inner))
            elif isinstance(node, _COMPREHENSIONS):
                self._comprehension(node, scope, stack)
            elif isinstance(node, ast.NamedExpr):
                holder = scope
                while holder.kind is Kind.COMPREHENSION and holder.parent is not None:  # PEP 572
                    holder = holder.parent
                self._bound.append((holder, node.target.id, None))
                stack.append((node.value, scope))
            else:
                if cls in _PATTERN_NAMES and (bound := getattr(node, _PATTERN_NAMES[cls])) is not None:
                    self._bound.append((scope, bound, None))
                stack += [(child, scope) for child in children(node)]

    def _comprehension(
        self,
        node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp,
        scope: Scope,
        stack: list[tuple[ast.AST, Scope]],
    ) -> None:
        inner = self.scopes[node] = Scope(Kind.COMPREHENSION, scope, scope.name)
        for number, generator in enumerate(node.generators):
            # The first iterable is evaluated outside, everything else inside (Language Reference 6.2.4).
            stack.append((generator.iter, inner if number else scope))
            stack.append((generator.target, inner))
            stack += [(condition, inner) for condition in generator.ifs]
        if isinstance(node, ast.DictComp):
            stack += [(node.key, inner), (node.value, inner)]
        else:
            stack.append((node.elt, inner))

    def _settle(self) -> None:
        """Enter the collected bindings, now that every global and nonlocal declaration is known."""
        late: list[tuple[Scope, str, ImportBinding | None]] = []
        for scope, name, binding in self._bound:
            if name in scope.nonlocals:
                late.append((scope, name, binding))
                continue
            symbol = (self.root if name in scope.globals else scope).symbol(name)
            if binding is None:
                symbol.other = True
            else:
                symbol.imports.append(binding)
        for scope, name, binding in late:
            outer = scope.resolve(name) or self.root.symbol(name)
            if binding is None:
                outer.other = True
            else:
                outer.imports.append(binding)
        for binding in self._brought:
            # What the file binds itself, it does not take from a star.
            known = binding.scope.symbols.get(binding.local)
            if known is None or (all(other in self._brought for other in known.imports) and not known.other):
                binding.scope.symbol(binding.local).imports.append(binding)
        self._bound.clear()
        for scope in (self.root, *self.scopes.values(), *self.type_scopes.values()):
            scope.resolved.clear()


def _join(outer: str, name: str) -> str:
    return f"{outer}.{name}" if outer else name
