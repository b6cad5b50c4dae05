"""Decide how the imports and names of a Python 2 file change, or refuse where that would not be certain.

Every import that names a legacy symbol gets a move, to a new path. Where the variable that it binds changes with it,
the move is certain only if that variable means nothing but this import in the whole file. That is stricter than
Python's scopes, and enough for files for which there is no second parser to check them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from codemods.python2_names import STAR, Imported, Variable, imports, is_head, may_mean, reaching, variables
from codemods.python2_statements import Replacement, statement_replacements
from codemods.python2_strings import refuse_strings
from codemods.python2_tree import Element, Python2Error, Role, scopes
from planner.model import Symbol

Renames = Mapping[Symbol, Symbol]


class Move(Struct, frozen=True, eq=False):
    """What becomes of one import: the module and the name ("" for `import module`) that it takes from now on.

    `symbols` are pairs (old name, new name) of what is taken through an import of a module.
    """

    item: Imported
    module: str
    name: str
    symbols: tuple[tuple[str, str], ...] = ()

    @property
    def local(self) -> str:
        """The variable that the new import binds."""
        return self.item.alias.value if self.item.alias else self.name or self.module.partition(".")[0]

    @property
    def denotes(self) -> str:
        """The dotted path that the new variable stands for."""
        path = ".".join(filter(None, (self.module, self.name)))
        return path if self.name or self.item.alias else self.local

    @property
    def is_plain(self) -> bool:
        """Whether the import is `import a.b`, which binds `a`."""
        return not self.item.name and not self.item.alias

    @property
    def follows_uses(self) -> bool:
        """Whether the text of the uses depends on the move."""
        return bool(self.symbols) or self.is_plain or self.local != self.item.local


def replacements(
    root: Element, text: str, pairs: tuple[tuple[Symbol, Symbol], ...], filename: str
) -> tuple[Replacement, ...]:
    """Return the changes of the text, sorted; raises Python2Error where one of them would not be certain."""
    renames = dict(pairs)
    every = imports(root)
    moves = tuple(move for item in every if (move := _move(root, every, item, renames, filename)))
    _refuse_unmoved(root, every, moves, renames)
    if moves:
        refuse_strings(root, {old.module for old in renames}, _renamed(moves))
    found = set(
        statement_replacements(text, every, {move.item: (move.module, move.name) for move in moves}),
    )
    for move in moves:
        if move.follows_uses:
            _refuse_clash(root, every, moves, move)
            found.update(_use_replacements(root, text, every, moves, move))
    return tuple(sorted(found))


def _renamed(moves: tuple[Move, ...]) -> set[str]:
    return {move.item.local for move in moves if move.local != move.item.local}


def _move(root: Element, every: tuple[Imported, ...], item: Imported, renames: Renames, filename: str) -> Move | None:
    for old in renames:
        if may_mean(item, old, filename, every):
            raise Python2Error(f"`{item.path}` is imported relatively")
        if item.name == STAR and item.module == old.module and not item.level:
            raise Python2Error(f"star import of {old.module}")
    if item.level or item.name == STAR:
        return None
    if item.name and Symbol(item.module, item.name) in renames:
        new = renames[Symbol(item.module, item.name)]
        if not new.name or "." in new.name:
            raise Python2Error(f"{new} is no name that can be imported")
        return Move(item, new.module, new.name)
    if Symbol(item.path) in renames:
        return _module_move(item, renames[Symbol(item.path)].module)
    if item.name and Symbol(item.module) in renames:
        return Move(item, renames[Symbol(item.module)].module, item.name)
    symbols = {old.name: new for old, new in renames.items() if old.module == item.path and old.name}
    return _member_move(root, item, symbols) if symbols else None


def _module_move(item: Imported, module: str, symbols: tuple[tuple[str, str], ...] = ()) -> Move:
    if not item.name:
        return Move(item, module, "", symbols)
    package, _, name = module.rpartition(".")
    if not package:
        raise Python2Error(f"{module} lies in no package, so `from` cannot import it")
    return Move(item, package, name, symbols)


def _member_move(root: Element, item: Imported, symbols: Mapping[str, Symbol]) -> Move:
    """Return the move of an import of a module: certain if all that is taken from it goes to one other module."""
    taken = set()
    for variable, length in reaching(root, item, item.path):
        names = variable.chain
        taken.add(names[length].value if len(names) > length else "")
    news = [symbols[name] for name in sorted(taken or symbols) if name in symbols]
    if not taken <= symbols.keys() or len({new.module for new in news}) != 1:
        raise Python2Error(f"what is taken from {item.path} does not all go to one module")
    if any(not new.name for new in news):
        raise Python2Error(f"{item.path} goes to a module")
    pairs = tuple((name, symbols[name].name) for name in sorted(taken))
    return _module_move(item, news[0].module, pairs)


def _refuse_unmoved(root: Element, every: tuple[Imported, ...], moves: tuple[Move, ...], renames: Renames) -> None:
    """Refuse a use that reaches a legacy symbol through an import which does not name its module (`import package`)."""
    moved = {move.item.local for move in moves}
    for item in every:
        if item.local in moved or item.level or item.name == STAR:
            continue
        for old in renames:
            if any(True for _ in reaching(root, item, old.dotted)):
                raise Python2Error(f"{old.dotted} is reached through the import of {item.path}")


def _refuse_clash(root: Element, every: tuple[Imported, ...], moves: tuple[Move, ...], move: Move) -> None:
    """Refuse a new local name that already means something else in the file."""
    for other in moves:
        if other.local == move.local and other.denotes != move.denotes:
            raise Python2Error(f"{move.local} would stand for {move.denotes} and {other.denotes}")
    if move.local == move.item.local:
        return
    others = [item for item in every if item.local == move.local]
    if any(item.denotes != move.denotes for item in others):
        raise Python2Error(f"{move.local} is already imported from elsewhere")
    found = variables(root, [move.local])
    if any(item.role is Role.BINDING for item in found) or (found and not others):
        raise Python2Error(f"{move.local} already has a meaning in the file")


def _use_replacements(
    root: Element, text: str, every: tuple[Imported, ...], moves: tuple[Move, ...], move: Move
) -> Iterator[Replacement]:
    local = move.item.local
    moved = {other.item: other for other in moves}
    for item in every:
        if item.local != local or (item in moved and moved[item].denotes == move.denotes):
            continue
        if not (move.is_plain and not item.name and not item.alias):
            raise Python2Error(f"{local} is bound by more than one import")
    siblings = [other.item for other in moves if other.item.local == local]
    homes = [scopes(item.statement, item.ancestors) for item in siblings]
    if any(home and home[-1].kind == "classdef" for home in homes):
        raise Python2Error(f"{local} is imported in the body of a class")
    old = move.item.path.split(".") if move.is_plain else [local]
    new = move.module.split(".") if move.is_plain else [move.local]
    for variable in variables(root, [local]):
        if variable.role is Role.BINDING:
            raise Python2Error(f"{local} is bound again")
        inside = scopes(variable.token, variable.ancestors)
        if not any(not home or home[-1] in inside for home in homes):
            raise Python2Error(f"{local} is used where its import is not visible")
        names = variable.chain
        if [name.value for name in names[: len(old)]] != old:
            _refuse_other_use(every, moved, moves, variable)
            continue
        before, after = old, new
        if move.symbols:
            member = names[len(old)].value
            before, after = [*old, member], [*new, dict(move.symbols)[member]]
        yield from _chain_replacement(text, names, before, after)


def _refuse_other_use(
    every: tuple[Imported, ...], moved: Mapping[Imported, Move], moves: tuple[Move, ...], variable: Variable
) -> None:
    """Refuse `a.c.f` where only the moved `import a.b` provides it."""
    used = ".".join(name.value for name in variable.chain)
    if any(is_head(move.item.path, used) for move in moves if move.is_plain):
        return
    if not any(is_head(item.path, used) for item in every if item not in moved and not item.name and not item.alias):
        raise Python2Error(f"{used} is reached through an import that moves")


def _chain_replacement(text: str, names: tuple[Element, ...], old: list[str], new: list[str]) -> Iterator[Replacement]:
    """Yield the change of the first `len(old)` names of a chain; names that stay at either end are left out."""
    head = 0
    while head < min(len(old), len(new)) - 1 and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head - 1 and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    first, last = names[head], names[len(old) - tail - 1]
    before, after = old[head : len(old) - tail], new[head : len(new) - tail]
    if before == after:
        return
    if text[first.start : last.end] != ".".join(before):
        raise Python2Error(f"{'.'.join(before)} is written with blanks in it")
    yield Replacement(first.start, last.end, ".".join(after))
