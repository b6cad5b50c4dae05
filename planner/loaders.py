"""Modules that are reached as an attribute of their package, which they are only while somebody imports them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planner.found import Found, FoundFile
from planner.model import Action
from planner.survey import Survey

_LATER = frozenset({"function", "type-checking"})


def hold_loaders(survey: Survey, files: Sequence[FoundFile]) -> None:
    """Let stay one importer of each legacy module that a file reaches by `package.module` without importing it.

    The attribute is set when the module is imported (language reference, 5.4.2), here by what importing the package
    runs. The nearest of these importers stays.
    """
    for file in files:
        for item in file.references:
            for package in _packages(survey, file, item):
                loaders = sorted(_loaders(survey, files, package, item.key.module), key=lambda loader: loader[:2])
                if not loaders or any(importer.stays for _, _, importers in loaders for importer in importers):
                    continue
                where = f"{file.path}:{item.line} reaches {item.key.module} as an attribute of {package}"
                for importer in loaders[0][2]:
                    importer.stay(Action.MANUAL, f"{where}, which this import makes it")


def _packages(survey: Survey, file: FoundFile, item: Found) -> Iterator[str]:
    """Yield the packages through whose attributes a reference reaches a module that its file does not import."""
    facts, layout, module = file.facts, survey.layout, item.key.module
    if item.use < 0 or item.via or item.binding < 0 or not facts.uses[item.use].attributes:
        return
    bound = {layout.bound(file.path, facts.aliases[number]) for number in facts.bindings[item.binding].aliases}
    packages = sorted(name for name in bound if module.startswith(f"{name}."))
    if packages and not any(_imports(survey, file, number, module) for number in range(len(facts.aliases))):
        yield from packages


def _imports(survey: Survey, file: FoundFile, number: int, module: str) -> bool:
    """Tell whether one alias of a file imports a module."""
    alias, layout = file.facts.aliases[number], survey.layout
    source = layout.source(file.path, alias)
    named = f"{source}.{alias.name}" if alias.name else source
    return any(name == module or name.startswith(f"{module}.") for name in (source, named))


def _loaders(
    survey: Survey, files: Sequence[FoundFile], package: str, module: str
) -> Iterator[tuple[int, str, list[Found]]]:
    """Yield who imports a module while a package is imported: how far from it, the path, the references."""
    for file in files:
        facts = file.facts
        importers = [
            item
            for item in file.references
            if item.key.module == module and item.alias >= 0 and item.use < 0 and not item.via
        ]
        if any(not facts.statements[facts.aliases[item.alias].statement].context & _LATER for item in importers):
            chain = (package,) if file.module == package else survey.contract.graph.chain(package, file.module)
            if chain:
                yield len(chain), file.path, [item for item in file.references if item.key.module == module]
