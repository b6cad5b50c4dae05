"""The strings and comments of a Python file that name a legacy symbol, and the attributes that may be one."""

from __future__ import annotations

from collections.abc import Iterator, Set

from planner.asked import Asked
from planner.facts import MEMBER_ROLES, Alias, FileFacts, Text
from planner.found import Found
from planner.legacy import Destination, Legacy
from planner.mentions import Mentions
from planner.model import Action, Symbol
from planner.resolve import Origin, Resolver


class StringExaminer:
    """Finds the references in strings and comments.

    `tokens` are the names that a legacy symbol has anywhere, `known` the paths of the files that hold one of them.
    """

    def __init__(
        self, legacy: Legacy, resolver: Resolver, mentions: Mentions, tokens: frozenset[str], known: Set[str]
    ) -> None:
        self.legacy, self.resolver, self.mentions, self._tokens = legacy, resolver, mentions, tokens
        self.layout = resolver.layout
        self._asked = Asked(resolver.layout, resolver, known)

    def _origin(self, facts: FileFacts, alias: Alias) -> Origin | None:
        source = self.layout.source(facts.path, alias)
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
        if text.role in MEMBER_ROLES:
            yield from self._member(facts, index, text)
            return
        if text.role == "import" and text.member is not None and text.value not in self.legacy.modules:
            yield from self._asked_for(facts, index, text, text.member[0], f"{text.value}.{text.member[0]}")
            return
        dotted = text.value.replace(":", ".", 1)
        names_module = "." in dotted or text.role == "import"
        path = dotted.endswith((".py", ".pyi"))
        # What is written in pieces or with escapes is resolved, too: it is no place for an edit, but takes the name.
        whole = text.role not in ("bytes", "f-string", "docstring")
        if whole and names_module and not path and all(part.isidentifier() for part in dotted.split(".")):
            origin = self.resolver.dotted(dotted)
            if origin is not None:
                yield self._dotted_text(index, text, origin)
                return
        if whole and text.role != "logger" and all(part.isidentifier() for part in text.value.split(".")):
            asked = list(self._asked_for(facts, index, text, text.value.rpartition(".")[2], f'"{text.value}"'))
            if asked:
                yield from asked
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
            self._reported(item)
            item.stay(Action.MANUAL, "the legacy module is named by a string: what is taken from it cannot be told")
        else:
            unmapped(item, destination)
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
            elif item.via and form != "patch-target" and item.constructed_by_rule:
                item.stay(Action.MANUAL, CONSTRUCTED)
        return item

    def _reported(self, item: Found) -> None:
        """Leave a reference to a module of which no engine is consolidated; a reason that follows comes too late."""
        if all(engine.mode == "report" for engine in self.legacy.modules[item.key.module].engines):
            item.stay(Action.LEFT, "reported only: this engine is not consolidated")

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
            source = self.layout.source(facts.path, alias)
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
                    unmapped(item, destination)
                    yield item
                    return
        if not any(exported.name == text.value for exported in facts.exports):
            yield from self._all_entry_of_star(facts, index, text)

    def _all_entry_of_star(self, facts: FileFacts, index: int, text: Text) -> Iterator[Found]:
        for alias in facts.aliases:
            source = self.layout.source(facts.path, alias)
            if alias.name != "*" or alias.scope != 0 or text.value not in self.resolver.star_names(source):
                continue
            origin = self.resolver.origin(source, text.value)
            if origin is not None and origin.name:
                key, destination = self._reaches(origin)
                item = Found("all-entry", text.line, text.column, key, destination, f'"{text.value}"', text=index)
                item.kept = "the name keeps its spelling behind the star import"
                unmapped(item, destination)
                yield item
                return

    def _member(self, facts: FileFacts, index: int, text: Text) -> Iterator[Found]:
        """Yield the reference of `patch.object(module, "Name")` and `getattr(module, "Name")`."""
        for base in self._objects(facts, text):
            origin = self.resolver.dotted(f"{base}.{text.value}")
            if origin is None or origin.rest or not (origin.name or origin.via):
                continue
            key, destination = self._reaches(origin)
            item = Found("patch-target", text.line, text.column, key, destination, f'"{text.value}"', text=index)
            item.via, item.assigned = origin.via, origin.assigned
            if not origin.name:
                item.stay(Action.MANUAL, "the legacy module itself is taken by its name there")
            elif not origin.via:
                served = text.role == "getattr" and bool(text.argument_module)  # a shim answers who asks it by name
                needs = destination.exists and not served
                item.stay(Action.MANUAL, "it reaches into the legacy module by name", needs_legacy=needs)
            yield item
            return
        asked = list(self._asked_for(facts, index, text, text.value, f'"{text.value}"'))
        if asked:
            yield from asked
        elif any(text.value == engine.legacy.last for engine in self.legacy.config.engines):
            at_hand = self._asked.legacy_at_hand(facts) if text.role == "vars" else ()
            for item in self._mentions(text.value, "string", text.line, text.column, index):
                if item.key.module in at_hand:
                    item.action, item.stays = None, ""
                    item.stay(Action.MANUAL, "it may reach into the legacy module by name", needs_legacy=True)
                yield item

    def _objects(self, facts: FileFacts, text: Text) -> Iterator[str]:
        """Yield what the object that a string is a member of may be, as dotted names."""
        if text.argument_module:
            yield text.argument_module
        root, _, rest = text.argument.partition(".")
        for alias in facts.aliases:
            if root and alias.local == root:
                yield ".".join(filter(None, [self.layout.bound(facts.path, alias), rest]))

    def _asked_for(self, facts: FileFacts, index: int, text: Text, name: str, shown: str) -> Iterator[Found]:
        """Yield what a string may ask other modules for; one reference is listed, the modules keep the name."""
        for number, origin in enumerate(self._asked.origins(facts, name)):
            yield self._asks(origin, text.line, text.column, "string", shown, listed=not number, text=index)

    def _asks(self, origin: Origin, line: int, column: int, form: str, shown: str, listed: bool, text: int) -> Found:
        key, destination = self._reaches(origin)
        item = Found(form, line, column, key, destination, shown, text=text, via=origin.via, listed=listed)
        item.assigned = origin.assigned
        unmapped(item, destination)
        if item.stays:
            item.action, item.needs_legacy = Action.LEFT, False
        item.kept = f"{origin.via[0].module} may be asked for it by this name, and keeps it"
        return item

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
            asked = list(self._asked.origins(facts, name))
            for number, origin in enumerate(asked):
                yield self._asks(origin, line, column, "member", f".{name}", listed=not number, text=-1)
            for engine in () if asked else self.legacy.config.engines:
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


CONSTRUCTED = "what the string names is constructed by the rule, wherever it is loaded"
_WHY_LEFT = {
    "comment": "comments are listed, not edited",
    "docstring": "docstrings are listed, not edited",
    "string": "a mention in a string, which nothing shows to be resolved",
    "code-string": "code inside a string is listed, not edited",
    "path-string": "a file's path, valid as long as the shim stays",
}


def unmapped(item: Found, destination: Destination) -> None:
    """Decide what becomes of a reference to a name that has no destination."""
    if destination.symbol is None:
        report = destination.engine.mode == "report"
        defined = destination.exists and not report
        item.stay(Action.LEFT if report else Action.MANUAL, destination.reason, needs_legacy=defined)
    elif "." in destination.symbol.name:
        item.stay(Action.MANUAL, f"it goes to the method {destination.symbol}, which no import statement can bind")
