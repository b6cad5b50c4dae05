"""Expressions: names with their surroundings, calls, strings with their roles, annotations, quoted ones included."""

from __future__ import annotations

import ast

from planner.collect import Collector, RawText, dotted

PATCHES = {"patch", "setattr", "delattr", "object", "multiple", "dict"}
_IMPORT_MODULE = ("import_module", "importlib.import_module")
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


class Expressions(Collector):
    """The part of the pass that visits expressions."""

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

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Store):
            self._scope.bind(node.id, "value", node=node)
        elif isinstance(node.ctx, ast.Del):
            self._scope.bind(node.id, "del", node=node)
        else:
            self._load(node, self._forms.get(id(node), "name"), ())

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
            if isinstance(inner, ast.Call) and dotted(inner.func) in _IMPORT_MODULE and len(inner.args) == 1:
                self._taken[id(inner.args[0])] = chain[-1]
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
        before, self._annotation = self._annotation, False  # what a call among types is given are plain strings
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
        self._annotation = before

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
            self.asks_modules = self.asks_modules or not isinstance(node.slice, ast.Constant)
        elif (listed := _listed(node.value)) is not None:
            self._roles[id(node.slice)] = ("vars", listed)
        self.visit(node.value)
        last = base.rpartition(".")[2]
        before = self._annotation
        self._annotation = last != "Literal" and (before or last in _GENERICS)
        self.visit(node.slice)
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
            self.texts.append(RawText(node, role, argument, self._taken.get(id(node))))

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
        scope.bind(node.target.id, "value", node=node.target)

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

    def visit_Lambda(self, node: ast.Lambda) -> None:
        arguments = node.args
        self._each([*arguments.defaults, *(default for default in arguments.kw_defaults if default is not None)])
        outer = self._scope
        self._scope = self._push("function", outer)
        for argument in parameters_of(arguments):
            self._scope.bind(argument.arg, "parameter")
        self.visit(node.body)
        self._scope = outer


def parameters_of(arguments: ast.arguments) -> list[ast.arg]:
    """Return all parameters of a signature, `*` and `**` included."""
    named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    return [*named, *(item for item in (arguments.vararg, arguments.kwarg) if item is not None)]


def _listed(node: ast.expr) -> ast.expr | None:
    """Return the object whose dictionary an expression is: `vars(object)`, `object.__dict__`."""
    if isinstance(node, ast.Attribute) and node.attr == "__dict__":
        return node.value
    if isinstance(node, ast.Call) and dotted(node.func) == "vars" and len(node.args) == 1:
        return node.args[0]
    return None


def named_module(node: ast.expr) -> str:
    """Return the module that an expression names by a string: `import_module("…")`, `sys.modules["…"]`; else ""."""
    name: ast.expr | None = None
    if isinstance(node, ast.Subscript) and dotted(node.value) == "sys.modules":
        name = node.slice
    elif isinstance(node, ast.Call) and len(node.args) == 1:
        known = dotted(node.func) in (*_IMPORT_MODULE, "sys.modules.get")
        name = node.args[0] if known else None
    return name.value if isinstance(name, ast.Constant) and isinstance(name.value, str) else ""
