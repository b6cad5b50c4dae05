"""The imports of a file and what they bind: the values that the inventory resolves."""

from __future__ import annotations

import ast
import builtins

from planner.collect import Statement as RawStatement
from planner.facts import MEMBER_ROLES, Alias, Binding, Interest, Overlaid, Statement
from planner.places import Places
from planner.scopes import Load, Scope
from planner.uses import Uses

_BUILTINS = frozenset(dir(builtins))


class Bindings:
    """Reads the imports of one file; `aliases` and `statements` are all of them."""

    def __init__(self, places: Places, uses: Uses, interest: Interest) -> None:
        self._places, self._uses, self._interest = places, uses, interest
        self.raw, self.source = places.raw, places.source
        self.statements = tuple(self._statement(item) for item in self.raw.statements)
        self.aliases = self._aliases()

    def relevant(self) -> tuple[Binding, ...]:
        """Return the bindings that may have to do with an engine."""
        wanted = {index for index, alias in enumerate(self.aliases) if self._relevant(alias)} | self._chained()
        return self._bindings(wanted)

    def _statement(self, raw: RawStatement) -> Statement:
        start, end = self._places.span(raw.node)
        first, _ = self.source.line_bounds(start)
        _, last = self.source.line_bounds(end)
        before, after = self.source.data[first:start], self.source.data[end:last].strip()
        alone = not before.strip(b" \t\f") and (not after or after.startswith(b"#"))
        return Statement(start, end, raw.node.lineno, alone, raw.sole, raw.block, raw.context, raw.position)

    def _aliases(self) -> tuple[Alias, ...]:
        result: list[Alias] = []
        for number, statement in enumerate(self.raw.statements):
            node = statement.node
            for index in statement.aliases:
                raw = self.raw.aliases[index]
                start, _ = self._places.span(raw.node)
                column = start - self.source.starts[raw.node.lineno - 1]
                is_from = isinstance(node, ast.ImportFrom)
                result.append(
                    Alias(
                        statement=number,
                        module=(node.module or "") if isinstance(node, ast.ImportFrom) else raw.node.name,
                        level=node.level if isinstance(node, ast.ImportFrom) else 0,
                        name=raw.node.name if is_from else "",
                        asname=raw.node.asname or "",
                        local=raw.local,
                        line=raw.node.lineno,
                        column=column,
                        scope=raw.scope.index,
                    )
                )
        return tuple(result)

    def _relevant(self, alias: Alias) -> bool:
        tokens = self._interest.tokens
        return (
            alias.name in tokens
            or alias.asname in tokens
            or not tokens.isdisjoint(alias.module.split("."))
            or alias.name == "*"
        )

    def _chained(self) -> set[int]:
        """Return the aliases used with a token behind them: `package.legacy.Name` after `import package`."""
        tokens = self._interest.tokens
        result: set[int] = set()
        for load in self.raw.loads:
            if load.attributes and any(node.attr in tokens for node in load.attributes):
                name = load.node.id
                scope = load.scope.resolve(name)
                if scope is not None and scope.kind == "class":
                    result.update(alias for _, alias in scope.module().binders.get(name, ()) if alias >= 0)
                if scope is not None:
                    result.update(alias for _, alias in scope.binders[name] if alias >= 0)
        return result

    def _bindings(self, relevant: set[int]) -> tuple[Binding, ...]:
        result: list[Binding] = []
        names = {self.aliases[index].local for index in relevant}
        for scope in self.raw.scopes if names else ():
            for name in [name for name in scope.binders if name in names]:
                binders = scope.binders[name]
                indices = tuple(sorted({alias for _, alias in binders if alias >= 0}))
                if not relevant.intersection(indices):
                    continue
                loads = [load for load in self._places.loads.get(name, []) if load.scope.resolve(name) is scope]
                taken, merge = self._taken(scope, loads)
                doubtful = self._read_in_class_bodies(scope, name)
                result.append(
                    Binding(
                        scope=scope.index,
                        scope_kind=scope.kind,
                        name=name,
                        aliases=indices,
                        others=sum(1 for _, alias in binders if alias < 0) + bool(doubtful),
                        uses=(
                            *(self._uses.index(load) for load in loads),
                            *(self._uses.index(load, doubtful=True) for load in doubtful),
                        ),
                        taken=taken,
                        merge=merge,
                        places=tuple(sorted(set(scope.places.get(name, ())))),
                    )
                )
        return tuple(result)

    def _read_in_class_bodies(self, scope: Scope, name: str) -> list[Load]:
        """Return the loads in class bodies that bind the name, too, and read it from this scope before they do.

        `class C: Name = Name` reads the module's name, in a function, too (language reference, 4.2.2).
        """
        return [
            load
            for load in self._places.loads.get(name, [])
            if scope.kind == "module" and load.scope.kind == "class" and name in load.scope.binders
        ]

    def _taken(self, scope: Scope, loads: list[Load]) -> tuple[frozenset[str], tuple[tuple[str, tuple[int, ...]], ...]]:
        taken: set[str] = set()
        merge: list[tuple[str, tuple[int, ...]]] = []
        for new in self._interest.new_names:
            if new in scope.binders:
                binders = scope.binders[new]
                if all(alias >= 0 for _, alias in binders):
                    merge.append((new, tuple(sorted({alias for _, alias in binders}))))
                else:
                    taken.add(new)
                    continue
            if any(
                new in inner.binders or new in inner.global_names
                for load in loads
                for inner in load.scope.path_to(scope)
            ):
                taken.add(new)
                continue
            for load in self._places.loads.get(new, []):
                bound = load.scope.resolve(new)
                if bound is load.scope and bound.kind == "class":
                    # A class body that has not bound the name yet reads the module's, past all functions around it.
                    bound = bound.module() if new in bound.module().binders else None
                if bound is not scope and (bound is None or bound is not load.scope):
                    inside = (
                        load.scope is scope or scope in load.scope.path_to(self.raw.scopes[0]) or scope.kind == "module"
                    )
                    outside = bound is None or bound is scope.module() or bound in scope.path_to(scope.module())
                    if inside and outside:
                        taken.add(new)
                        break
        return frozenset(taken), tuple(sorted(item for item in merge if item[0] not in taken))

    def unbound(self) -> tuple[int, ...]:
        """Return the uses that no scope binds: of tokens, and of every name where a star import may have brought it."""
        star = any(alias.name == "*" for alias in self.aliases)
        result: list[int] = []
        for scope in self.raw.scopes:
            for name, loads in scope.loads.items():
                if name in _BUILTINS or not (star or name in self._interest.tokens):
                    continue
                result += [self._uses.index(load) for load in loads if load.scope.resolve(name) is None]
        return tuple(sorted(result))

    def values(self) -> frozenset[str]:
        """Return the dotted names that start at an import and are handed to somebody, who may ask them for any name.

        That is none that is called, or of which a member is asked for right there, by a string (`Text.argument`).
        """
        objects = {id(text.argument) for text in self.raw.texts if text.role in MEMBER_ROLES}
        found: set[str] = set()
        for name in {alias.local for alias in self.aliases}:
            for load in self._places.loads.get(name, ()):
                nodes = (load.node, *load.attributes)
                if load.call is None and objects.isdisjoint(map(id, nodes)):
                    found.add(".".join([name, *(node.attr for node in load.attributes)]).removesuffix(".__dict__"))
        return frozenset(found)

    def overlaid(self) -> tuple[Overlaid, ...]:
        """Return what the module binds by itself, where a star import may have brought the name.

        What nothing but imports bind is left out where it is no token: they mostly give what the star gives, too.
        """
        if not any(alias.name == "*" for alias in self.aliases):
            return ()
        module = self.raw.scopes[0]
        result: list[Overlaid] = []
        for name in module.binders:
            places = tuple(sorted(set(module.places.get(name, ()))))
            if not places and name not in self._interest.tokens:
                continue
            loads = [load for load in self._places.loads.get(name, []) if load.scope.resolve(name) is module]
            result.append(Overlaid(name, tuple(self._uses.index(load) for load in loads), places))
        return tuple(result)
