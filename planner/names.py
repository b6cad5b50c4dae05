"""The local names of what is moved: renamed with every use, or kept with `as` where renaming is not certain.

A module-level name that other files take from an importer is renamed together with them, in one phase, or keeps its old
local name; which files must go together is told by `group`.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from msgspec import Struct

from planner.facts import Alias, Binding
from planner.found import Found, FoundFile
from planner.groups import Groups
from planner.model import Action, Symbol
from planner.reach import Reach
from planner.resolve import Resolver


class Local(Struct, frozen=True):
    """The name that a binding has after the migration, and why it kept its old one ("" where it did not)."""

    name: str
    kept: str = ""


class Names:
    """Decides the local names of a whole inventory."""

    def __init__(self, files: Sequence[FoundFile], resolver: Resolver, largest: int, replaced: frozenset[str]) -> None:
        self.files, self.layout, self.replaced = files, resolver.layout, replaced
        self._stars, self._legacy = resolver.star_names, resolver.legacy.modules
        self._by_path = {file.path: file for file in files}
        self.reach = Reach(self.layout, resolver.imports, files)
        self.groups = Groups()
        self._locals: dict[tuple[str, int], Local] = {}
        self._takers = self._find_takers()
        self._asked = {item.key for file in files for item in file.references}
        for file in files:
            for index in range(len(file.facts.bindings)):
                local = self._alone(file, index)
                if local is not None:
                    self._locals[(file.path, index)] = local
            self._check_twins(file)
        for file in files:
            self._check_takers(file)
        self._group(largest)

    def local(self, file: FoundFile, binding: int) -> Local | None:
        """Return the local name that a binding of moved symbols gets, None where nothing of it is moved."""
        return self._locals.get((file.path, binding))

    def handed_on(self, symbol: Symbol) -> Local | None:
        """Return what becomes of a module-level name of an importer, None where it stays on the legacy path."""
        file = self._by_path.get(self.layout.path(symbol.module))
        for index, binding in enumerate(file.facts.bindings if file is not None else ()):
            if file is not None and binding.scope == 0 and binding.name == symbol.name:
                return self.local(file, index)
        return None

    def has_star(self, module: str) -> bool:
        """Tell whether an importer takes legacy symbols by a star import."""
        file = self._by_path.get(self.layout.path(module))
        return file is not None and any(item.form == "star-import" for item in file.references)

    def renamed(self, symbol: Symbol) -> str:
        """Return the new name of a module-level name of an importer, "" where it keeps its old one."""
        local = self.handed_on(symbol)
        return local.name if local is not None and local.name != symbol.name else ""

    def taken_from(self, module: str) -> frozenset[str]:
        """Return the names that other files take from a module; "*" where one takes them all."""
        return frozenset(symbol.name for symbol in self._takers if symbol.module == module)

    def held_from(self, module: str) -> frozenset[str]:
        """Return the names that other files go on taking from a module: not by an import that goes past it."""
        return frozenset(
            symbol.name
            for symbol, takers in self._takers.items()
            if symbol.module == module
            and any(symbol.name == "*" or item.stays or item.alias < 0 or item.use >= 0 for _, item in takers)
        )

    def stays_with(self, module: str, names: Set[str]) -> bool:
        """Tell whether another file takes one of the names from a module and has to stay on the legacy path."""
        return bool(module) and any(
            item.stays and item.action is Action.MANUAL
            for name in names
            for _, item in self._takers.get(Symbol(module, name), ())
        )

    # ---- one binding by itself --------------------------------------------------------------------------------------

    def _alone(self, file: FoundFile, index: int) -> Local | None:
        binding = file.facts.bindings[index]
        imports = [item for item in file.references if item.binding == index and item.alias >= 0 and item.use < 0]
        staying = [item for item in imports if item.stays or item.assigned or not item.key.name]
        moved = [item for item in imports if item not in staying and item.destination.symbol is not None]
        if not moved:
            return None
        goes = {item.destination.symbol for item in moved}
        first = moved[0].destination.symbol
        assert first is not None  # noqa: S101 - filtered above
        if any(file.facts.aliases[item.alias].asname for item in imports) or first.last == binding.name:
            return Local(binding.name)
        kept = self._why_kept(file, binding, first)
        if len(moved) < len(binding.aliases) or len(goes) > 1 or binding.others:
            kept = "the name is bound in another way, too"
        return Local(binding.name, kept) if kept else Local(first.last)

    def _check_twins(self, file: FoundFile) -> None:
        """Let names keep their old spelling where different symbols would get one new name in a file."""
        meanings: dict[str, set[Symbol]] = {}
        for item in file.references:
            local = self._locals.get((file.path, item.binding))
            if local is not None and item.alias >= 0 and item.use < 0 and item.destination.symbol is not None:
                meanings.setdefault(local.name, set()).add(item.destination.symbol)
        for index, binding in enumerate(file.facts.bindings):
            local = self._locals.get((file.path, index))
            if local is not None and local.name != binding.name and len(meanings.get(local.name, ())) > 1:
                self._locals[file.path, index] = Local(binding.name, f"another import here becomes `{local.name}`")

    def _why_kept(self, file: FoundFile, binding: Binding, goes: Symbol) -> str:
        new = goes.last
        if binding.scope_kind == "class":
            return "the name is a class attribute"
        if new in binding.taken:
            return f"`{new}` means something else here"
        for alias in file.facts.aliases:
            if alias.name == "*" and not {new, binding.name}.isdisjoint(self._star_names(file, alias)):
                return "a star import may bind the name, too"
        for name, aliases in binding.merge:
            if name == new and not all(self._imports(file, alias, goes) for alias in aliases):
                return f"`{new}` is imported from elsewhere here"
        if any(file.facts.uses[use].printed for use in binding.uses):
            return "an f-string prints the name as it is written"
        if not all(file.facts.uses[use].certain for use in binding.uses):
            return "a use stands where its place is not certain"
        if file.facts.dynamic and any(binding.name in text.value for text in file.facts.texts):
            return "the file looks names up at run time"
        engines = self._legacy[file.module].engines if binding.scope == 0 and file.module in self._legacy else ()
        configured = any(binding.name in (engine.legacy.name, *dict(engine.exports)) for engine in engines)
        if configured or (engines and Symbol(file.module, binding.name) in self._asked):
            return "who asks the legacy module for the name goes on finding it"
        if binding.scope == 0 and self._in_computed_all(file, binding.name):
            return "`__all__` is computed here, and names it"
        return ""

    def _star_names(self, file: FoundFile, alias: Alias) -> frozenset[str]:
        return self._stars(self.layout.source(file.path, alias))

    def _in_computed_all(self, file: FoundFile, name: str) -> bool:
        facts = file.facts
        if facts.all_names is not None or not any(item.name == "__all__" for item in facts.exports):
            return False
        return any(text.value == name and text.role != "all" for text in facts.texts)

    def _imports(self, file: FoundFile, index: int, goes: Symbol) -> bool:
        alias = file.facts.aliases[index]
        source = self.layout.source(file.path, alias)
        if Symbol(source, alias.name) == goes:
            return True
        return any(
            item.alias == index and item.use < 0 and not item.stays and item.destination.symbol == goes
            for item in file.references
        )

    # ---- names that other files take --------------------------------------------------------------------------------

    def _find_takers(self) -> dict[Symbol, list[tuple[FoundFile, Found]]]:
        takers: dict[Symbol, list[tuple[FoundFile, Found]]] = {}
        for file in self.files:
            for item in file.references:
                if item.via:
                    takers.setdefault(item.via[0], []).append((file, item))
        return takers

    def _check_takers(self, file: FoundFile) -> None:
        for index, binding in enumerate(file.facts.bindings):
            local = self._locals.get((file.path, index))
            if local is None or binding.scope != 0 or local.name == binding.name:
                continue
            if Symbol(file.module, "*") in self._takers:
                self._locals[(file.path, index)] = Local(binding.name, "another file takes the name by a star import")
                continue
            for taker, item in self._takers.get(Symbol(file.module, binding.name), ()):
                if item.stays or not self._editable(taker, item):
                    reason = f"{taker.path}:{item.line} takes the name from here and is not rewritten"
                    self._locals[(file.path, index)] = Local(binding.name, reason)
                    break

    def _editable(self, file: FoundFile, item: Found) -> bool:
        if item.kept:
            return False
        if item.form == "re-export":
            return True
        if item.text >= 0:
            return file.facts.texts[item.text].simple
        return item.use >= 0 and file.facts.uses[item.use].certain

    def _group(self, largest: int) -> None:
        """Join importers with their takers, and patches with the functions that import what is patched."""
        self._join_patches()
        before = dict(self._locals)
        self._join_takers()
        changed = [file.path for file in self.files if any(not item.stays for item in file.references)]
        sizes = self.groups.sizes(changed)
        large = {group for group, size in sizes.items() if size > largest}
        if not large:
            return
        groups = self.groups
        self.groups = Groups()
        self._join_patches()
        for (path, index), local in before.items():
            binding = self._by_path[path].facts.bindings[index]
            if groups.find(path) in large and binding.scope == 0 and local.name != binding.name:
                module = self.layout.module(path)
                if self._takers.get(Symbol(module, binding.name)):
                    self._locals[(path, index)] = Local(binding.name, "too many files take the name from here")
        self._join_takers()

    def _join_takers(self) -> None:
        for file in self.files:
            for index, binding in enumerate(file.facts.bindings):
                local = self._locals.get((file.path, index))
                if local is None or binding.scope != 0:
                    continue
                if local.name == binding.name and not _bridged(file, index):
                    continue
                for taker, _ in self._takers.get(Symbol(file.module, binding.name), ()):
                    self.groups.join(file.path, taker.path)
            if any(item.form == "star-import" and not item.via for item in file.references):
                self._join_takers_of_stars(file)

    def _join_takers_of_stars(self, file: FoundFile) -> None:
        """Join an importer by a star with those who call what it hands on in another way, once it is moved."""
        for symbol, takers in self._takers.items():
            for taker, item in takers if symbol.module == file.module else ():
                if item.destination.engine.call is not None and item.destination.engine.legacy == item.key:
                    self.groups.join(file.path, taker.path)

    def _join_patches(self) -> None:
        for file in self.files:
            patched = {
                item.key for item in file.references if item.form == "patch-target" and not item.via and not item.stays
            }
            for key in sorted(patched):
                for site, _ in self.reach.look_ups(file, key):
                    self.groups.join(file.path, site.path)
            for key in {item.key for item in file.references if item.form == "patch-target" and item.rest}:
                if key.module not in self.replaced:
                    for site, item in self.reach.users(file, key):
                        if not item.stays:
                            self.groups.join(file.path, site.path)


def _bridged(file: FoundFile, binding: int) -> bool:
    """Tell whether who calls what the binding hands on calls it in another way, once the binding is moved."""
    return any(
        item.binding == binding
        and not item.stays
        and item.destination.engine.call is not None
        and item.destination.engine.legacy == item.key
        for item in file.references
    )
