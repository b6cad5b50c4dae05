"""What one pass over a Python file finds: plain values that know nothing of other files.

Spans are half-open, in bytes of the file; lines are 1-based, columns 0-based in bytes.
"""

from __future__ import annotations

from typing import NamedTuple

from msgspec import Struct

MEMBER_ROLES = ("patch-object", "getattr", "vars")
"""Roles of strings that name a member of an object."""


class Interest(Struct, frozen=True):
    """What a scan looks for.

    `tokens` are the identifiers that make a binding or a string relevant; `new_names` the names that a rename could
    introduce; `members` the attribute names whose use the contract gate wants to know, and `touched` those of which it
    wants to know how they are used, and of what object.
    """

    tokens: frozenset[str]
    new_names: frozenset[str]
    members: frozenset[str] = frozenset()
    touched: frozenset[str] = frozenset()


NO_INTEREST = Interest(frozenset(), frozenset())


class Alias(NamedTuple):
    """One name of one import statement.

    `statement` is the index of its Statement, `scope` the index of the scope that it binds in. For `import a.b` the
    `module` is "a.b" and `name` is "". `local` is the name that is bound ("a" there, "" for a star).
    """

    statement: int
    module: str
    level: int
    name: str
    asname: str
    local: str
    line: int
    column: int
    scope: int


class Statement(NamedTuple):
    """An import statement: its span and surroundings.

    `alone` tells that no other statement shares its lines; `sole` that it is its block's only statement; `block` is a
    number that the statements of one block share, `position` its place in the block, 0-based; `context` holds some of
    "try", "handler", "type-checking", "conditional", "function", "class".
    """

    start: int
    end: int
    line: int
    alone: bool
    sole: bool
    block: int
    context: frozenset[str]
    position: int = 0

    @property
    def at_import(self) -> bool:
        """Tell whether it runs when its module is imported."""
        return self.context.isdisjoint(("function", "type-checking"))


class Argument(NamedTuple):
    """One argument of a call: the span of its value, its keyword ("" where positional), `*` or `**` in `star`.

    `pure` tells that evaluating it has no effect and cannot be affected by order: a name or a literal.
    """

    start: int
    end: int
    keyword: str
    star: str
    pure: bool


class Call(NamedTuple):
    """A call of a relevant name: the span of the whole expression and of its callee, and its arguments in order.

    All spans are empty, and `exact` is False, where nothing tells where they are. `quotes` are those of the f-strings
    that the call stands in, which what is written there must not hold before PEP 701; `printed` tells that one of them
    prints the call's source text (`f"{call()=}"`).
    """

    start: int
    end: int
    function_start: int
    function_end: int
    arguments: tuple[Argument, ...]
    awaited: bool
    in_async: bool
    exact: bool
    quotes: str = ""
    printed: bool = False


class Use(NamedTuple):
    """A name that is read, with the attributes behind it.

    `attributes` are (name, start, end) of each attribute that follows; `form` one of planner.forms; `certain` is False
    where the parser's position could not be confirmed in the file's bytes. `quoted` marks a name inside a string that
    is an annotation, `inert` one that is only compared, matched or taken as a model, so that nothing calls it there.
    `printed` is a use whose source text an f-string prints (`f"{name=}"`).
    """

    name: str
    start: int
    end: int
    line: int
    column: int
    form: str
    attributes: tuple[tuple[str, int, int], ...]
    certain: bool
    scope: int
    quoted: bool
    call: Call | None
    inert: bool
    printed: bool


class Binding(NamedTuple):
    """A name in a scope that an import binds.

    `aliases` are indices of the Alias values that bind it, `others` counts what else binds it in that scope (an
    assignment, a def, a parameter, `del`, `global` elsewhere), `uses` indices of the uses that resolve to it.
    `taken` are those of Interest.new_names that a rename would collide with; `merge` pairs a new name that the very
    same scope binds by imports only with the indices of those aliases: no collision if they import the replacement.
    `places` are (line, column) of what else binds the name.
    """

    scope: int
    scope_kind: str
    name: str
    aliases: tuple[int, ...]
    others: int
    uses: tuple[int, ...]
    taken: frozenset[str]
    merge: tuple[tuple[str, tuple[int, ...]], ...]
    places: tuple[tuple[int, int], ...]


class Overlaid(NamedTuple):
    """A name of a module that something binds beside a star import: indices of its uses, places of other binders."""

    name: str
    uses: tuple[int, ...]
    places: tuple[tuple[int, int], ...]


class Text(NamedTuple):
    """A string literal that contains a token.

    The content of the literal stands at `start` to `end` (quotes excluded) when `simple`, that is when the bytes there
    are the value itself. `role` is "patch", "patch-object", "patch-multiple" (a keyword, behind the target), "getattr",
    "vars" (`vars(object)["…"]`, `object.__dict__["…"]`), "import", "logger", "all", "docstring", "annotation",
    "f-string", "bytes" or "". `argument` is the first argument (a dotted expression) where the call is
    `patch.object(name, "…")`, and stands at `argument_start`; `argument_module` is the module that it names by a string
    (`import_module("…")`, `sys.modules["…"]`). `member` is the (name, start, end) of the attribute that is taken of the
    module right there: `import_module("…").name`.
    """

    value: str
    start: int
    end: int
    line: int
    column: int
    role: str
    simple: bool
    argument: str = ""
    argument_start: int = -1
    argument_module: str = ""
    member: tuple[str, int, int] | None = None


class Definition(NamedTuple):
    """A module-level class or function: what the contract gate compares.

    `kind` is "class", "function", "async function"; `bases` the dotted text of the base classes; `members` the names
    of its attributes and methods, those set on `self` included; `parameters` of the constructor or function as
    (name, kind, has default), None where the class defines no constructor. `methods` are (name, kind, parameters) of
    what the class body defines, the kind being "method", "static method", "class method" (each perhaps with "async "
    before it) or "property"; `constants` are the other names that the class body binds, `readonly` the properties
    without a setter. `start`/`end` span the whole definition, decorators included.
    """

    name: str
    kind: str
    bases: tuple[str, ...]
    members: frozenset[str]
    parameters: tuple[tuple[str, str, bool], ...] | None
    line: int
    start: int
    end: int
    decorated: bool
    methods: tuple[tuple[str, str, tuple[tuple[str, str, bool], ...]], ...]
    constants: frozenset[str]
    readonly: frozenset[str]


class Exported(NamedTuple):
    """How a module binds a name at module level.

    `kinds` are those of all its binders: "import", "type-import" (below TYPE_CHECKING only), "class", "def", "value";
    `alias` is the index of the Alias where the only binder at run time is an import, else -1; `value` the dotted name
    that is assigned to it where the only binder is an assignment of one (`Name = module.Other`), else "".
    """

    name: str
    kinds: tuple[str, ...]
    alias: int
    value: str


class Touch(NamedTuple):
    """A use of one of Interest.touched, by an object that may be the engine.

    `kind` is "read", "stored" (set or deleted), "asked" (`hasattr`, `getattr`), "syntax" (Python's syntax calls it) or
    "listed" (`dir`, `vars`, `__dict__`: the name is what lists). `use` is the index of the use that names the object's
    class, -1 where the object cannot be told. `guarded` tells that an AttributeError is caught there; `arguments` are
    those of a call of the member, None where it is not called.
    """

    name: str
    line: int
    kind: str
    use: int
    guarded: bool
    arguments: tuple[Argument, ...] | None


class FileFacts(Struct, frozen=True):
    """All that one pass over a file gives.

    `aliases` holds every import of the file, `bindings` and `uses` only the relevant ones. `exports` tells each
    module-level binding; `all_names` is the value of a literal `__all__`, None where there is none. `attributes` are
    (member, lines) of the contract's members. `comments` are (text, line, column) of comments with a token in them.
    `members` are (name, line, column) of attributes that are tokens and belong to no use of a relevant name.
    `held` are those of the contract's members whose object is known, as (member, line, index of the use that names its
    class). `dynamic` tells that the file looks names up by itself (`globals()`, `locals()`, `vars()`, `exec`, `eval`).
    `touches` tell how the members of Interest.touched are used, objects left out that cannot be an engine's.
    `overlaid` are the names bound at module level, where a star import may bind them, too; `named` the strings that may
    name a module (dotted names, and what is given to `import_module` and its like), `values` the dotted names below an
    import that are handed to somebody, who may ask them for any name.
    `insertion` is the byte offset after the docstring and `from __future__` imports.
    """

    path: str
    statements: tuple[Statement, ...]
    aliases: tuple[Alias, ...]
    bindings: tuple[Binding, ...]
    uses: tuple[Use, ...]
    texts: tuple[Text, ...]
    exports: tuple[Exported, ...]
    definitions: tuple[Definition, ...]
    all_names: tuple[str, ...] | None
    attributes: tuple[tuple[str, tuple[int, ...]], ...]
    comments: tuple[tuple[str, int, int], ...]
    insertion: int
    has_getattr: bool
    newline: str
    unbound: tuple[int, ...]
    members: tuple[tuple[str, int, int], ...]
    dynamic: bool
    held: tuple[tuple[str, int, int], ...]
    touches: tuple[Touch, ...]
    overlaid: tuple[Overlaid, ...]
    named: frozenset[str]
    values: frozenset[str]

    @property
    def is_shim(self) -> bool:
        """Tell whether the module is a shim that this tool has made."""
        return self.has_getattr and {"_MOVED", "ConsolidateDeprecationWarning"} <= {item.name for item in self.exports}
