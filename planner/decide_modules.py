"""Imports of whole legacy modules, and star imports: moved where all that is taken from them goes along."""

from __future__ import annotations

from planner.decide_strings import StringDecider
from planner.decision import Move, Rename, StarMove
from planner.facts import Exported, FileFacts
from planner.found import Found
from planner.model import Action, Symbol


class ModuleDecider(StringDecider):
    """Decides what becomes of module imports and star imports, and of what is taken through them."""

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
            if other.text >= 0 and (reason := self._why_not_by_name(other)):
                return reason
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

    def _why_not_by_name(self, item: Found) -> str:
        """Return why `patch.object(module, "Name")` cannot go along with its module, "" where it can."""
        string = next(other for other in self.file.references if other.text == item.text and other.use < 0)
        if not string.stays and not self._follows(string):
            return string.stays
        return string.stays

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
        self.proof_renames.add((item.key.dotted, symbol.dotted))
        if item.text >= 0:
            base = target if plain else local or old
            end = use.attributes[depth - 1][2] if depth else use.end
            written = ".".join([use.name, *(part for part, _, _ in use.attributes[:depth])])
            if base != written:
                self.renames.append(Rename(use.start, end, written, base, use.line))
            item.action, item.new = Action.REWRITTEN, base
            return
        name, start, end = use.attributes[depth]
        base = target if plain else local or old
        written = ".".join([use.name, *(part for part, _, _ in use.attributes[: depth + 1])])
        callee = f"{base}.{symbol.name}"
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
        bound = self._bound_otherwise(item.key.module) & available if alias.scope == 0 else set()
        reason = "nothing that it brings in is used here" if not wanted else ""
        if bound:
            reason = f"it also binds `{min(bound)}`, which another statement binds here"
        elif self.names.stays_with(self.file.module, wanted):
            reason = "another file takes a name from here that must stay legacy"
        elif ruled := [name for name in sorted(self._held(wanted)) if self._ruled(item, name)]:
            reason = f"another file takes `{ruled[0]}` from here, and calling it differs by the rule"
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

    def _held(self, names: set[str]) -> set[str]:
        """Return those of the names that other files go on taking from this one."""
        held = self.names.held_from(self.file.module) if self.file.module else frozenset()
        return names if "*" in held else names & held

    def _ruled(self, item: Found, name: str) -> bool:
        """Tell whether a name of the legacy module is constructed in another way by its engine's rule."""
        engine = self.resolver.legacy.destination(item.key.module, name).engine
        return engine.call is not None and engine.legacy == Symbol(item.key.module, name)

    def _bound_otherwise(self, module: str) -> set[str]:
        """Return the names that the file binds by itself, those left out that it imports just as a module does."""
        other = self.resolver.facts(module)
        made = {(self._imported(other, item), item.name) for item in other.exports} if other is not None else set()
        return {
            item.name
            for item in self.facts.exports
            if item.alias < 0
            or (self._imported(self.facts, item), item.name) not in {*made, (f"{module}.{item.name}", item.name)}
        }

    def _imported(self, facts: FileFacts, exported: Exported) -> str:
        """Return what an import binds to a name, as a dotted name; "" where no import does."""
        if exported.alias < 0:
            return ""
        alias = facts.aliases[exported.alias]
        return self.resolver.layout.bound(facts.path, alias)
