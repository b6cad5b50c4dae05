"""Which imports of a Python 2 file bind a legacy symbol, and where the names that they bind are used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from codemods.python2_tree import Ancestors, Element, Role, chain, is_called, role, tokens, walk
from planner.model import Symbol

STAR = "*"


class Imported(Struct, frozen=True, eq=False):
    """One name of one import statement.

    `module` is the dotted module that the statement names (behind the dots, where it is relative), `name` what it
    takes from there ("" for `import module`, STAR for a star import). `spelled` is the element that spells the name,
    or the module in `import module`; `source` the one that spells the module behind `from`, None for `from . import`.
    `alias` is the token behind `as`, `level` the number of dots of a relative import.
    """

    statement: Element
    ancestors: Ancestors
    module: str
    name: str
    spelled: Element
    source: Element | None
    alias: Element | None
    level: int = 0

    @property
    def path(self) -> str:
        """The dotted path of what is imported."""
        return ".".join(filter(None, (self.module, self.name)))

    @property
    def local(self) -> str:
        """The variable that the statement binds."""
        return self.alias.value if self.alias else self.name or self.module.partition(".")[0]

    @property
    def denotes(self) -> str:
        """The dotted path that the variable stands for: `import a.b` binds `a`."""
        return self.path if self.name or self.alias else self.local


class Variable(Struct, frozen=True, eq=False):
    """One place at which a variable is used or bound, imports apart."""

    token: Element
    ancestors: Ancestors
    role: Role

    @property
    def chain(self) -> tuple[Element, ...]:
        """The names of the dotted expression that begins here."""
        return chain(self.token, self.ancestors)


class Sighting(Struct, frozen=True, eq=False):
    """One place that names a symbol, from `first` to `last`; `form` is "import", "name" or "call"."""

    symbol: Symbol
    first: Element
    last: Element
    form: str


def imports(root: Element) -> tuple[Imported, ...]:
    """Return every imported name of the file, in source order."""
    return tuple(_imports(root))


def variables(root: Element, names: Iterable[str]) -> tuple[Variable, ...]:
    """Return the places at which variables of these names are used or bound, imports apart."""
    wanted = frozenset(names)
    found = (
        Variable(token, ancestors, role(token, ancestors))
        for token, ancestors in walk(root)
        if token.kind == "NAME" and token.value in wanted
    )
    return tuple(item for item in found if item.role in (Role.USE, Role.BINDING))


def sightings(root: Element, symbols: tuple[Symbol, ...], filename: str) -> Iterator[Sighting]:
    """Yield the places that name one of the symbols, or import its module. `filename` is relative to the repository."""
    every = imports(root)
    for symbol in symbols:
        for item in every:
            relative = may_mean(item, symbol, filename, every)
            of_module = item.module == symbol.module and (item.name == STAR or not symbol.name)
            if relative or of_module or item.path in (symbol.dotted, symbol.module):
                place = item.source if item.source and not symbol.name and of_module else item.spelled
                yield Sighting(symbol, place, place, "import")
            path = symbol.dotted
            if relative:
                path = item.path if item.name == symbol.name else f"{item.path}.{symbol.name}".rstrip(".")
            for variable, length in reaching(root, item, path):
                last = variable.chain[length - 1]
                called = variable.role is Role.USE and is_called(last, variable.token, variable.ancestors)
                yield Sighting(symbol, variable.token, last, "call" if called else "name")


def reaching(root: Element, item: Imported, path: str) -> Iterator[tuple[Variable, int]]:
    """Yield the uses of the imported variable that spell the dotted path, with the number of names that do so."""
    if item.name == STAR or not is_head(item.denotes, path):
        return
    rest = path[len(item.denotes) :].split(".")[1:]
    for variable in variables(root, [item.local]):
        if [name.value for name in variable.chain[1 : len(rest) + 1]] == rest:
            yield variable, len(rest) + 1


def may_mean(item: Imported, symbol: Symbol, filename: str, every: tuple[Imported, ...]) -> bool:
    """Tell whether an import that is relative, or in Python 2 implicitly so, means this symbol or its module.

    The package is the folder of the file, of which some first parts may be a source root. PEP 328:
    `from __future__ import absolute_import` in the file means that nothing is implicitly relative.
    """
    if not item.level:
        if any(other.path == "__future__.absolute_import" for other in every):
            return False
        if item.module == symbol.module or item.path in (symbol.dotted, symbol.module):
            return False
    folders = filename.split("/")[:-1]
    base = folders[: max(len(folders) - max(item.level - 1, 0), 0)]
    for part, whole in ((item.module, item.name in (symbol.name, STAR) or not symbol.name), (item.path, True)):
        meant = ".".join([*base, part] if part else base)
        if whole and is_tail(symbol.module, meant) and (item.level or is_tail(part, symbol.module)):
            return True
    return False


def is_head(part: str, path: str) -> bool:
    """Tell whether a dotted path begins with `part`, whole segments only."""
    return path == part or path.startswith(part + ".")


def is_tail(part: str, path: str) -> bool:
    """Tell whether a dotted path ends in `part`, whole segments only."""
    return bool(part) and (path == part or path.endswith("." + part))


def _imports(root: Element) -> Iterator[Imported]:
    for statement, ancestors in walk(root):
        if statement.kind == "import_name":
            for item in _items(statement.children[1], "dotted_as_names"):
                name, alias = _aliased(item, "dotted_as_name")
                yield Imported(statement, ancestors, _text(name), "", name, None, alias)
        elif statement.kind == "import_from":
            where = [child.value for child in statement.children].index("import")
            before = statement.children[1:where]
            dots = [child for child in before if child.value and not child.value.strip(".")]
            source = None if before[-1] in dots else before[-1]
            what = next(child for child in statement.children[where + 1 :] if child.value != "(")
            for item in _items(what, "import_as_names"):
                name, alias = _aliased(item, "import_as_name")
                module = _text(source) if source else ""
                yield Imported(
                    statement, ancestors, module, name.value, name, source, alias, sum(len(dot.value) for dot in dots)
                )


def _items(element: Element, several: str) -> Iterator[Element]:
    children = element.children if element.kind == several else (element,)
    return (child for child in children if child.value != ",")


def _aliased(element: Element, kind: str) -> tuple[Element, Element | None]:
    if element.kind == kind:
        return element.children[0], element.children[2]
    return element, None


def _text(element: Element) -> str:
    return "".join(token.value for token in tokens(element))
