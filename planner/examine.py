"""The inventory of one Python file: every reference in it, with the legacy symbol that it reaches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from planner.examine_strings import StringExaminer, unmapped
from planner.facts import Alias, Binding, FileFacts, Use
from planner.found import Found, FoundFile
from planner.legacy import Destination
from planner.model import Action, Symbol
from planner.resolve import Origin

_SEVERAL = "the name is bound in several ways, of which not all are the legacy symbol"


class Examiner(StringExaminer):
    """Finds the references of files; one for a whole inventory."""

    def examine(self, facts: FileFacts) -> FoundFile:
        """Return the references of one file, in source order."""
        found: list[Found] = []
        origins = [self._origin(facts, alias) for alias in facts.aliases]
        for index, binding in enumerate(facts.bindings):
            found += self._binding(facts, index, binding, origins)
        bound = {item.alias for item in found}
        for index, alias in enumerate(facts.aliases):
            origin = origins[index]
            if origin is not None and index not in bound and alias.name != "*":
                found.append(self._alias(alias, index, origin, -1))
        found += self._stars(facts, found)
        for index, text in enumerate(facts.texts):
            found += self._text(facts, index, text)
        self._pair(facts, found)
        found += self._loose(facts)
        for comment, line, column in facts.comments:
            found += self._mentions(comment, "comment", line, column)
        found.sort(key=lambda item: (item.line, item.column, item.form, item.shown))
        return FoundFile(facts.path, self.layout.module(facts.path), facts, found)

    # ---- imports and what they bind -----------------------------------------------------------------------------

    def _alias(self, alias: Alias, index: int, origin: Origin, binding: int) -> Found:
        key, destination = self._reaches(origin)
        form = "re-export" if origin.via else "from-import" if origin.name else "module-import"
        shown = (
            f"from {'.' * alias.level}{alias.module} import {alias.name}" if alias.name else f"import {alias.module}"
        )
        if alias.asname:
            shown += f" as {alias.asname}"
        item = Found(form, alias.line, alias.column, key, destination, shown, index, binding=binding, via=origin.via)
        item.assigned = origin.assigned
        if origin.name:
            unmapped(item, destination)
        else:
            self._reported(item)
        return item

    def _binding(self, facts: FileFacts, index: int, binding: Binding, origins: list[Origin | None]) -> Iterator[Found]:
        reached = [(number, origins[number]) for number in binding.aliases]
        symbols = {Symbol(o.module, o.name) for _, o in reached if o is not None and o.name}
        if symbols and all(origin is not None and origin.name for _, origin in reached):
            yield from self._symbol_binding(facts, index, binding, reached, len(symbols) == 1)
        elif symbols:
            yield from self._mixed_binding(facts, index, binding, reached)
        else:
            for number, origin in reached:
                if origin is not None:
                    yield self._alias(facts.aliases[number], number, origin, index)
            modules = {Symbol(o.module) for _, o in reached if o is not None and Symbol(o.module).last == binding.name}
            for key in sorted(modules):
                yield from self._other_places(binding.places, *self._reaches(Origin(key.module, "")), index)
            yield from self._chains(facts, index, binding)

    def _uses(self, facts: FileFacts, binding: Binding) -> list[tuple[int, Use]]:
        return [(number, facts.uses[number]) for number in binding.uses]

    def _symbol_binding(
        self,
        facts: FileFacts,
        index: int,
        binding: Binding,
        reached: list[tuple[int, Origin | None]],
        single: bool,
    ) -> Iterator[Found]:
        for number, origin in reached:
            if origin is not None:
                yield self._alias(facts.aliases[number], number, origin, index)
        first = reached[0][1]
        assigned = next((origin.assigned for _, origin in reached if origin is not None and origin.assigned), "")
        assert first is not None  # noqa: S101 - the caller looked
        key, destination = self._reaches(first)
        if binding.name == key.name:
            yield from self._other_places(binding.places, key, destination, index)
        for number, use in self._uses(facts, binding):
            item = Found(use.form, use.line, use.column, key, destination, _shown(use), use=number, binding=index)
            item.rest = tuple(name for name, _, _ in use.attributes)
            item.assigned = assigned
            item.listed = _names_it(use, key, destination, item.rest) and not assigned
            if not single:
                item.stay(Action.LEFT, "the name is imported from several legacy modules")
            unmapped(item, destination)
            yield item

    def _mixed_binding(
        self, facts: FileFacts, index: int, binding: Binding, reached: list[tuple[int, Origin | None]]
    ) -> Iterator[Found]:
        """Yield the references of a name that a legacy symbol and something else are imported under."""
        key, destination = next(self._reaches(o) for _, o in reached if o is not None and o.name)
        uses = self._uses(facts, binding)
        ruled = destination.engine.call is not None and destination.engine.legacy == key
        called = ruled and any(not use.inert and use.form not in ("isinstance", "annotation") for _, use in uses)
        for number, origin in reached:
            if origin is not None:
                item = self._alias(facts.aliases[number], number, origin, index)
                if called:
                    item.stay(Action.MANUAL, f"{_SEVERAL}: its calls cannot follow the rule")
                yield item
        for number, use in uses:
            item = Found(use.form, use.line, use.column, key, destination, use.name, use=number, binding=index)
            item.rest = tuple(name for name, _, _ in use.attributes)
            item.kept = _SEVERAL
            item.listed = use.name == key.name
            yield item

    def _chains(self, facts: FileFacts, index: int, binding: Binding) -> Iterator[Found]:
        """Yield the attribute chains that start at a module: `module.Name`, `package.legacy.Name`."""
        bases = sorted({self.layout.bound(facts.path, facts.aliases[number]) for number in binding.aliases} - {""})
        for number, use in self._uses(facts, binding):
            found = (self._chain(index, base, number, use) for base in bases)
            item = next((item for item in found if item is not None), None)
            if item is not None:
                if len(bases) > 1 or (binding.others and item.via):
                    _leave_as_one_of_several(item, use)
                yield item

    def _chain(self, index: int, base: str, number: int, use: Use) -> Found | None:
        """Return the reference of a chain that starts at a module, None where it reaches nothing legacy."""
        origin = self.resolver.dotted(".".join([base, *(name for name, _, _ in use.attributes)]))
        if origin is None:
            return None
        key, destination = self._reaches(origin)
        bare = base in self.legacy.modules and not use.attributes
        form = "name" if bare else use.form if use.form != "name" else "attribute"
        item = Found(form, use.line, use.column, key, destination, _shown(use), use=number, binding=index)
        item.via, item.rest, item.assigned = origin.via, origin.rest, origin.assigned
        self._judge(item)
        return item

    def _judge(self, item: Found) -> None:
        """Decide what becomes of a use for which there is no destination."""
        if item.key.name:
            unmapped(item, item.destination)
        else:
            self._reported(item)
            item.stay(Action.MANUAL, "the legacy module itself is used as a value")

    def _stars(self, facts: FileFacts, found: Sequence[Found]) -> Iterator[Found]:
        stars = [(index, alias) for index, alias in enumerate(facts.aliases) if alias.name == "*"]
        if not stars:
            return
        seen = {item.use for item in found}
        overlaid = {item.name: item for item in facts.overlaid}
        numbers = [*facts.unbound, *(number for item in facts.overlaid for number in item.uses if number not in seen)]
        for index, alias in stars:
            source = self.layout.source(facts.path, alias)
            names = self.resolver.star_names(source)
            # As for imports by name: what a legacy symbol is called anywhere is among the tokens.
            asked = names if source in self.legacy.modules else names & self._tokens
            origins = {name: self.resolver.origin(source, name) for name in sorted(asked)}
            others = names - {name for name, origin in origins.items() if origin is not None}
            yield from self._of_modules_by_star(facts, source, others)
            if source not in self.legacy.modules and not any(origins.values()):
                continue
            via = (Symbol(source, "*"),) if source not in self.legacy.modules else ()
            key, destination = self._whole(source, origins)
            shown = f"from {'.' * alias.level}{alias.module} import *"
            item = Found("star-import", alias.line, alias.column, key, destination, shown, index, via=via)
            self._reported(item)
            yield item
            for number in numbers:
                use = facts.uses[number]
                origin = origins.get(use.name)
                if origin is not None:
                    item = self._of_star(index, number, use, origin)
                    if use.name in overlaid:
                        _leave_as_one_of_several(item, use)
                    yield item
            for name in sorted(overlaid.keys() & origins.keys()):
                origin = origins[name]
                if origin is not None and origin.name == name:
                    yield from self._other_places(overlaid[name].places, *self._reaches(origin))

    def _of_star(self, index: int, number: int, use: Use, origin: Origin) -> Found:
        rest = tuple(name for name, _, _ in use.attributes)
        if not origin.name and rest:
            origin, rest = replace(origin, name=rest[0]), rest[1:]
        key, destination = self._reaches(origin)
        item = Found(use.form, use.line, use.column, key, destination, _shown(use), alias=index, use=number)
        item.via, item.assigned, item.rest = origin.via, origin.assigned, rest
        self._judge(item)
        return item

    def _of_modules_by_star(self, facts: FileFacts, source: str, names: frozenset[str]) -> Iterator[Found]:
        """Yield what is taken of modules that a star import gives: `from module import *`, then `other.Name`."""
        for number in facts.unbound:
            use = facts.uses[number]
            if use.name not in names or not use.attributes:
                continue
            item = self._chain(-1, f"{source}.{use.name}", number, use)
            if item is not None:
                item.kept = f"`{use.name}` comes by a star import"
                if not item.via:
                    item.stay(Action.MANUAL, f"it is reached through `{use.name}`, which comes by a star import")
                yield item

    def _other_places(
        self, places: Sequence[tuple[int, int]], key: Symbol, destination: Destination, binding: int = -1
    ) -> Iterator[Found]:
        """Yield the places at which something else than an import binds a name of a legacy symbol."""
        for line, column in places:
            item = Found("name", line, column, key, destination, key.last, binding=binding)
            item.stay(Action.LEFT, "it binds the name in another way")
            yield item

    def _whole(self, source: str, origins: dict[str, Origin | None]) -> tuple[Symbol, Destination]:
        module = source if source in self.legacy.modules else next(o.module for o in origins.values() if o is not None)
        return self._reaches(Origin(module, ""))


def _leave_as_one_of_several(item: Found, use: Use) -> None:
    """Leave a use of a name that may be something else, too; who calls it by a rule's old form needs the old class."""
    called = item.constructed_by_rule and not use.inert and use.form not in ("isinstance", "annotation")
    item.stay(
        Action.MANUAL if called else Action.LEFT,
        f"{_SEVERAL}: its calls cannot follow the rule" if called else _SEVERAL,
    )


def _names_it(use: Use, key: Symbol, destination: Destination, rest: tuple[str, ...]) -> bool:
    """Tell whether a use names the legacy symbol: not behind an alias, and not by a name that it keeps elsewhere."""
    if use.form == "call" and not rest and destination.engine.call is not None and destination.engine.legacy == key:
        return True
    return use.name == key.name and not (destination.symbol is not None and destination.symbol.last == use.name)


def _shown(use: Use) -> str:
    return ".".join([use.name, *(name for name, _, _ in use.attributes)]) if use.attributes else use.name
