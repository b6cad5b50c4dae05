"""Shims and notices: that a module which takes a legacy module's place does only what shims do.

A shim is told by its literal `_MOVED = {"OldName": ("new.module", "NewName"), ...}`, whose keys are all the names that
it serves; the key "*" serves every name of a module, an empty new name is the module itself.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from consolidate.proof.allowed import Allowed, CallRule, Failure, NotProvedError
from consolidate.proof.calls import dotted
from consolidate.proof.layout import compiles, parse
from consolidate.proof.moves import Moves
from consolidate.proof.names import exported
from consolidate.proof.scopes import Analysis

MOVED: Final = "_MOVED"
EVERYTHING: Final = "*"
_OWN_MODULES: Final = frozenset({"__future__", "importlib", "sys", "typing", "warnings"})
_DEFINITIONS: Final = (ast.FunctionDef, ast.AsyncFunctionDef)


class Shim(Struct, frozen=True):
    """What a proved shim hands out: old name and dotted target, sorted; and the names that go through a call rule."""

    moved: tuple[tuple[str, str], ...]
    adapted: tuple[str, ...]

    @property
    def serves(self) -> frozenset[str]:
        """The names that importers may take; "*" among them stands for every name of a module."""
        return frozenset(name for name, _ in self.moved)


def moved_names(tree: ast.Module) -> dict[str, tuple[str, str]] | None:
    """Return the table of a shim: old name -> (module, name there); None where the module is no shim."""
    for statement in tree.body:
        targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
        if any(isinstance(target, ast.Name) and target.id == MOVED for target in targets):
            return _table(getattr(statement, "value", None))
    return None


def _table(value: ast.expr | None) -> dict[str, tuple[str, str]] | None:
    if not isinstance(value, ast.Dict):
        return None
    table: dict[str, tuple[str, str]] = {}
    for key, item in zip(value.keys, value.values, strict=True):
        parts = (
            [part.value for part in item.elts if isinstance(part, ast.Constant)] if isinstance(item, ast.Tuple) else []
        )
        match parts:
            case [str(module), str(name)] if isinstance(key, ast.Constant) and isinstance(key.value, str):
                table[key.value] = (module, name)
            case _:
                return None
    return table


def served_names(source: bytes) -> frozenset[str] | None:
    """Return the names that a shim serves ("*" for every name of a module); None where the source is no shim."""
    tree = parse(source)
    table = None if isinstance(tree, Failure) else moved_names(tree)
    return None if table is None else frozenset(table)


def prove_shim(old: bytes, new: bytes, allowed: Allowed, *, module: str, is_package: bool) -> Shim | Failure:
    """Return what the shim `new` of the legacy module `old` serves, or why it is no proper shim. Never raises.

    Each name must go where `allowed.moves` sends `module.name`, or, where the legacy module had merely imported it, to
    its home; each name that moves must be served; a name with a call rule needs an adapter that follows the rule.
    """
    tree, before = parse(new), parse(old)
    if isinstance(tree, Failure):
        return Failure(tree.line, f"the shim {tree.reason}")
    if (failure := compiles(new)) is not None:
        return Failure(failure.line, f"the shim {failure.reason}")
    table = moved_names(tree)
    if table is None:
        return Failure(0, f"the shim has no literal {MOVED}")
    try:
        homes = {} if isinstance(before, Failure) else _homes(before, module, is_package)
        _check_table(table, homes, allowed, module)
        _check_statements(tree, table, module, is_package, _statements(before))
        return Shim(
            tuple(sorted((name, _dotted(*home)) for name, home in table.items())),
            tuple(sorted(_check_adapters(tree, table, allowed, module))),
        )
    except NotProvedError as error:
        return error.failure
    except (RecursionError, MemoryError) as error:
        return Failure(0, f"the shim is nested too deeply to be proved: {error.__class__.__name__}")


def _dotted(module: str, name: str) -> str:
    return f"{module}.{name}" if name else module


def _homes(tree: ast.Module, module: str, is_package: bool) -> dict[str, frozenset[str]]:
    """Return what the legacy module bound: name -> qualified names that it was imported from (empty: its own)."""
    root = Analysis(tree, module, is_package).root
    return {name: frozenset(binding.qualified for binding in symbol.imports) for name, symbol in root.symbols.items()}


def _check_table(
    table: dict[str, tuple[str, str]], homes: dict[str, frozenset[str]], allowed: Allowed, module: str
) -> None:
    moves = Moves(allowed.moves)
    for name, home in table.items():
        target = _dotted(*home)
        key = module if name == EVERYTHING else f"{module}.{name}"
        if (key, target) in moves.pairs or target in moves.moved(key):
            continue
        if not any(moves.same(origin, target) for origin in homes.get(name, ())):
            raise NotProvedError(0, f"the shim sends {name} to {target}, which is not where it moves")
    for name in homes:
        if moves.targets(f"{module}.{name}") and name not in table and EVERYTHING not in table:
            raise NotProvedError(0, f"the shim does not serve {name}")


def _statements(tree: ast.Module | Failure) -> frozenset[str]:
    """Return the statements of the legacy module, which may stay beside a shim: what has no successor is kept."""
    return frozenset() if isinstance(tree, Failure) else frozenset(ast.dump(statement) for statement in tree.body)


def _check_statements(
    tree: ast.Module, table: dict[str, tuple[str, str]], module: str, is_package: bool, kept: frozenset[str]
) -> None:
    defined: set[str] = set()
    for number, statement in enumerate(tree.body):
        if isinstance(statement, ast.If) and _is_type_checking(statement.test):
            for hint in statement.body:
                _check_hint(hint, table, module, is_package)
            for item in statement.orelse:
                _check_runtime(item, table, module, is_package, defined)
        elif ast.dump(statement) in kept:
            names = _bound_by(statement)
            if names & set(table):
                raise NotProvedError(statement.lineno, f"{min(names & set(table))} stays, and yet it moves")
            defined |= names
        elif not (number == 0 and _is_docstring(statement)):
            _check_runtime(statement, table, module, is_package, defined)
    entries = exported(tree)
    if entries is None:
        raise NotProvedError(0, "the shim has no literal __all__")
    for name, line in entries:
        if name not in table and name not in defined and EVERYTHING not in table and not is_package:
            raise NotProvedError(line, f"__all__ of the shim names {name}, which it does not serve")
    if table and not {"__getattr__", "__dir__"} <= defined:
        raise NotProvedError(0, "the shim has no __getattr__ or no __dir__")


def _bound_by(statement: ast.stmt) -> set[str]:
    """Return the names that a statement binds in the module."""
    tree = ast.Module(body=[statement], type_ignores=[])
    return set(Analysis(tree, "kept", False).root.symbols)


def _is_docstring(statement: ast.stmt) -> bool:
    return (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Constant)
        and isinstance(statement.value.value, str)
    )


def _is_type_checking(test: ast.expr) -> bool:
    chain = dotted(test)
    return chain is not None and str(chain.root + chain.rest).rpartition(".")[2] == "TYPE_CHECKING"


def _check_hint(statement: ast.stmt, table: dict[str, tuple[str, str]], module: str, is_package: bool) -> None:
    """Check what only type checkers see: imports of what the table says, aliases and signatures."""
    if isinstance(statement, (ast.Import, ast.ImportFrom)):
        for local, target in _imported(statement, module, is_package):
            home = table.get(local)
            if home is not None and target != _dotted(*home):
                raise NotProvedError(statement.lineno, f"type checkers see {local} as {target}")
    elif not isinstance(statement, (ast.Assign, ast.AnnAssign, ast.Pass, *_DEFINITIONS, ast.ClassDef)):
        raise NotProvedError(statement.lineno, f"{statement.__class__.__name__} has no place among type hints")


def _imported(statement: ast.Import | ast.ImportFrom, module: str, is_package: bool) -> Iterable[tuple[str, str]]:
    tree = ast.Module(body=[statement], type_ignores=[])
    analysis = Analysis(tree, module, is_package)
    return [(binding.local, binding.target) for items in analysis.imports.values() for binding in items]


def _check_runtime(
    statement: ast.stmt, table: dict[str, tuple[str, str]], module: str, is_package: bool, defined: set[str]
) -> None:
    targets = {_dotted(*home) for home in table.values()} | {home[0] for home in table.values()}
    match statement:
        case ast.Import() | ast.ImportFrom():
            for local, target in _imported(statement, module, is_package):
                if target.partition(".")[0] not in _OWN_MODULES and target not in targets:
                    raise NotProvedError(statement.lineno, f"the shim imports {target}")
                defined.add(local)
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef() if not statement.decorator_list:
            defined.add(statement.name)
        case ast.Assign(targets=names) if all(map(_is_own_name, names)):
            defined.update(name.id for name in names if isinstance(name, ast.Name))
        case ast.Expr(value=ast.Call(func=function)) if _is_warning(function):
            pass
        case _:
            raise NotProvedError(statement.lineno, f"{statement.__class__.__name__} has no place in a shim")


def _is_own_name(target: ast.expr) -> bool:
    chain = dotted(target)
    return chain is not None and chain.root.startswith("_")


def _is_warning(function: ast.expr) -> bool:
    chain = dotted(function)
    return chain is not None and (chain.root + chain.rest).rpartition(".")[2] in ("warn", "warn_explicit")


def _check_adapters(
    tree: ast.Module, table: dict[str, tuple[str, str]], allowed: Allowed, module: str
) -> Iterable[str]:
    rules = dict(allowed.calls)
    bodies = {
        (ast.dump(node.args), ast.dump(node.body[-1].value))
        for node in ast.walk(tree)
        if isinstance(node, _DEFINITIONS) and isinstance(node.body[-1], ast.Return) and node.body[-1].value
    }
    for name in table:
        rule = rules.get(f"{module}.{name}")
        if rule is not None:
            if _shape(rule) not in bodies:
                raise NotProvedError(0, f"no adapter of the shim follows the call rule of {name}")
            yield name


def _shape(rule: CallRule) -> tuple[str, str] | None:
    try:
        function = ast.parse(f"def rule{rule.signature}: pass").body[0]
        expression = ast.parse(rule.expression.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return (ast.dump(function.args), ast.dump(expression)) if isinstance(function, ast.FunctionDef) else None
