"""Modules that are reached as an attribute of their package, which they are only while somebody imports them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planner.found import Found, FoundFile
from planner.model import Action
from planner.survey import Survey


def hold_loaders(survey: Survey, files: Sequence[FoundFile]) -> None:
    """Let stay one importer of each legacy module that a file reaches by `package.module` without importing it.

    The attribute is set when the module is imported (language reference, 5.4.2), here by what importing the package
    runs. The nearest of these importers stays.
    """
    for file in files:
        for item in file.references:
            for package in _packages(survey, file, item):
                module = item.key.module
                loaders = sorted(_loaders(survey, files, package, module), key=lambda found: (found[0], found[1].path))
                if not loaders or any(other.stays for _, loader in loaders for other in _at_import(loader, module)):
                    continue
                where = f"{file.path}:{item.line} reaches {module} as an attribute of {package}"
                for other in loaders[0][1].references:
                    if other.key.module == module:
                        other.stay(Action.MANUAL, f"{where}, which this import makes it")


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


def _loaders(survey: Survey, files: Sequence[FoundFile], package: str, module: str) -> Iterator[tuple[int, FoundFile]]:
    """Yield who imports a module while a package is imported, each with the steps from the package to it."""
    for file in files:
        if any(_at_import(file, module)):
            chain = (package,) if file.module == package else survey.contract.graph.chain(package, file.module)
            if chain:
                yield len(chain), file


def _at_import(file: FoundFile, module: str) -> Iterator[Found]:
    """Yield the imports of a module that run when the file is imported."""
    facts = file.facts
    for item in file.references:
        imports = item.key.module == module and item.alias >= 0 and item.use < 0 and not item.via
        if imports and facts.statements[facts.aliases[item.alias].statement].at_import:
            yield item
