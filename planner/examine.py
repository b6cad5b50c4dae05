"""The inventory of one Python file: every reference in it, with the legacy symbol that it reaches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from planner.facts import Alias, Binding, FileFacts, Text, Use
from planner.found import Found, FoundFile
from planner.legacy import Destination, Legacy
from planner.mentions import Mentions
from planner.model import Action, Symbol
from planner.resolve import Origin, Resolver

_SEVERAL = "the name is bound in several ways, of which not all are the legacy symbol"


class Examiner:
    """Finds the references of files; one for a whole inventory."""

    def __init__(self, legacy: Legacy, resolver: Resolver, mentions: Mentions, tokens: frozenset[str]) -> None:
        self.legacy, self.resolver, self.mentions, self._tokens = legacy, resolver, mentions, tokens
        self.layout = resolver.layout

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
        found += self._stars(facts)
        for index, text in enumerate(facts.texts):
            found += self._text(facts, index, text)
        self._pair(facts, found)
        found += self._loose(facts)
        for comment, line, column in facts.comments:
            found += self._mentions(comment, "comment", line, column)
        found.sort(key=lambda item: (item.line, item.column, item.form, item.shown))
        return FoundFile(facts.path, self.layout.module(facts.path), facts, found)

    # ---- imports and what they bind -----------------------------------------------------------------------------

    def _origin(self, facts: FileFacts, alias: Alias) -> Origin | None:
        source = self.layout.absolute(facts.path, alias.module, alias.level)
        if alias.name == "*" or not source:
            return None
        # What a legacy symbol is called anywhere is among the tokens, so no other name needs to be resolved.
        if alias.name not in self._tokens and self._tokens.isdisjoint(source.split(".")):
            return None
        if alias.name:
            return self.resolver.origin(source, alias.name)
        return Origin(source, "") if source in self.legacy.modules else None

    def _reaches(self, origin: Origin) -> tuple[Symbol, Destination]:
        if origin.name:
            return Symbol(origin.module, origin.name), self.legacy.destination(origin.module, origin.name)
        module = self.legacy.modules[origin.module]
        return Symbol(origin.module), Destination(module.engines[0], None, "")

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
            _unmapped(item, destination)
        else:
            self._reported(item)
        return item

    def _binding(self, facts: FileFacts, index: int, binding: Binding, origins: list[Origin | None]) -> Iterator[Found]:
        reached = [(number, origins[number]) for number in binding.aliases]
        symbols = {Symbol(o.module, o.name) for _, o in reached if o is not None and o.name}
        if symbols and all(origin is not None and origin.name for _, origin in reached):
            yield from self._symbol_binding(facts, index, binding, reached, len(symbols) == 1)
        elif symbols:
            for number, origin in reached:
                if origin is not None:
                    yield self._alias(facts.aliases[number], number, origin, index)
            key, destination = next(self._reaches(o) for _, o in reached if o is not None and o.name)
            for use in self._uses(facts, binding):
                item = Found(use[1].form, use[1].line, use[1].column, key, destination, use[1].name, binding=index)
                item.stay(Action.LEFT, _SEVERAL)
                item.listed = use[1].name == key.name
                yield item
        else:
            for number, origin in reached:
                if origin is not None:
                    yield self._alias(facts.aliases[number], number, origin, index)
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
        for line, column in binding.places if binding.name == key.name else ():
            item = Found("name", line, column, key, destination, binding.name, binding=index)
            item.stay(Action.LEFT, "it binds the name in another way")
            yield item
        for number, use in self._uses(facts, binding):
            item = Found(use.form, use.line, use.column, key, destination, _shown(use), use=number, binding=index)
            item.rest = tuple(name for name, _, _ in use.attributes)
            item.assigned = assigned
            item.listed = _names_it(use, key, destination, item.rest) and not assigned
            if not single:
                item.stay(Action.LEFT, "the name is imported from several legacy modules")
            _unmapped(item, destination)
            yield item

    def _chains(self, facts: FileFacts, index: int, binding: Binding) -> Iterator[Found]:
        """Yield the attribute chains that start at a module: `module.Name`, `package.legacy.Name`."""
        bases = set()
        for number in binding.aliases:
            alias = facts.aliases[number]
            source = self.layout.absolute(facts.path, alias.module, alias.level)
            if alias.name:
                bases.add(f"{source}.{alias.name}" if source else "")
            else:
                bases.add(source if alias.asname else source.partition(".")[0])
        if len(bases) != 1 or (base := bases.pop()) == "":
            return
        for number, use in self._uses(facts, binding):
            dotted = ".".join([base, *(name for name, _, _ in use.attributes)])
            origin = self.resolver.dotted(dotted)
            if origin is None or (not origin.name and base in self.legacy.modules and not use.attributes):
                if base in self.legacy.modules:
                    key, destination = self._reaches(Origin(base, ""))
                    item = Found("name", use.line, use.column, key, destination, _shown(use), use=number, binding=index)
                    if not self._reported(item):
                        item.stay(Action.MANUAL, "the legacy module itself is used as a value")
                    yield item
                continue
            key, destination = self._reaches(origin)
            form = use.form if use.form != "name" else "attribute"
            item = Found(form, use.line, use.column, key, destination, _shown(use), use=number, binding=index)
            item.via, item.rest, item.assigned = origin.via, origin.rest, origin.assigned
            if origin.name:
                _unmapped(item, destination)
            elif not self._reported(item):
                item.stay(Action.MANUAL, "the legacy module itself is used as a value")
            yield item

    def _stars(self, facts: FileFacts) -> Iterator[Found]:
        stars = [(index, alias) for index, alias in enumerate(facts.aliases) if alias.name == "*"]
        if not stars:
            return
        unbound = [(number, facts.uses[number]) for number in facts.unbound]
        for index, alias in stars:
            source = self.layout.absolute(facts.path, alias.module, alias.level)
            names = self.resolver.star_names(source)
            # As for imports by name: what a legacy symbol is called anywhere is among the tokens.
            asked = names if source in self.legacy.modules else names & self._tokens
            origins = {name: self.resolver.origin(source, name) for name in sorted(asked)}
            if source not in self.legacy.modules and not any(origins.values()):
                continue
            via = (Symbol(source, "*"),) if source not in self.legacy.modules else ()
            key, destination = self._whole(source, origins)
            shown = f"from {'.' * alias.level}{alias.module} import *"
            item = Found("star-import", alias.line, alias.column, key, destination, shown, index, via=via)
            self._reported(item)
            yield item
            for number, use in unbound:
                origin = origins.get(use.name)
                if origin is None:
                    continue
                rest = tuple(name for name, _, _ in use.attributes)
                if not origin.name and rest:
                    origin, rest = replace(origin, name=rest[0]), rest[1:]
                reached, goes = self._reaches(origin)
                item = Found(use.form, use.line, use.column, reached, goes, _shown(use), alias=index, use=number)
                item.via, item.assigned, item.rest = origin.via, origin.assigned, rest
                if origin.name:
                    _unmapped(item, goes)
                elif not self._reported(item):
                    item.stay(Action.MANUAL, "the legacy module itself is used as a value")
                yield item

    def _whole(self, source: str, origins: dict[str, Origin | None]) -> tuple[Symbol, Destination]:
        module = source if source in self.legacy.modules else next(o.module for o in origins.values() if o is not None)
        return self._reaches(Origin(module, ""))

    # ---- strings and comments -----------------------------------------------------------------------------------

    def _text(self, facts: FileFacts, index: int, text: Text) -> Iterator[Found]:
        if text.role == "annotation":
            # Its names are uses, unless it spells out a path that nothing here binds.
            root, dot, _ = text.value.partition(".")
            if dot and root.isidentifier() and not any(alias.local == root for alias in facts.aliases):
                yield from self._mentions(text.value, "string", text.line, text.column, index)
            return
        if text.role == "all":
            yield from self._all_entry(facts, index, text)
            return
        if text.role in ("patch-object", "getattr"):
            yield from self._member(facts, index, text)
            return
        dotted = text.value.replace(":", ".", 1)
        names_module = "." in dotted or text.role == "import"
        path = dotted.endswith((".py", ".pyi"))
        whole = (text.simple and text.role != "bytes") or text.role == "patch-multiple"
        if whole and names_module and not path and all(part.isidentifier() for part in dotted.split(".")):
            origin = self.resolver.dotted(dotted)
            if origin is not None:
                yield self._dotted_text(index, text, origin)
                return
        form = "docstring" if text.role == "docstring" else "string"
        if form == "string" and "import " in text.value:
            form = "code-string"
        yield from self._mentions(text.value, form, text.line, text.column, index)

    def _dotted_text(self, index: int, text: Text, origin: Origin) -> Found:
        key, destination = self._reaches(origin)
        form = {"patch": "patch-target", "patch-multiple": "patch-target", "import": "import-string"}.get(
            text.role, "dotted-string"
        )
        item = Found(form, text.line, text.column, key, destination, f'"{text.value}"', text=index)
        item.via, item.rest, item.assigned = origin.via, origin.rest, origin.assigned
        taken = self.legacy.destination(origin.module, text.member[0]) if text.member and not origin.name else None
        if taken is not None and text.member is not None and taken.symbol is not None and "." not in taken.symbol.name:
            item.key, item.destination = Symbol(origin.module, text.member[0]), taken
            return item
        if text.role == "logger":
            item.stay(Action.LEFT, "a logger's name: renaming it would silence its configuration")
        elif not origin.name:
            if not self._reported(item):
                item.stay(Action.MANUAL, "the legacy module is named by a string: what is taken from it cannot be told")
        else:
            _unmapped(item, destination)
            if item.via and item.stays:
                item.action, item.needs_legacy = Action.LEFT, False
                item.stays = f"{item.via[0].module} keeps its name: {destination.reason}"
            elif item.stays and text.role == "patch" and item.action is Action.MANUAL:
                exists = destination.exists
                item.needs_legacy = exists
                what = "an internal of the legacy module" if exists else "a name that does not exist"
                item.stays = f"it patches {what} ({destination.reason})"
            elif text.role == "patch" and destination.home and not item.via:
                self._patched_import(item, destination)
        return item

    def _reported(self, item: Found) -> bool:
        """Leave a reference to a module of which no engine is consolidated; tell whether it is one."""
        if any(engine.mode != "report" for engine in self.legacy.modules[item.key.module].engines):
            return False
        item.stay(Action.LEFT, "reported only: this engine is not consolidated")
        return True

    def _patched_import(self, item: Found, destination: Destination) -> None:
        """Send a patch of what the legacy module merely imports to where the replacement looks it up.

        It acts on the look-ups of the implementation, so it follows to the replacement's module if that imports the
        same thing by the same name, and nowhere else.
        """
        goes = destination.engine.replacement.module
        facts = self.resolver.facts(goes)
        exported = next((e for e in facts.exports if e.name == item.key.name), None) if facts is not None else None
        if facts is not None and exported is not None and exported.alias >= 0:
            alias = facts.aliases[exported.alias]
            source = self.layout.absolute(facts.path, alias.module, alias.level)
            if self.legacy.home(Symbol(source, alias.name)) == destination.symbol:
                item.destination = Destination(destination.engine, Symbol(goes, item.key.name))
                return
        item.stay(
            Action.MANUAL,
            f"it patches `{item.key.name}` where the legacy implementation looks it up",
            needs_legacy=destination.engine.contract == "check",
        )

    def _all_entry(self, facts: FileFacts, index: int, text: Text) -> Iterator[Found]:
        for number, binding in enumerate(facts.bindings):
            if binding.scope != 0 or binding.name != text.value:
                continue
            for alias in binding.aliases:
                origin = self._origin(facts, facts.aliases[alias])
                if origin is not None and origin.name:
                    key, destination = self._reaches(origin)
                    item = Found(
                        "all-entry",
                        text.line,
                        text.column,
                        key,
                        destination,
                        f'"{text.value}"',
                        text=index,
                        binding=number,
                    )
                    _unmapped(item, destination)
                    yield item
                    return

    def _member(self, facts: FileFacts, index: int, text: Text) -> Iterator[Found]:
        """Yield the reference of `patch.object(module, "Name")` and `getattr(module, "Name")`."""
        root, _, rest = text.argument.partition(".")
        for alias in facts.aliases:
            if alias.local != root or not root:
                continue
            source = self.layout.absolute(facts.path, alias.module, alias.level)
            base = f"{source}.{alias.name}" if alias.name else source if alias.asname else source.partition(".")[0]
            origin = self.resolver.dotted(".".join(filter(None, [base, rest, text.value])))
            if origin is None or not origin.name or origin.rest:
                continue
            key, destination = self._reaches(origin)
            item = Found("patch-target", text.line, text.column, key, destination, f'"{text.value}"', text=index)
            item.via, item.assigned = origin.via, origin.assigned
            if not origin.via:
                item.stay(Action.MANUAL, "it reaches into the legacy module by name", needs_legacy=destination.exists)
            yield item
            return
        if any(text.value == engine.legacy.last for engine in self.legacy.config.engines):
            yield from self._mentions(text.value, "string", text.line, text.column, index)

    def _pair(self, facts: FileFacts, found: list[Found]) -> None:
        """Let `patch.object(module, "Name")` be a use of the name: the module and the string move together."""
        values = {facts.uses[item.use].start: item for item in found if item.use >= 0 and not item.key.name}
        for item in found:
            text = facts.texts[item.text] if item.text >= 0 else None
            value = values.get(text.argument_start) if text is not None else None
            if text is None or value is None or item.via or not text.simple or value.key.module != item.key.module:
                continue
            if item.destination.symbol is None or item.destination.home or not item.key.name:
                continue
            for each in (item, value):
                each.action, each.stays, each.needs_legacy = None, "", False
            value.key, value.destination, value.text = item.key, item.destination, item.text
            value.form = item.form if text.role == "patch-object" else "attribute"

    def _loose(self, facts: FileFacts) -> Iterator[Found]:
        """Yield the attributes called like an engine whose object cannot be told."""
        for name, line, column in facts.members:
            for engine in self.legacy.config.engines:
                if engine.legacy.name == name:
                    item = Found("member", line, column, engine.legacy, Destination(engine, None), f".{name}")
                    item.stay(Action.LEFT, "an attribute of something that cannot be told")
                    yield item
                    break

    def _mentions(self, text: str, form: str, line: int, column: int, index: int = -1) -> Iterator[Found]:
        seen: set[tuple[str, str]] = set()
        for mention in self.mentions.find(text):
            module = self.legacy.modules[mention.module]
            engine = module.engine_of(mention.name)
            place = line + text.count("\n", 0, mention.start)
            if (engine.id, str(place)) in seen:
                continue
            seen.add((engine.id, str(place)))
            shape = "path-string" if mention.kind == "path" and form == "string" else form
            key = Symbol(mention.module, mention.name)
            item = Found(shape, place, column, key, Destination(engine, None), mention.text, text=index)
            item.stay(Action.LEFT, _WHY_LEFT[shape])
            yield item


_WHY_LEFT = {
    "comment": "comments are listed, not edited",
    "docstring": "docstrings are listed, not edited",
    "string": "a mention in a string, which nothing shows to be resolved",
    "code-string": "code inside a string is listed, not edited",
    "path-string": "a file's path, valid as long as the shim stays",
}


def _names_it(use: Use, key: Symbol, destination: Destination, rest: tuple[str, ...]) -> bool:
    """Tell whether a use names the legacy symbol: not behind an alias, and not by a name that it keeps elsewhere."""
    if use.form == "call" and not rest and destination.engine.call is not None and destination.engine.legacy == key:
        return True
    return use.name == key.name and not (destination.symbol is not None and destination.symbol.last == use.name)


def _shown(use: Use) -> str:
    return ".".join([use.name, *(name for name, _, _ in use.attributes)]) if use.attributes else use.name


def _unmapped(item: Found, destination: Destination) -> None:
    if destination.symbol is None:
        report = destination.engine.mode == "report"
        defined = destination.exists and not report
        item.stay(Action.LEFT if report else Action.MANUAL, destination.reason, needs_legacy=defined)
    elif "." in destination.symbol.name:
        item.stay(Action.MANUAL, f"it goes to the method {destination.symbol}, which no import statement can bind")
