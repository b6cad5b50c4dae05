"""The one pass over a syntax tree: scopes, imports, names with their surroundings, strings.

What it collects is raw (nodes of `ast`); `planner.scan` turns it into FileFacts.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable
from dataclasses import dataclass, field

from planner.scopes import Load, Scope

PATCHES = {"patch", "setattr", "delattr", "object", "multiple", "dict"}
_IMPORTERS = {"import_module", "__import__", "find_spec", "reload"}
# What is subscripted with types, so that a string there is a forward reference (PEP 484, 585).
_GENERICS = frozenset(
    {
        *("list", "tuple", "set", "frozenset", "dict", "type", "deque", "defaultdict", "OrderedDict", "Counter"),
        *("List", "Tuple", "Set", "FrozenSet", "Dict", "Type", "Optional", "Union", "Callable", "Annotated", "Final"),
        *("ClassVar", "Iterable", "Iterator", "Generator", "AsyncIterator", "AsyncGenerator", "Awaitable", "Coroutine"),
        *("Sequence", "MutableSequence", "Mapping", "MutableMapping", "Collection", "ContextManager", "Generic"),
        *("AsyncContextManager", "AbstractAsyncContextManager", "AbstractContextManager", "Protocol", "TypeGuard"),
    }
)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_PLAIN_FIELDS = frozenset({"ctx", "op", "ops", "type_comment", "kind", "level", "simple", "is_async", "conversion"})
"""Fields that hold no names."""
_FIELDS: dict[type[ast.AST], tuple[str, ...]] = {}


@dataclass(slots=True)
class RawAlias:
    """One imported name as the tree has it, with the scope that it binds in."""

    statement: ast.Import | ast.ImportFrom
    node: ast.alias
    scope: Scope
    local: str


@dataclass(slots=True)
class RawText:
    """A string literal with its role; `argument` is the expression before it in `patch.object(argument, "…")`."""

    node: ast.Constant
    role: str
    argument: ast.expr | None = None


@dataclass(slots=True)
class Statement:
    """An import statement with its surroundings."""

    node: ast.Import | ast.ImportFrom
    sole: bool
    block: int
    context: frozenset[str]
    aliases: list[int] = field(default_factory=list)


def dotted(node: ast.expr) -> str:
    """Return the text of a name or attribute chain, "" for any other expression."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(parts)]) if isinstance(node, ast.Name) else ""


class Visitor:
    """Walks a module once, bodies of functions and classes left out where `shallow`. Read its public fields then."""

    def __init__(self, tree: ast.Module, shallow: bool = False) -> None:
        self._shallow = shallow
        self.scopes: list[Scope] = []
        self.aliases: list[RawAlias] = []
        self.statements: list[Statement] = []
        self.texts: list[RawText] = []
        self.attributes: list[ast.Attribute] = []
        self.all_nodes: list[ast.Constant] = []
        self.all_literal = True
        self.has_all = False
        self.loads: list[Load] = []
        self._roles: dict[int, tuple[str, ast.expr | None]] = {}
        self._forms: dict[int, str] = {}
        self._awaited: set[int] = set()
        self._inert: set[int] = set()
        self._context: tuple[str, ...] = ()
        self._annotation = False
        self._joined: ast.JoinedStr | None = None
        self._blocks = 0
        self._scope = self._push("module", None)
        self._dispatch: dict[type[ast.AST], Callable[[ast.AST], None]] = {}
        for name in dir(self):
            if name.startswith("visit_") and hasattr(ast, name[6:]):
                self._dispatch[getattr(ast, name[6:])] = getattr(self, name)
        self._docstring(tree.body)
        self._block(tree.body)

    def _push(self, kind: str, parent: Scope | None, is_async: bool = False) -> Scope:
        scope = Scope(kind, len(self.scopes), parent, is_async)
        self.scopes.append(scope)
        return scope

    # ---- statements -------------------------------------------------------------------------------------------------

    def _block(self, body: list[ast.stmt], context: str = "") -> None:
        before = self._context
        if context:
            self._context = (*before, context)
        self._blocks += 1
        block = self._blocks
        for statement in body:
            if isinstance(statement, (ast.Import, ast.ImportFrom)):
                self._import(statement, len(body) == 1, block)
            else:
                self.visit(statement)
        self._context = before

    def visit(self, node: ast.AST | None) -> None:
        """Visit one node with what lies below it."""
        if node is None:
            return
        kind = type(node)
        method = self._dispatch.get(kind)
        if method is not None:
            method(node)
            return
        fields = _FIELDS.get(kind)
        if fields is None:
            fields = _FIELDS[kind] = tuple(name for name in kind._fields if name not in _PLAIN_FIELDS)
        for name in fields:
            value = getattr(node, name, None)
            if isinstance(value, ast.AST):
                self.visit(value)
            elif isinstance(value, list):
                for item in value:
                    if isinstance(item, ast.AST):
                        self.visit(item)

    def _each(self, nodes: list[ast.expr] | list[ast.keyword]) -> None:
        for node in nodes:
            self.visit(node)

    def _import(self, node: ast.Import | ast.ImportFrom, sole: bool, block: int) -> None:
        statement = Statement(node, sole, block, frozenset(self._context))
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
        self._scope.bind(node.name, "def")
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
        named = _arguments(arguments)
        for argument in named:
            self._annotated(argument.annotation)
        self._annotated(node.returns)
        is_async = isinstance(node, ast.AsyncFunctionDef)
        self._scope = self._push("function", self._scope, is_async)
        for argument in named:
            self._scope.bind(argument.arg, "parameter")
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

    def visit_Lambda(self, node: ast.Lambda) -> None:
        arguments = node.args
        self._each([*arguments.defaults, *(default for default in arguments.kw_defaults if default is not None)])
        outer = self._scope
        self._scope = self._push("function", outer)
        for argument in _arguments(arguments):
            self._scope.bind(argument.arg, "parameter")
        self.visit(node.body)
        self._scope = outer

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._scope.bind(node.name, "class")
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
            self._scope.bind(node.name, "value")
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
            self._scope.bind(node.name, "value")
        self.visit(node.pattern)

    def visit_MatchStar(self, node: ast.MatchStar) -> None:
        if node.name:
            self._scope.bind(node.name, "value")

    def visit_MatchMapping(self, node: ast.MatchMapping) -> None:
        if node.rest:
            self._scope.bind(node.rest, "value")
        self._each(node.keys)
        for pattern in node.patterns:
            self.visit(pattern)

    def visit_Assign(self, node: ast.Assign) -> None:
        self._all(node.targets, node.value)
        for target in node.targets:
            self.visit(target)
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

    def _all(self, targets: list[ast.expr], value: ast.expr | None) -> None:
        if self._scope.kind != "module" or not any(isinstance(t, ast.Name) and t.id == "__all__" for t in targets):
            return
        self.has_all = True
        self._all_value(value)

    def _all_value(self, value: ast.expr | None) -> None:
        if isinstance(value, (ast.List, ast.Tuple)):
            for item in value.elts:
                if isinstance(item, ast.Constant) and isinstance(item.value, str):
                    self._roles[id(item)] = ("all", None)
                    self.all_nodes.append(item)
                else:
                    self.all_literal = False
        else:
            self.all_literal = False

    # ---- expressions ------------------------------------------------------------------------------------------------

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Store):
            self._scope.bind(node.id, "value", node=node)
        elif isinstance(node.ctx, ast.Del):
            self._scope.bind(node.id, "del", node=node)
        else:
            self._load(node, self._forms.get(id(node), "name"), ())

    def _load(
        self, node: ast.Name, form: str, attributes: tuple[ast.Attribute, ...], call: ast.Call | None = None
    ) -> None:
        if self._annotation and form == "name":
            form = "annotation"
        scope = self._scope
        load = Load(node, form, attributes, scope, call, in_async=self._in_async(), joined=self._joined)
        load.inert = id(node) in self._inert
        if call is not None:
            load.awaited = id(call) in self._awaited
        scope.loads.setdefault(node.id, []).append(load)
        self.loads.append(load)

    def _in_async(self) -> bool:
        return self._scope.is_async

    def visit_Attribute(self, node: ast.Attribute, call: ast.Call | None = None) -> None:
        chain: list[ast.Attribute] = []
        inner: ast.expr = node
        while isinstance(inner, ast.Attribute):
            chain.append(inner)
            inner = inner.value
        self.attributes += chain
        if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Load):
            self._load(inner, self._forms.get(id(node), "name"), tuple(reversed(chain)), call)
        else:
            self.visit(inner)

    def visit_Await(self, node: ast.Await) -> None:
        self._awaited.add(id(node.value))
        self.visit(node.value)

    def visit_Call(self, node: ast.Call) -> None:
        function = node.func
        name = dotted(function)
        last = name.rpartition(".")[2]
        self._call_roles(node, name, last)
        self._models(node.keywords)
        self._forms.setdefault(id(function), "call")
        if isinstance(function, ast.Name):
            self._load(function, "call", (), node)
        elif isinstance(function, ast.Attribute):
            self.visit_Attribute(function, node)
        else:
            self.visit(function)
        for index, argument in enumerate(node.args):
            if (last == "cast" and index == 0) or (last == "TypeVar" and index > 0):
                self._annotated(argument)
            else:
                self.visit(argument)
        for keyword in node.keywords:
            if last == "TypeVar" and keyword.arg == "bound":
                self._annotated(keyword.value)
            else:
                self.visit(keyword.value)

    def _call_roles(self, node: ast.Call, name: str, last: str) -> None:
        if last in ("isinstance", "issubclass") and len(node.args) == 2:
            second = node.args[1]
            for item in second.elts if isinstance(second, ast.Tuple) else [second]:
                self._forms[id(item)] = "isinstance"
        patches = last in PATCHES and (last == "patch" or "patch" in name.lower())
        target = next((item.value for item in node.keywords if patches and item.arg == "target"), None)
        if not node.args and target is None:
            return
        first = node.args[0] if node.args else target
        if first is None:
            return
        if last in _IMPORTERS or name.endswith(("sys.modules.get", "sys.modules.pop", "sys.modules.setdefault")):
            self._roles[id(first)] = ("import", None)
        elif patches:
            self._roles[id(first)] = ("patch", None)
            if last == "multiple":
                self._patched_keywords(first, node.keywords)
            if len(node.args) > 1 and last in ("object", "setattr", "delattr"):
                self._roles[id(node.args[1])] = ("patch-object", first)
        elif last in ("getLogger", "get_logger"):
            self._roles[id(first)] = ("logger", None)
        elif name == "__all__.append":
            self._roles[id(first)] = ("all", None)
            if isinstance(first, ast.Constant):
                self.all_nodes.append(first)
        elif name == "__all__.extend":
            self._all_value(first)
        elif last in ("getattr", "hasattr", "setattr") and len(node.args) > 1:
            self._roles[id(node.args[1])] = ("getattr", first)

    def _models(self, keywords: list[ast.keyword]) -> None:
        for keyword in keywords:
            if keyword.arg in ("spec", "spec_set"):
                self._inert.add(id(keyword.value))

    def _patched_keywords(self, target: ast.expr, keywords: list[ast.keyword]) -> None:
        """Note the names in `patch.multiple("module", Name=…)` as if they were strings; no edit can be made of them."""
        for keyword in keywords:
            if keyword.arg and isinstance(target, ast.Constant) and isinstance(target.value, str):
                text = ast.copy_location(ast.Constant(f"{target.value}.{keyword.arg}"), keyword)
                self.texts.append(RawText(text, "patch-multiple"))
            elif keyword.arg:
                text = ast.copy_location(ast.Constant(keyword.arg), keyword)
                self.texts.append(RawText(text, "patch-object", target))

    def visit_Subscript(self, node: ast.Subscript) -> None:
        base = dotted(node.value)
        if base == "sys.modules":
            self._roles[id(node.slice)] = ("import", None)
        self.visit(node.value)
        last = base.rpartition(".")[2]
        before = self._annotation
        self._annotation = last != "Literal" and (before or last in _GENERICS)
        self.visit(node.slice)
        self._annotation = before

    def _annotated(self, node: ast.expr | None) -> None:
        if node is None:
            return
        before, self._annotation = self._annotation, True
        self.visit(node)
        self._annotation = before

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, bytes) and self._joined is None:
            text = ast.copy_location(ast.Constant(node.value.decode("latin-1")), node)
            self.texts.append(RawText(text, "bytes"))
        if not isinstance(node.value, str):
            return
        if self._annotation and self._joined is None and self._quoted(node, node.value):
            self.texts.append(RawText(node, "annotation"))
            return
        role, argument = self._roles.get(id(node), ("", None))
        if self._joined is None:
            self.texts.append(RawText(node, role, argument))

    def _quoted(self, node: ast.Constant, text: str) -> bool:
        try:
            inner = ast.parse(text, mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return False
        start, attributes = len(self.loads), len(self.attributes)
        self.visit(inner)
        del self.attributes[attributes:]  # their positions are those in the string
        for load in self.loads[start:]:
            load.quoted, load.nested = node, load.quoted is not None
            load.form = "quoted-annotation"
        return True

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        outer, self._joined = self._joined, self._joined or node
        for value in node.values:
            self.visit(value)
        self._joined = outer
        if outer is None:
            pieces = [item.value for item in node.values if isinstance(item, ast.Constant)]
            text = ast.Constant("".join(str(piece) for piece in pieces))
            ast.copy_location(text, node)
            self.texts.append(RawText(text, "f-string"))

    visit_TemplateStr = visit_JoinedStr

    def visit_NamedExpr(self, node: ast.NamedExpr) -> None:
        self.visit(node.value)
        scope = self._scope
        while scope.kind == "comprehension" and scope.parent is not None:
            scope = scope.parent
        scope.bind(node.target.id, "value")

    def _comprehension(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp) -> None:
        outer = self._scope
        self.visit(node.generators[0].iter)
        # An `await` would make a generator expression an asynchronous one, which is another thing for who uses it.
        self._scope = self._push("comprehension", outer, outer.is_async and not isinstance(node, ast.GeneratorExp))
        for index, generator in enumerate(node.generators):
            if index:
                self.visit(generator.iter)
            self.visit(generator.target)
            self._each(generator.ifs)
        if isinstance(node, ast.DictComp):
            self.visit(node.key)
            self.visit(node.value)
        else:
            self.visit(node.elt)
        self._scope = outer

    visit_ListComp = visit_SetComp = visit_GeneratorExp = visit_DictComp = _comprehension

    def _docstring(self, body: list[ast.stmt]) -> None:
        if body and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
            self._roles[id(body[0].value)] = ("docstring", None)


def _arguments(arguments: ast.arguments) -> list[ast.arg]:
    named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    return [*named, *(item for item in (arguments.vararg, arguments.kwarg) if item is not None)]


PEP_701 = sys.version_info >= (3, 12)
"""Whether the running Python gives exact positions inside f-strings."""
