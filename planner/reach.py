"""What a patch can act on: the file that patches, and the files that it imports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planner.found import Found, FoundFile
from planner.layout import Layout
from planner.model import Symbol


class Reach:
    """The files of an inventory, as those that patch reach them."""

    def __init__(self, layout: Layout, files: Sequence[FoundFile]) -> None:
        self._layout = layout
        self._by_module = {file.module: file for file in files if file.module}

    def of(self, file: FoundFile) -> list[FoundFile]:
        """Return a file, then those with references that it imports, in the order of their modules."""
        found: set[str] = set()
        for alias in file.facts.aliases:
            source = self._layout.source(file.path, alias)
            found.add(source)
            if alias.name and self._layout.path(f"{source}.{alias.name}"):
                found.add(f"{source}.{alias.name}")
        others = (self._by_module[module] for module in sorted(found) if module in self._by_module)
        return [file, *(other for other in others if other is not file)]

    def users(self, file: FoundFile, key: Symbol) -> Iterator[tuple[FoundFile, Found]]:
        """Yield what takes a symbol to use it, as far as a file reaches, but for the module that defines it.

        What stays and takes another name of that module may use the symbol there. Who is reached and merely hands the
        symbol on does not use it.
        """
        for site in self.of(file):
            if site is file or site.module != key.module:
                used = {item.binding for item in site.of(key) if item.use >= 0}
                for item in site.references:
                    same = item.key == key or (item.key.module == key.module and item.stays)
                    if same and _uses(site, item) and (site is file or item.alias < 0 or item.binding in used):
                        yield site, item

    def look_ups(self, file: FoundFile, key: Symbol) -> list[tuple[FoundFile, bool]]:
        """Return the files that take a patched legacy symbol anew at each call, as far as the patching file reaches.

        That is the file itself and what it imports, where an import stands in a function, or the name is taken of the
        module; the flag tells whether that reference is moved.
        """
        return [
            (site, not item.stays)
            for site in self.of(file)
            for item in site.references
            if item.key == key and _looks_up(site, item)
        ]


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
