"""What the code that did not run would see: names and attribute chains evaluated in place, after all imports.

Scopes are the compiler's own (`symtable`), values are the loaded modules' own. An import that did not run (in a
function, under TYPE_CHECKING, in a branch not taken) is executed by itself in a scratch namespace. Runs in the child
process; nothing but the standard library.
"""

from __future__ import annotations

import ast
import builtins
import contextlib
import symtable
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from types import ModuleType

from instrument import site

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_COMPREHENSIONS = {
    ast.ListComp: "listcomp",
    ast.SetComp: "setcomp",
    ast.DictComp: "dictcomp",
    ast.GeneratorExp: "genexpr",
}
_SCOPES = (*_FUNCTIONS, ast.ClassDef, *_COMPREHENSIONS)
_QUOTING = {"cast": 0, "ForwardRef": 0}
UNKNOWN = object()


class Scope:
    """One scope: its symbol table, and how its names are bound: name -> kinds."""

    def __init__(self, table: symtable.SymbolTable, parent: Scope | None) -> None:
        self.table, self.parent = table, parent
        self.kinds: dict[str, set[str]] = defaultdict(set)
        self.imported: dict[str, list[tuple[ast.stmt, ast.alias]]] = defaultdict(list)
        self.waiting = list(table.get_children())

    def child(self, node: ast.AST) -> Scope:
        """Take the symbol table of a scope that begins in this one."""
        name = _COMPREHENSIONS.get(type(node)) or ("lambda" if isinstance(node, ast.Lambda) else node.name)
        for table in self.waiting:
            if table.get_name() == name and table.get_lineno() == node.lineno:
                self.waiting.remove(table)
                return Scope(table, self)
        for table in self.waiting:  # type parameters stand between a generic definition and its parent (PEP 695)
            with contextlib.suppress(LookupError):
                return Scope(table, self).child(node)
        raise LookupError(name)


class Late:
    """Evaluates one file. `note(site, value, through)` takes each result."""

    def __init__(self, path: str, source: bytes, module: ModuleType, inner: set[str], note: Callable) -> None:
        self.path, self.module, self.inner, self.note = path, module, inner, note
        self.tree = ast.parse(source)
        self.globals = vars(module)
        self.stars = False
        self.top = Scope(symtable.symtable(source, path, "exec"), None)
        self.executed: dict[ast.alias, object] = {}

    def run(self) -> None:
        """Evaluate the whole file."""
        self.bindings(self.tree.body, self.top)
        for statement in self.tree.body:
            self.visit(statement, self.top)

    def bindings(self, nodes: list[ast.AST], scope: Scope) -> None:
        """Note how each name of a scope is bound."""
        for node in own_nodes(nodes):
            if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
                self.bind(scope, node.id, "assignment")
            elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                self.bind(scope, node.name, "definition")
            elif isinstance(node, (ast.ExceptHandler, ast.MatchAs, ast.MatchStar)) and node.name:
                self.bind(scope, node.name, "assignment")
            elif isinstance(node, (ast.Import, ast.ImportFrom)):
                for alias in node.names:
                    name = alias.asname or (
                        alias.name.partition(".")[0] if isinstance(node, ast.Import) else alias.name
                    )
                    self.stars |= name == "*"
                    self.bind(scope, name, "import")
                    self.owner(scope, name).imported[name].append((node, alias))

    def owner(self, scope: Scope, name: str) -> Scope:
        with contextlib.suppress(KeyError):
            if scope.table.lookup(name).is_global():
                return self.top
        return scope

    def bind(self, scope: Scope, name: str, kind: str) -> None:
        self.owner(scope, name).kinds[name].add(kind)

    def visit(self, node: ast.AST, scope: Scope) -> None:
        """Evaluate what a node holds."""
        if isinstance(node, _SCOPES):
            self.enter(node, scope)
        elif isinstance(node, (ast.Name, ast.Attribute)) and isinstance(node.ctx, ast.Load):
            self.evaluate(node, scope)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            for alias in node.names:
                value = self.execute(node, alias)
                if value is not UNKNOWN:
                    self.note(site(self.path, alias, "star" if alias.name == "*" else "import"), value, "import")
                    # `import a.b.c` binds `a` and names `a.b.c`.
                    if isinstance(node, ast.Import) and alias.name in sys.modules:
                        self.note(site(self.path, alias, "import"), sys.modules[alias.name], "import")
        else:
            if isinstance(node, (ast.AnnAssign, ast.arg)) and node.annotation is not None:
                self.quoted(node.annotation, scope)
            if isinstance(node, ast.Call) and isinstance(node.func, (ast.Name, ast.Attribute)):
                name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
                if name in _QUOTING and node.args:
                    self.quoted(node.args[_QUOTING[name]], scope)
                elif name == "TypeVar":
                    for argument in [*node.args[1:], *(key.value for key in node.keywords if key.arg == "bound")]:
                        self.quoted(argument, scope)
            if isinstance(node, ast.Subscript) and self.is_type(node.value, scope):
                self.quoted(node, scope)
            for child in ast.iter_child_nodes(node):
                self.visit(child, scope)

    def is_type(self, node: ast.expr, scope: Scope) -> bool:
        """Tell whether a subscript of this makes a type: `Union["A", "B"]`, `list["A"]`."""
        value = self.value(node, scope)[0]
        return isinstance(value, type) or getattr(value, "__module__", "") == "typing"

    def enter(self, node: ast.AST, scope: Scope) -> None:
        """Evaluate a definition, lambda or comprehension: what runs outside in the scope around it, the rest inside."""
        if isinstance(node, ast.ClassDef):
            outside: list[ast.AST] = [*node.decorator_list, *node.bases, *node.keywords]
            inside: list[ast.AST] = list(node.body)
        elif isinstance(node, ast.Lambda):
            outside, inside = [node.args], [node.body]
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            outside, inside = [*node.decorator_list, node.args, *filter(None, [node.returns])], list(node.body)
            if node.returns is not None:
                self.quoted(node.returns, scope)
        else:
            first, *others = node.generators
            outside = [first.iter]
            inside = [first.target, *first.ifs, *others]
            inside += [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        for part in outside:
            self.visit(part, scope)
        inner = scope.child(node)
        self.bindings(inside, inner)
        for part in inside:
            self.visit(part, inner)

    def quoted(self, annotation: ast.expr, scope: Scope) -> None:
        """Evaluate the strings of an annotation."""
        for node in annotation_strings(annotation):
            try:
                inner = ast.parse(node.value.strip(), mode="eval").body
            except SyntaxError:
                continue
            for part in ast.walk(inner):
                if isinstance(part, (ast.Name, ast.Attribute)):
                    value, through = self.value(part, scope)
                    if value is not UNKNOWN:
                        self.note(site(self.path, node, "quoted"), value, through)

    def evaluate(self, node: ast.Name | ast.Attribute, scope: Scope) -> object:
        """Evaluate a name or an attribute chain, note every step, and return its value."""
        kind = "name" if isinstance(node, ast.Name) else "attribute"
        if isinstance(node, ast.Attribute):
            if isinstance(node.value, (ast.Name, ast.Attribute)):
                base = self.evaluate(node.value, scope)
            else:
                self.visit(node.value, scope)
                base = UNKNOWN
            value, through = step(base, node.attr)
        else:
            value, through = self.value(node, scope)
        self.note(site(self.path, node, kind), value, through)
        return value

    def value(self, node: ast.expr, scope: Scope) -> tuple[object, str]:
        if isinstance(node, ast.Attribute):
            return step(self.value(node.value, scope)[0], node.attr)
        return self.name(node.id, scope) if isinstance(node, ast.Name) else (UNKNOWN, "object")

    def name(self, name: str, scope: Scope) -> tuple[object, str]:
        """Return what a name holds in a scope, and how it is bound."""
        try:
            symbol = scope.table.lookup(name)
        except KeyError:  # only in a string
            return self.name(name, scope.parent) if scope.parent is not None else self.of_module(name)
        if scope is self.top or symbol.is_global():
            return self.of_module(name)
        if symbol.is_parameter():
            return UNKNOWN, "parameter"
        if symbol.is_free():
            outer = scope.parent
            while outer is not None and outer.table.get_type() != "function":
                outer = outer.parent
            return self.name(name, outer) if outer is not None else self.of_module(name)
        kinds = scope.kinds[name]
        if kinds == {"import"}:
            return self.imported(name, scope), "import"
        return UNKNOWN, "definition" if kinds == {"definition"} else "assignment"

    def of_module(self, name: str) -> tuple[object, str]:
        kinds = self.top.kinds[name]
        through = next((kind for kind in ("import", "definition", "assignment") if kind in kinds), "")
        if name in self.globals:
            return self.globals[name], through or ("star" if self.stars else "injected")
        if "import" in kinds:
            return self.imported(name, self.top), "import"
        return getattr(builtins, name, UNKNOWN), through or "builtin"

    def imported(self, name: str, scope: Scope) -> object:
        """Return what the imports that bind a name give it, where they agree."""
        values = [self.execute(statement, alias) for statement, alias in scope.imported[name]]
        known = [value for value in values if value is not UNKNOWN]
        return known[0] if known and all(value is known[0] for value in known) else UNKNOWN

    def execute(self, statement: ast.stmt, alias: ast.alias) -> object:
        """Execute one name of an import by itself, if it is one of the corpus, and return what it binds."""
        if alias not in self.executed:
            self.executed[alias] = UNKNOWN
            source = (
                alias.name if isinstance(statement, ast.Import) else "." * statement.level + (statement.module or "")
            )
            if source.startswith(".") or source.partition(".")[0] in self.inner:
                one = ast.Import([alias])
                if isinstance(statement, ast.ImportFrom):
                    one = ast.ImportFrom(statement.module, [alias], statement.level)
                code = compile(ast.fix_missing_locations(ast.Module([one], [])), self.path, "exec", dont_inherit=True)
                scratch = {"__name__": self.module.__name__, "__package__": self.module.__package__}
                before = set(scratch)
                # An import of the corpus may do anything: exit, skip a test module.
                with contextlib.suppress(BaseException):
                    exec(code, scratch)
                    new = [value for name, value in scratch.items() if name not in before and name != "__builtins__"]
                    self.executed[alias] = tuple(new) if alias.name == "*" else new[0]
        return self.executed[alias]


def step(base: object, name: str) -> tuple[object, str]:
    """Return an attribute of a module or a class; other objects are not touched."""
    through = "module" if isinstance(base, ModuleType) else "class" if isinstance(base, type) else "object"
    if through == "object":
        return UNKNOWN, through
    try:
        return getattr(base, name), through
    except BaseException:  # noqa: BLE001 - a lazy module may raise anything
        return UNKNOWN, through


def own_nodes(nodes: list[ast.AST]) -> Iterator[ast.AST]:
    """Yield the nodes of a scope, the definitions in it included, what is inside them not."""
    for node in nodes:
        yield node
        if isinstance(node, _SCOPES):
            # `(x := …)` in a comprehension binds in the scope around it.
            if isinstance(node, tuple(_COMPREHENSIONS)):
                yield from (part.target for part in ast.walk(node) if isinstance(part, ast.NamedExpr))
            continue
        yield from own_nodes(list(ast.iter_child_nodes(node)))


def annotation_strings(node: ast.AST) -> Iterator[ast.Constant]:
    """Yield the strings of an annotation that stand for types."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node
    elif isinstance(node, ast.Subscript):
        name = getattr(node.value, "attr", getattr(node.value, "id", ""))
        if name == "Annotated" and isinstance(node.slice, ast.Tuple):
            yield from annotation_strings(node.slice.elts[0])
        elif name != "Literal":
            yield from annotation_strings(node.slice)
    elif isinstance(node, (ast.Tuple, ast.List, ast.BinOp)):
        for child in ast.iter_child_nodes(node):
            yield from annotation_strings(child)
