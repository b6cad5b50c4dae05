"""Names and import statements of two versions of a file, compared by what they are bound to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from consolidate.proof.allowed import NotProvedError
from consolidate.proof.moves import Moves
from consolidate.proof.order import rebinds, same_order
from consolidate.proof.scopes import Analysis
from consolidate.proof.symbols import Block, ImportBinding, Kind, Scope, SymbolEntry


class Where(NamedTuple):
    """Where a node stands: its scopes in both versions, the place of its statement in the new one, and its line."""

    old: Scope
    new: Scope
    block: Block
    place: int
    line: int


class Chain(NamedTuple):
    """A dotted name in source: the root name, and the rest with its leading dot (`.b.c`, or empty).

    A named tuple and no dataclass, because a proof hashes one for every name of a file.
    """

    root: str
    rest: str

    def __str__(self) -> str:
        return self.root + self.rest


class _Use(NamedTuple):
    old: SymbolEntry
    old_rest: str
    new: SymbolEntry
    new_rest: str


def dominates(binding: ImportBinding, block: Block, index: int) -> bool:
    """Tell whether whoever gets to this place has executed the binding: it stands before, in this or an outer block."""
    walk: Block | None = block
    while walk is not None:
        if binding.block is walk:
            return binding.index <= index
        index, walk = walk.index, walk.parent
    return False


class Bindings:
    """Compares names and import statements. `scopes` and `blocks` pair old with new and are filled by the walk.

    `settled` holds the names that need not be compared again: scopes, then root and rest of both names. With `touched`,
    no more is known of other names than that they mean the same in both versions.
    """

    def __init__(self, old: Analysis, new: Analysis, moves: Moves, touched: frozenset[str] | None = None) -> None:
        self.old, self.new, self.moves, self._touched = old, new, moves, touched
        self.scopes: dict[Scope, Scope] = {old.root: new.root}
        self.blocks: dict[Block, Block] = {}
        self.settled: set[tuple[Scope, Scope, str, str, str, str]] = set()
        self._deferred: dict[_Use, int] = {}

    def name(self, old: Chain, new: Chain, where: Where, *, stored: bool = False) -> None:
        """Raise NotProvedError unless both dotted names mean the same thing, or what it moves to.

        `stored` tells that the name is bound or deleted there, and not read.
        """
        key = (where.old, where.new, *old, *new)
        if key in self.settled:
            return
        if old != new:
            self.rely(old.root, where.line)
            self.rely(new.root, where.line)
        before, after = where.old.resolve(old.root), where.new.resolve(new.root)
        anywhere = self._symbols(old, before, new, after, where)
        if before is not None and before.scope is where.old and before.scope.kind is Kind.CLASS:
            if stored:
                return
            # Until the class body has bound the name, it means the module's (LOAD_NAME): that must not change either.
            outer = (where.old.module.symbols.get(old.root), where.new.module.symbols.get(new.root))
            if outer != (None, None):
                self._symbols(old, outer[0], new, outer[1], where)
        if anywhere:
            self.settled.add(key)

    def rely(self, name: str, line: int) -> None:
        """Raise NotProvedError where too little is known of a name to tell what it is bound to."""
        if self._touched is not None and name not in self._touched:
            raise NotProvedError(line, f"what binds {name!r} was not looked at")

    def _symbols(
        self, old: Chain, before: SymbolEntry | None, new: Chain, after: SymbolEntry | None, where: Where
    ) -> bool:
        """Compare two names by their symbols; True where the answer holds anywhere in these scopes."""
        if before is None or after is None:
            if before is not None:
                raise NotProvedError(where.line, f"{new.root!r} is not bound here; {old} was {_describe(before)}")
            if after is not None:
                raise NotProvedError(where.line, f"{new.root!r} is captured by {_describe(after)}; it was not before")
            if old != new:
                raise NotProvedError(where.line, f"{old} became {new}, and nothing binds either")
            return True
        paired = self.scopes.get(before.scope) is after.scope
        if before.other or after.other:
            self._fixed(old, before, new, after, paired, where)
            return True
        self._qualified(old, before, new, after, where)
        if paired:
            self._deferred.setdefault(_Use(before, old.rest, after, new.rest), where.line)
        elif not any(dominates(binding, where.block, where.place) for binding in after.imports):
            raise NotProvedError(where.line, f"{new.root!r} may not be bound yet where {new} is used")
        elif len({binding.qualified for binding in after.imports}) > 1:
            raise NotProvedError(where.line, f"{new.root!r} is imported from several modules")
        return paired

    def _fixed(
        self, old: Chain, before: SymbolEntry, new: Chain, after: SymbolEntry, paired: bool, where: Where
    ) -> None:
        """Compare names that something else than an import binds too: their text must be the same."""
        if old.root != new.root or not paired or before.other != after.other:
            raise NotProvedError(
                where.line, f"{old} was {_describe(before)}; {new} is {_describe(after)}: not the same binding"
            )
        if bool(before.imports) != bool(after.imports) or old.rest != new.rest:
            raise NotProvedError(where.line, f"{old} became {new}, but {old.root!r} is {_describe(before)}")
        if before.imports:
            self._qualified(old, before, new, after, where)

    def _qualified(self, old: Chain, before: SymbolEntry, new: Chain, after: SymbolEntry, where: Where) -> None:
        sources = {binding.qualified + old.rest for binding in before.imports}
        results = {binding.qualified + new.rest for binding in after.imports}
        for source in sources:
            if not any(self.moves.same(source, result) for result in results):
                raise NotProvedError(
                    where.line,
                    f"{old} was {source}; {new} is {' or '.join(sorted(results))}, which it does not move to",
                )
        for result in results:
            if not any(self.moves.same(source, result) for source in sources):
                raise NotProvedError(where.line, f"{new} may be {result}, which {old} was not")

    def quals(self, chain: Chain, scope: Scope) -> frozenset[str]:
        """Return the qualified names that a dotted name may have through imports; empty where no import binds it."""
        symbol = scope.resolve(chain.root)
        if symbol is None:
            return frozenset()
        return frozenset(binding.qualified + chain.rest for binding in symbol.imports)

    def run(self, block: Block, index: int, new_block: Block, scopes: tuple[Scope, Scope]) -> None:
        """Compare the import statements at one place of a block; see `_account` and `_justify`."""
        old: Sequence[ImportBinding] = self.old.imports.get((block, index), ())
        new: Sequence[ImportBinding] = self.new.imports.get((new_block, index), ())
        if [binding.spelled for binding in old] == [binding.spelled for binding in new]:
            return
        line = new[0].line if new else 0
        if rebinds(old) or rebinds(new):
            # The last one wins, so their order counts.
            if not same_order(old, new, self._matches):
                raise NotProvedError(line, "a name that is imported twice here is not imported in the same order")
            return
        for binding in old:
            self._account(binding, new, new_block, index, scopes, line)
        for binding in new:
            self._justify(binding, old)

    def _account(
        self,
        binding: ImportBinding,
        new: Sequence[ImportBinding],
        block: Block,
        index: int,
        scopes: tuple[Scope, Scope],
        line: int,
    ) -> None:
        """Check that an old import is left, moved, merged with one that precedes it, or split by its members' moves."""
        if any(self._matches(binding, other) for other in new):
            return
        if binding.local == "*":
            if any(self._brings(binding, other) for other in new):
                return
        elif not _pinned(binding):
            merged = (
                other
                for imports in self.new.imports.values()
                for other in imports
                if other.scope is scopes[1] and dominates(other, block, index)
            )
            if any(
                other.local != "*"
                and (self.moves.same(binding.target, other.target) or self.moves.derives(binding.target, other.target))
                for other in (*new, *merged)
            ):
                return
        raise NotProvedError(line, f"the import of {binding.target} as {binding.local!r} is lost")

    def _justify(self, binding: ImportBinding, old: Sequence[ImportBinding]) -> None:
        """Check that a new import stands for an old one at the same place."""
        for other in old:
            if self._matches(other, binding):
                return
            if binding.local == "*":
                continue
            if other.local == "*" and self._brings(other, binding):
                return
            if other.local != "*" and not _pinned(binding) and self.moves.derives(other.target, binding.target):
                return
        raise NotProvedError(
            binding.line, f"{binding.target} is imported as {binding.local!r}, which no import here was"
        )

    def _matches(self, old: ImportBinding, new: ImportBinding) -> bool:
        if (old.local == "*") != (new.local == "*") or not self.moves.same(old.target, new.target):
            return False
        return old.local == new.local or not (_pinned(old) or _pinned(new))

    def _brings(self, star: ImportBinding, new: ImportBinding) -> bool:
        """Tell whether an explicit import stands for a name that a star import brought."""
        if new.local == "*" or _pinned(new):
            return False
        prefix = f"{star.target}."
        return new.target.startswith(prefix) or any(
            source.startswith(prefix) and to == new.target for source, to in self.moves.pairs
        )

    def finish(self) -> None:
        """Check, now that all blocks are paired, that each import that a use relied on has its successor in place."""
        for use, line in self._deferred.items():
            self._covered(use, line)

    def _covered(self, use: _Use, line: int) -> None:
        reach = {binding: _reach(binding, use.old_rest) for binding in use.old.imports}
        best = max(reach.values(), default=0)
        for binding in (binding for binding in use.old.imports if reach[binding] == best):
            source = binding.qualified + use.old_rest
            block = self.blocks.get(binding.block)
            # Where the old import named the symbol itself, the new one may name the class or module that holds it.
            slack = best == source.count(".") + 1
            for other in use.new.imports:
                result = other.qualified + use.new_rest
                needed = result.count(".") + 1 - (source.count(".") + 1 - best)
                if (
                    block is not None
                    and dominates(other, block, binding.index)
                    and self.moves.same(source, result)
                    and _reach(other, use.new_rest) >= needed - (slack and not other.plain)
                ):
                    break
            else:
                raise NotProvedError(
                    line, f"{use.new.name}{use.new_rest} is used, but not imported where {source} was imported"
                )
        if len({binding.qualified for binding in use.new.imports}) > 1:
            self._alternatives(use, line)

    def _alternatives(self, use: _Use, line: int) -> None:
        """Where a name is imported from several modules, each import must be the successor of one at its place."""
        for other in use.new.imports:
            if not any(
                self.blocks.get(binding.block) is other.block
                and binding.index == other.index
                and self.moves.same(binding.target, other.target)
                for binding in use.old.imports
            ):
                raise NotProvedError(
                    line, f"{use.new.name!r} is imported from several modules, in another way than before"
                )


def _pinned(binding: ImportBinding) -> bool:
    """Tell whether an import must keep its local name: a class attribute, or a name that has other binders."""
    if binding.scope.kind is Kind.CLASS:
        return True
    symbol = binding.scope.resolve(binding.local)
    return symbol is not None and symbol.other


def _reach(binding: ImportBinding, rest: str) -> int:
    """Return how many segments of the used dotted name the import statement itself loads."""
    loaded = binding.target.split(".")
    if not binding.plain:
        return len(loaded)
    used = (binding.qualified + rest).split(".")
    common = 0
    while common < min(len(loaded), len(used)) and loaded[common] == used[common]:
        common += 1
    return common


def _describe(symbol: SymbolEntry) -> str:
    if symbol.other:
        return f"a name of {symbol.scope.name or 'the module'}"
    return "imported from " + " or ".join(sorted({binding.qualified for binding in symbol.imports}))
