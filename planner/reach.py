"""What a patch can act on: the file that patches, what it imports, and what is behind that."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from planner.found import Found, FoundFile
from planner.imports import Imports
from planner.layout import Layout
from planner.model import Symbol


class Reach:
    """The files of an inventory, as those that patch reach them."""

    def __init__(self, layout: Layout, imports: Imports, files: Sequence[FoundFile]) -> None:
        self._layout, self._imports = layout, imports
        self._by_module = {file.module: file for file in files if file.module}

    def _nearest(
        self, file: FoundFile, sought: Callable[[FoundFile], list[Found]]
    ) -> Iterator[tuple[FoundFile, Found]]:
        """Yield what is sought of a file and of those that it imports; where that is nothing, of what these import.

        And so on: a patch is there for something, and what is nearest to it is what it was written for.
        """
        sites, seen, level = [file], {file.module}, self._imported(file)
        found = False
        while not found:
            sites += (self._by_module[module] for module in sorted(level) if module in self._by_module)
            for site in sites:
                for item in sought(site):
                    found = True
                    yield site, item
            if not level:
                return
            seen |= level
            behind = (self._imported(self._by_module[module]) for module in level if module in self._by_module)
            sites, level = [], self._imports.of(level - self._by_module.keys()).union(*behind) - seen

    def _imported(self, file: FoundFile) -> set[str]:
        found: set[str] = set()
        for alias in file.facts.aliases:
            source = self._layout.source(file.path, alias)
            found.add(source)
            if alias.name and self._layout.path(f"{source}.{alias.name}"):
                found.add(f"{source}.{alias.name}")
        return found - {file.module}

    def users(self, file: FoundFile, key: Symbol) -> Iterator[tuple[FoundFile, Found]]:
        """Return what takes a symbol to use it, as far as a file reaches, but for the module that defines it.

        What stays and takes another name of that module may use the symbol there. Who is reached and merely hands the
        symbol on does not use it.
        """

        def used(site: FoundFile) -> list[Found]:
            if site is not file and site.module == key.module:
                return []
            bindings = {item.binding for item in site.of(key) if item.use >= 0}
            return [
                item
                for item in site.references
                if (item.key == key or (item.key.module == key.module and item.stays))
                and _uses(site, item)
                and (site is file or item.alias < 0 or item.binding in bindings)
            ]

        return self._nearest(file, used)

    def look_ups(self, file: FoundFile, key: Symbol) -> list[tuple[FoundFile, bool]]:
        """Return the files that take a patched legacy symbol anew at each call, as far as the patching file reaches.

        Those are files where an import stands in a function, or the name is taken of the module; the flag tells whether
        that reference is moved.
        """

        def taken(site: FoundFile) -> list[Found]:
            return [item for item in site.of(key) if _looks_up(site, item)]

        return [(site, not item.stays) for site, item in self._nearest(file, taken)]


def _uses(file: FoundFile, item: Found) -> bool:
    """Tell whether a reference is code or a string that takes its symbol where it stands."""
    if item.text < 0:
        return True
    text = file.facts.texts[item.text]
    return text.role in ("getattr", "vars") or text.member is not None


def _looks_up(file: FoundFile, item: Found) -> bool:
    """Tell whether a reference takes its symbol from the legacy module each time it is run."""
    facts = file.facts
    if item.alias >= 0 and item.use < 0:
        return "function" in facts.statements[facts.aliases[item.alias].statement].context
    if item.text >= 0:
        return facts.texts[item.text].member is not None
    if item.use < 0 or item.via or item.binding < 0 or item.form == "patch-target":
        return False
    aliases = facts.bindings[item.binding].aliases
    return any(other.alias in aliases and other.use < 0 and not other.key.name for other in file.references)
