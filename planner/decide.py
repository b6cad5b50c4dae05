"""From the inventory of a file to what is done with each reference: the Decision that the codemods carry out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from planner.decide_modules import ModuleDecider
from planner.decision import Decision, Move, Rename
from planner.facts import Use
from planner.found import Found, FoundFile
from planner.model import Action, Reference, Symbol
from planner.names import Names
from planner.resolve import Resolver
from planner.risk import risk_of


def decide(file: FoundFile, names: Names, resolver: Resolver) -> Decision:
    """Return the decision for one file; every reference of the inventory gets its action."""
    return _Decider(file, names, resolver).decide()


def decide_all(files: Sequence[FoundFile], names: Names, resolver: Resolver) -> dict[str, Decision]:
    """Return the decision for each file, by path in the order of the files.

    A patch of a member follows what it acts on, so what patches is decided after all that it may reach.
    """
    found = {file.path: decide(file, names, resolver) for file in sorted(files, key=_patches_members)}
    return {file.path: found[file.path] for file in files}


def _patches_members(file: FoundFile) -> bool:
    return any(item.form == "patch-target" and item.rest for item in file.references)


class _Decider(ModuleDecider):
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
        """Return the moves in order, those marked whose import another statement of the block makes as well.

        That is an earlier one, or one that stays below with nothing but imports in between.
        """
        moves = {move.alias: move for move in self.moves}
        latest: dict[tuple[int, str], str] = {}
        # Where something else binds the name, too, the second import may be what gives it back.
        rebound = {index for binding in self.facts.bindings if binding.others for index in binding.aliases}
        result: list[Move] = []
        for index in range(len(self.facts.aliases)):
            key, move = self._made(index, moves.get(index)), moves.get(index)
            block, dotted, local = key
            if move is not None:
                made = latest.get((block, local)) == dotted
                double = made or self._made_below(index, key, moves)
                result.append(replace(move, double=double and index not in rebound))
                if double and not made:
                    continue
            if self.facts.aliases[index].name == "*":
                latest.clear()  # it may bind any name
            latest[block, local] = dotted
        return tuple(result)

    def _made(self, index: int, move: Move | None) -> tuple[int, str, str]:
        """Return what an import does after the migration: block, dotted name, local name."""
        alias = self.facts.aliases[index]
        block = self.facts.statements[alias.statement].block
        if move is not None:
            return block, move.symbol.dotted, move.local
        source = self.resolver.layout.source(self.file.path, alias)
        return block, f"{source}.{alias.name}" if alias.name else source, alias.local if alias.name else alias.asname

    def _made_below(self, index: int, key: tuple[int, str, str], moves: Mapping[int, Move]) -> bool:
        statements = self.facts.statements
        first = statements[self.facts.aliases[index].statement]
        imports = {item.position for item in statements if item.block == first.block}
        for other in range(index + 1, len(self.facts.aliases)):
            last = statements[self.facts.aliases[other].statement]
            made = self._made(other, moves.get(other))
            if (made[0], made[2]) == (key[0], key[2]) and made != key:
                return False  # it binds the name to something else in between
            if other not in moves and made == key:
                return imports.issuperset(range(first.position, last.position))
        return False

    def _passes(self, item: Found) -> bool:
        """Tell whether a reference reaches the legacy module only through an import that is listed by itself."""
        if item.via or item.form == "all-entry" or (item.use >= 0 and item.alias >= 0):
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
        elif item.kept:
            item.stay(Action.LEFT, item.kept)
        elif item.assigned:
            item.stay(Action.LEFT, f"{item.assigned} assigns it to a name of its own")
        elif item.text >= 0 and item.use >= 0:
            item.stay(Action.MANUAL, "the legacy module itself is used as a value")
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
        falls_back = self._falls_back(item, symbol)
        if falls_back and item.key.module in self._present() - self.names.replaced:
            item.stay(Action.MANUAL, f"it is what an import of {symbol} falls back on")
            return
        local = self.names.local(self.file, item.binding) if item.binding >= 0 else None
        name = local.name if local is not None else alias.local
        self.moves.append(Move(item.alias, symbol, name, self._written(alias.level, symbol.module)))
        shown = symbol.last if name == symbol.last else f"{symbol.last} as {name}"
        item.action, item.new = Action.REWRITTEN, f"from {symbol.module} import {shown}"
        if local is not None and local.kept:
            item.new += f"  # {local.kept}"
        elif falls_back:
            item.new += "  # what it falls back from: the try statement can go"
        self.proof_renames.add((item.key.dotted, symbol.dotted))
        for step in item.via:
            self.proof_renames.add((step.dotted, symbol.dotted))

    def _falls_back(self, item: Found, symbol: Symbol) -> bool:
        """Tell whether an import stands in the handler of one that takes the replacement itself."""
        if item.binding < 0 or "handler" not in self.facts.statements[self.facts.aliases[item.alias].statement].context:
            return False
        for index in self.facts.bindings[item.binding].aliases:
            alias = self.facts.aliases[index]
            tried = "try" in self.facts.statements[alias.statement].context
            if tried and self.resolver.layout.bound(self.file.path, alias) == symbol.dotted:
                return True
        return False

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

    def _attribute(self, item: Found, use: Use, symbol: Symbol) -> None:
        """Rename `importer.Name`, where the importer renames its name; chains of legacy modules are `_module`'s."""
        if not item.via:
            item.stay(Action.MANUAL, "it is reached through a package's attribute, not through an import of the module")
            return
        if self.names.handed_on(item.via[0]) is None:
            stays = (
                "keeps the names that it hands on"
                if self.names.has_star(item.via[0].module)
                else "stays on the legacy path"
            )
            item.stay(Action.LEFT, f"{item.via[0].module} {stays}")
            return
        new = self.names.renamed(item.via[0])
        position = next((n for n, (name, _, _) in enumerate(use.attributes) if name == item.via[0].name), -1)
        base = [use.name, *(name for name, _, _ in use.attributes[:position])]
        if position >= 0 and self._call(item, use, ".".join([*base, new or item.via[0].name])):
            self._prove_attribute(item, use, position, new or item.via[0].name)
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
        self._prove_attribute(item, use, position, new)

    def _prove_attribute(self, item: Found, use: Use, position: int, new: str) -> None:
        """Allow the renaming of what a module hands on, by the module's name and by the way in which it is spelled."""
        step = item.via[0]
        self.proof_renames.add((step.dotted, f"{step.module}.{new}"))
        between = [name for name, _, _ in use.attributes[:position]]
        for index in self.facts.bindings[item.binding].aliases:
            alias = self.facts.aliases[index]
            spelled = ".".join([self.resolver.layout.bound(self.file.path, alias), *between])
            self.proof_renames.add((f"{spelled}.{step.name}", f"{spelled}.{new}"))


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
