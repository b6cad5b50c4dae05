"""From the inventory of a file to what is done with each reference: the Decision that the codemods carry out."""

from __future__ import annotations

from dataclasses import replace

from planner.bridge import bridge
from planner.decision import CallMove, Decision, Move, Rename, StarMove
from planner.facts import Text, Use
from planner.found import Found, FoundFile
from planner.model import Action, Reference, Risk, Symbol
from planner.names import Names
from planner.resolve import Resolver

_RISKS = {
    "call": Risk.MEDIUM,
    "base-class": Risk.HIGH,
    "patch-target": Risk.MEDIUM,
    "import-string": Risk.HIGH,
    "dotted-string": Risk.HIGH,
    "star-import": Risk.MEDIUM,
    "attribute": Risk.MEDIUM,
    "python2": Risk.HIGH,
}


def risk_of(form: str) -> Risk:
    """Return the risk of rewriting a reference of this form."""
    return _RISKS.get(form, Risk.LOW)


def decide(file: FoundFile, names: Names, resolver: Resolver) -> Decision:
    """Return the decision for one file; every reference of the inventory gets its action."""
    return _Decider(file, names, resolver).decide()


class _Decider:
    def __init__(self, file: FoundFile, names: Names, resolver: Resolver) -> None:
        self.file, self.facts, self.names, self.resolver = file, file.facts, names, resolver
        self.moves: list[Move] = []
        self.stars: list[StarMove] = []
        self.renames: list[Rename] = []
        self.calls: list[CallMove] = []
        self.strings: list[Rename] = []
        self.proof_renames: set[tuple[str, str]] = set()
        self.proof_strings: set[tuple[str, str]] = set()
        self.proof_stars: set[tuple[str, tuple[str, ...]]] = set()
        self.proof_calls: set[tuple[str, str]] = set()

    def decide(self) -> Decision:
        for item in self.file.references:
            if item.form == "module-import" and not item.stays and not item.key.name:
                self._module(item)
        for item in self.file.references:
            if item.form == "star-import" and not item.stays:
                self._star(item)
        for item in self.file.references:
            if not item.stays and item.action is None:
                self._one(item)
        listed = [item for item in self.file.references if item.listed or item.action is Action.REWRITTEN]
        passing = [item for item in listed if item.action is not Action.REWRITTEN and self._passes(item)]
        return Decision(
            path=self.file.path,
            facts=self.facts,
            moves=self._without_doubles(),
            stars=tuple(self.stars),
            renames=tuple(sorted(self.renames, key=lambda rename: rename.start)),
            calls=tuple(self.calls),
            strings=tuple(sorted(self.strings, key=lambda rename: rename.start)),
            references=tuple(_reference(self.file.path, item) for item in listed),
            group=self.names.groups.find(self.file.path),
            passing=tuple(_reference(self.file.path, item) for item in passing),
            proof_renames=tuple(sorted(self.proof_renames)),
            proof_strings=tuple(sorted(self.proof_strings)),
            proof_stars=tuple(sorted(self.proof_stars)),
            proof_calls=tuple(sorted(self.proof_calls)),
        )

    def _without_doubles(self) -> tuple[Move, ...]:
        """Return the moves in order, those marked whose import an earlier statement of the block makes already."""
        moves = {move.alias: move for move in self.moves}
        seen: set[tuple[int, str, str]] = set()
        # Where something else binds the name, too, the second import may be what gives it back.
        rebound = {index for binding in self.facts.bindings if binding.others for index in binding.aliases}
        result: list[Move] = []
        for index, alias in enumerate(self.facts.aliases):
            statement = self.facts.statements[alias.statement]
            move = moves.get(index)
            if move is not None:
                key = (statement.block, move.symbol.dotted, move.local)
                result.append(replace(move, double=key in seen and index not in rebound))
            else:
                source = self.resolver.layout.absolute(self.file.path, alias.module, alias.level)
                local = alias.local if alias.name else alias.asname
                key = (statement.block, f"{source}.{alias.name}" if alias.name else source, local)
            seen.add(key)
        return tuple(result)

    def _passes(self, item: Found) -> bool:
        """Tell whether a reference reaches the legacy module only through an import that is listed by itself."""
        if item.via or (item.use >= 0 and item.alias >= 0):
            return True
        if item.binding < 0 or (item.alias >= 0 and item.use < 0):
            return False
        aliases = self.facts.bindings[item.binding].aliases
        return any(found.alias in aliases and found.use < 0 for found in self.file.references)

    # ---- symbols ----------------------------------------------------------------------------------------------------

    def _one(self, item: Found) -> None:
        symbol = item.destination.symbol
        if symbol is None:
            item.stay(Action.MANUAL, item.destination.reason or "it has no destination")
        elif item.text >= 0:
            self._text(item, symbol)
        elif item.alias >= 0 and item.use < 0:
            self._alias(item, symbol)
        elif item.alias >= 0:
            item.stay(Action.LEFT, "the name keeps its spelling behind the star import")
        elif item.use >= 0:
            self._use(item, symbol)

    def _alias(self, item: Found, symbol: Symbol) -> None:
        alias = self.facts.aliases[item.alias]
        local = self.names.local(self.file, item.binding) if item.binding >= 0 else None
        name = local.name if local is not None else alias.local
        self.moves.append(Move(item.alias, symbol, name, self._written(alias.level, symbol.module)))
        shown = symbol.last if name == symbol.last else f"{symbol.last} as {name}"
        item.action, item.new = Action.REWRITTEN, f"from {symbol.module} import {shown}"
        if local is not None and local.kept:
            item.new += f"  # {local.kept}"
        self.proof_renames.add((item.key.dotted, symbol.dotted))
        for step in item.via:
            self.proof_renames.add((step.dotted, symbol.dotted))

    def _written(self, level: int, module: str) -> str:
        """Return a module as a statement spells it: relative where it was and still can be with as many dots."""
        package = self.resolver.layout.absolute(self.file.path, "", level) if level else ""
        if package and module.startswith(package + "."):
            return "." * level + module[len(package) + 1 :]
        return module

    def _use(self, item: Found, symbol: Symbol) -> None:
        use = self.facts.uses[item.use]
        binding = self.facts.bindings[item.binding]
        if item.form == "attribute" or (use.attributes and not self._is_symbol(binding.aliases)):
            self._attribute(item, use, symbol)
            return
        local = self.names.local(self.file, item.binding)
        if local is None:
            item.stay(Action.LEFT, "its import is not rewritten")
            return
        if self._call(item, use, local.name):
            return
        if local.name == use.name:
            item.stay(Action.LEFT, f"the local name is kept: {local.kept}" if local.kept else "the name stays the same")
            return
        self.renames.append(Rename(use.start, use.end, use.name, local.name, use.line))
        item.action, item.new = Action.REWRITTEN, ".".join([local.name, *item.rest])

    def _is_symbol(self, aliases: tuple[int, ...]) -> bool:
        return any(found.alias in aliases and found.use < 0 and bool(found.key.name) for found in self.file.references)

    def _call(self, item: Found, use: Use, callee: str) -> bool:
        """Rewrite a construction by the engine's rule; tell whether there is one."""
        rule = item.destination.engine.call
        if item.form != "call" or use.call is None or rule is None or item.rest or item.destination.home:
            return False
        if item.destination.engine.legacy != item.key:
            return False
        taken = bridge(rule, use.call)
        if isinstance(taken, str):
            item.stay(Action.MANUAL, f"{taken} (line {item.line})")
            return True
        self.calls.append(CallMove(item.use, taken, callee))
        aliases = self.facts.bindings[item.binding].aliases if item.binding >= 0 else ()
        paths = {item.key.dotted, *(step.dotted for step in item.via)}
        paths |= {s.dotted for o in self.file.references if o.alias in aliases for s in o.via}
        self.proof_calls |= {(path, item.destination.engine.id) for path in paths}
        item.action = Action.REWRITTEN
        item.new = rule.expression.replace(rule.root, callee, 1)
        return True

    # ---- attributes of modules --------------------------------------------------------------------------------------

    def _attribute(self, item: Found, use: Use, symbol: Symbol) -> None:
        """Rename `importer.Name`, where the importer renames its name; chains of legacy modules are `_module`'s."""
        if not item.via:
            item.stay(Action.MANUAL, "it is reached through a package's attribute, not through an import of the module")
            return
        if self.names.handed_on(item.via[0]) is None:
            item.stay(Action.LEFT, f"{item.via[0].module} stays on the legacy path")
            return
        new = self.names.renamed(item.via[0])
        position = next((n for n, (name, _, _) in enumerate(use.attributes) if name == item.via[0].name), -1)
        base = [use.name, *(name for name, _, _ in use.attributes[:position])]
        if position >= 0 and self._call(item, use, ".".join([*base, new or item.via[0].name])):
            if new:
                self.proof_renames.add((item.via[0].dotted, f"{item.via[0].module}.{new}"))
            return
        if not new:
            item.listed = item.via[0].name != symbol.last
            item.stay(Action.LEFT, f"{item.via[0].module} keeps its local name")
            return
        if position < 0 or not use.certain:
            item.stay(Action.MANUAL, "its place is not certain")
            return
        name, start, end = use.attributes[position]
        self.renames.append(Rename(start, end, name, new, use.line))
        item.action = Action.REWRITTEN
        item.new = item.shown.replace(name, new)
        self.proof_renames.add((item.via[0].dotted, f"{item.via[0].module}.{new}"))

    def _module(self, item: Found) -> None:
        """Move an import of a legacy module, if all that is taken from it goes to one module."""
        alias = self.facts.aliases[item.alias]
        uses = [other for other in self.file.references if other.use >= 0 and other.binding == item.binding]
        mine = [other for other in uses if other.key.module == item.key.module and not other.via]
        reason = self._why_not(item, mine)
        goes = {other.destination.symbol.module for other in mine if other.destination.symbol is not None}
        if not reason and len(goes) != 1:
            reason = f"what is taken from it goes to {len(goes)} modules"
        target = next(iter(goes), "")
        plain = not alias.name and not alias.asname
        if not reason and plain and target.partition(".")[0] != alias.local:
            reason = f"`{alias.local}` would no longer be bound"
        if not reason and alias.name and "." not in target:
            reason = f"{target} has no package to import it from"
        if not reason and plain:
            reason = self._rest_of_binding(item)
        if reason:
            stays = [other for other in mine if not other.stays and other.action is None]
            for other in [item, *stays]:
                other.stay(Action.MANUAL, reason, needs_legacy=item.needs_legacy)
            return
        local = self._module_local(item, target)
        package, _, last = target.rpartition(".")
        if alias.name:
            self.moves.append(Move(item.alias, Symbol(package, last), local, self._written(alias.level, package)))
        else:
            self.moves.append(Move(item.alias, Symbol(target), local, target))
        item.action = Action.REWRITTEN
        shown = f"from {package} import {last}" if alias.name else f"import {target}"
        item.new = shown + (f" as {local}" if local and local not in (last, alias.name and last) else "")
        self.proof_renames.add((item.key.module, target))
        for other in mine:
            if other.action is None:  # a second import of the module shares the uses of the first
                self._module_use(other, alias.local, local, target, plain)

    def _why_not(self, item: Found, uses: list[Found]) -> str:
        if not uses:
            return "the module is imported for its own sake: nothing is taken from it here"
        for other in uses:
            if other.stays:
                return other.stays
            use = self.facts.uses[other.use]
            if use.printed:
                return "an f-string prints the name as it is written"
            if not use.certain:
                return "a use stands where its place is not certain"
        binding = self.facts.bindings[item.binding] if item.binding >= 0 else None
        if binding is not None and binding.others:
            return "the name is bound in another way, too"
        if binding is not None and binding.scope == 0 and self.names.taken_from(self.file.module) & {binding.name, "*"}:
            return "another file takes the module from here"
        return ""

    def _rest_of_binding(self, item: Found) -> str:
        """`import a.b.legacy` also makes `a.b` reachable: refuse where something else relies on that alone."""
        binding = self.facts.bindings[item.binding]
        others = [self.facts.aliases[n].module for n in binding.aliases if n != item.alias]
        mine = {other.use for other in self.file.references if other.binding == item.binding and not other.via}
        for number in binding.uses:
            if number in mine:
                continue
            use = self.facts.uses[number]
            dotted = ".".join([use.name, *(name for name, _, _ in use.attributes)])
            if not any((dotted + ".").startswith(module + ".") for module in others):
                return f"`{dotted}` (line {use.line}) relies on this import"
        return ""

    def _module_local(self, item: Found, target: str) -> str:
        alias = self.facts.aliases[item.alias]
        if not alias.name:
            return alias.asname
        last = target.rpartition(".")[2]
        binding = self.facts.bindings[item.binding]
        taken = last in binding.taken or any(name == last for name, _ in binding.merge)
        handed_on = binding.scope == 0 and self.names.taken_from(self.file.module) & {alias.local, "*"}
        others = len(binding.aliases) > 1 or binding.others or binding.scope_kind == "class" or handed_on
        others = others or alias.local in (self.facts.all_names or ()) or self.facts.dynamic
        return alias.local if alias.asname or taken or others else last

    def _module_use(self, item: Found, old: str, local: str, target: str, plain: bool) -> None:
        use, symbol = self.facts.uses[item.use], item.destination.symbol
        assert symbol is not None  # noqa: S101 - _module has looked
        depth = item.key.module.count(".") if plain else 0
        name, start, end = use.attributes[depth]
        base = target if plain else local or old
        written = ".".join([use.name, *(part for part, _, _ in use.attributes[: depth + 1])])
        callee = f"{base}.{symbol.name}"
        self.proof_renames.add((item.key.dotted, symbol.dotted))
        if self._call(item, use, callee):
            return
        if end - use.start == len(written):
            self.renames.append(Rename(use.start, end, written, callee, use.line))
        elif base == use.name:
            self.renames.append(Rename(start, end, name, symbol.name, use.line))
        item.action, item.new = Action.REWRITTEN, ".".join([callee, *item.rest])

    # ---- star imports -----------------------------------------------------------------------------------------------

    def _star(self, item: Found) -> None:
        alias = self.facts.aliases[item.alias]
        if item.via:
            item.stay(Action.LEFT, f"{item.via[0].module} keeps the names that it hands on")
            return
        uses = [other for other in self.file.references if other.use >= 0 and other.alias == item.alias]
        wanted = {other.key.name for other in uses}
        available = self.resolver.star_names(item.key.module)
        taken = self.names.taken_from(self.file.module) if self.file.module and alias.scope == 0 else frozenset()
        if "*" in taken:
            # Nobody takes by two stars what the legacy module merely imports to use it.
            wanted |= available - self.resolver.legacy.modules_of(item.key.module)
        wanted |= available & (taken | set(self.facts.all_names or ()))
        bound = {exported.name for exported in self.facts.exports} & available if alias.scope == 0 else set()
        reason = "nothing that it brings in is used here" if not wanted else ""
        if bound:
            reason = f"it also binds `{min(bound)}`, which another statement binds here"
        elif self.names.stays_with(self.file.module, wanted):
            reason = "another file takes a name from here that must stay legacy"
        if reason:
            item.stay(Action.MANUAL, reason)
            return
        moved: list[tuple[Symbol, str]] = []
        for name in sorted(wanted):
            destination = self.resolver.legacy.destination(item.key.module, name)
            if destination.symbol is None or "." in destination.symbol.name:
                item.stay(Action.MANUAL, destination.reason or f"`{name}` goes to a method", destination.exists)
                return
            moved.append((destination.symbol, name))
        staying = next((other for other in uses if other.stays), None)
        if staying is not None:
            item.stay(Action.MANUAL, staying.stays, staying.needs_legacy)
            return
        for other in uses:
            self._call(other, self.facts.uses[other.use], other.key.name)
        written = tuple((self._written(alias.level, symbol.module), symbol.name, name) for symbol, name in moved)
        self.stars.append(StarMove(item.alias, written))
        item.action = Action.REWRITTEN
        item.new = "; ".join(f"from {symbol.module} import {symbol.last} as {name}" for symbol, name in moved)
        for symbol, name in moved:
            self.proof_renames.add((f"{item.key.module}.{name}", symbol.dotted))
        self.proof_stars.add((item.key.module, tuple(sorted(wanted))))

    # ---- strings ----------------------------------------------------------------------------------------------------

    def _text(self, item: Found, symbol: Symbol) -> None:
        text = self.facts.texts[item.text]
        if item.form == "all-entry":
            local = self.names.local(self.file, item.binding)
            if local is None or local.name == text.value:
                item.listed = text.value != symbol.last
                item.stay(Action.LEFT, f"the local name is kept: {local.kept}" if local and local.kept else "it stays")
                return
            self._change(item, text, local.name)
            self.proof_renames.add((f"{self.file.module}.{text.value}", f"{self.file.module}.{local.name}"))
            return
        if item.via:
            new = self.names.renamed(item.via[0])
            if not new:
                item.stay(Action.LEFT, f"{item.via[0].module} keeps its local name")
                return
            value = new if text.role in ("patch-object", "getattr") else text.value
            if value is text.value:
                value = _replaced(text.value, item.via[0].dotted, f"{item.via[0].module}.{new}")
            self.proof_renames.add((item.via[0].dotted, f"{item.via[0].module}.{new}"))
            self._change(item, text, value)
            return
        engine = item.destination.engine
        if item.form != "patch-target" and engine.call is not None and engine.legacy == item.key and not item.rest:
            item.stay(Action.MANUAL, "what the string names is constructed by the rule, wherever it is loaded")
            return
        if item.form == "patch-target" and not self._follows(item):
            return
        if item.rest and item.form == "patch-target" and not self._has_member(symbol, item.rest[0]):
            item.stay(Action.MANUAL, f"it patches `{item.rest[0]}`, absent on {symbol.last}", needs_legacy=True)
            return
        self._change(item, text, _replaced(text.value, item.key.dotted, symbol.dotted))

    def _follows(self, item: Found) -> bool:
        """Tell whether a patch of a legacy name is to follow: to where the name is looked up after the migration."""
        sites = self.names.look_ups(self.file, item.key)
        if any(not moved for _, moved in sites):
            site = next(site for site, moved in sites if not moved)
            item.stay(Action.LEFT, f"{site.path} looks it up on the legacy path, where it stays")
            return False
        if not sites and item.key.module not in self.names.replaced and item.key.module in self._present():
            item.stay(Action.LEFT, "the legacy implementation, which stays, looks it up here")
            return False
        return True

    def _present(self) -> frozenset[str]:
        return frozenset(name for name, module in self.resolver.legacy.modules.items() if module.path)

    def _has_member(self, symbol: Symbol, member: str) -> bool:
        interface = self.resolver.interfaces.of(symbol)
        return not interface.kind or member in interface.members or interface.kind != "class"

    def _change(self, item: Found, text: Text, value: str) -> None:
        if not text.simple or value == text.value:
            item.stay(Action.MANUAL, "the string is written in a way that cannot be edited with certainty")
            return
        self.strings.append(Rename(text.start, text.end, text.value, value, text.line))
        item.action, item.new = Action.REWRITTEN, f'"{value}"'
        self.proof_strings.add((text.value, value))


def _replaced(value: str, old: str, new: str) -> str:
    """Replace a leading dotted name, the colon of an entry point (`module:Name`) kept."""
    dotted = value.replace(":", ".", 1)
    if dotted != old and not dotted.startswith(old + "."):
        return value
    result = new + dotted[len(old) :]
    if ":" in value:
        module, _, rest = new.rpartition(".")
        result = f"{module}:{rest}{dotted[len(old) :]}"
    return result


def _reference(path: str, item: Found) -> Reference:
    action = item.action or Action.LEFT
    return Reference(
        path=path,
        line=item.line,
        column=item.column,
        engine=item.destination.engine.id,
        form=item.form,
        action=action,
        text=item.shown,
        new=item.new if action is Action.REWRITTEN else "",
        reason=item.stays,
        risk=risk_of(item.form),
    )
