"""What a scope analysis results in: scopes, their symbols, and the imports that bind them.

A *block* is one list of statements; a *place* in it is the number of statements before it that are no imports, so that
the places of two versions of a file correspond although their import statements differ.
"""

from __future__ import annotations

from enum import Enum

from msgspec import Struct, field


class Kind(Enum):
    """What makes a scope."""

    MODULE = "module"
    CLASS = "class"
    FUNCTION = "function"
    COMPREHENSION = "comprehension"
    TYPE_PARAMETERS = "type parameters"


class Block(Struct, frozen=True, eq=False):
    """One list of statements. `index` is the place of its compound statement in `parent` (both empty for a module)."""

    parent: Block | None
    index: int


class ImportBinding(Struct, frozen=True, eq=False):
    """One name that an import statement binds.

    `target` is the qualified name of what is imported (`a.b.c` of `import a.b.c [as x]`, `m.n` of `from m import n`,
    `m` of `from m import *` with `local` "*"). `plain` tells `import a.b.c` without `as`, which binds `a` and loads
    the submodules on the way. `index` is the place in `block`; `line` is 1-based.
    """

    local: str
    target: str
    plain: bool
    line: int
    scope: Scope
    block: Block
    index: int

    @property
    def qualified(self) -> str:
        """The qualified name of the object that `local` is bound to."""
        return self.target.partition(".")[0] if self.plain else self.target

    @property
    def spelled(self) -> tuple[str, str, bool]:
        """What two import bindings are equal by, wherever they stand."""
        return self.local, self.target, self.plain


class SymbolEntry(Struct, eq=False):
    """One name of one scope: the imports that bind it, and whether anything else binds (or deletes) it."""

    scope: Scope
    name: str
    imports: list[ImportBinding] = field(default_factory=list)
    other: bool = False


class Scope(Struct, eq=False):
    """One scope: its names, its global and nonlocal declarations, and the names that are read in it."""

    kind: Kind
    parent: Scope | None
    name: str
    symbols: dict[str, SymbolEntry] = field(default_factory=dict)
    globals: set[str] = field(default_factory=set)
    nonlocals: set[str] = field(default_factory=set)
    loads: list[tuple[str, int]] = field(default_factory=list)
    resolved: dict[str, SymbolEntry | None] = field(default_factory=dict)

    @property
    def module(self) -> Scope:
        """The scope of the module that this scope lies in."""
        scope = self
        while scope.parent is not None:
            scope = scope.parent
        return scope

    def resolve(self, name: str) -> SymbolEntry | None:
        """Return the symbol that `name` means in this scope, None for a builtin or a name that nothing binds."""
        try:
            return self.resolved[name]
        except KeyError:
            found = self.resolved[name] = self._resolve(name)
            return found

    def _resolve(self, name: str) -> SymbolEntry | None:
        scope: Scope | None = self
        visible = True
        while scope is not None:
            if visible:
                if name in scope.globals:
                    return self.module.symbols.get(name)
                if name not in scope.nonlocals and (symbol := scope.symbols.get(name)) is not None:
                    return symbol
            # A class's names are seen in its own body and in type parameters directly in it, nowhere deeper.
            beneath, scope = scope, scope.parent
            visible = scope is not None and (scope.kind is not Kind.CLASS or beneath.kind is Kind.TYPE_PARAMETERS)
        return None

    def symbol(self, name: str) -> SymbolEntry:
        """Return the entry of `name` in this very scope, made where it is missing."""
        found = self.symbols.get(name)
        if found is None:
            found = self.symbols[name] = SymbolEntry(self, name)
        return found
