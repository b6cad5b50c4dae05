from __future__ import annotations

import ast
import builtins
import symtable
from collections.abc import Iterator
from pathlib import Path

import pytest

from consolidate.proof.names import exported, newly_unbound, unbound
from tests.proof.corpus import library

CASES: dict[str, tuple[str, set[tuple[str, str]]]] = {
    "plain": ("x = y\n", {("y", "")}),
    "in a function": ("def f():\n    return y\n", {("y", "f")}),
    "in a method": ("class A:\n    def f(self):\n        return y\n", {("y", "A.f")}),
    "bound later": ("def f():\n    return y\ny = 1\n", set()),
    "conditionally": ("if z():\n    y = 1\ny\n", {("z", "")}),
    "deleted": ("y = 1\ndel y\ny\n", set()),
    "class names are not seen in methods": ("class A:\n    y = 1\n    def f(self):\n        y\n", {("y", "A.f")}),
    "class names are seen in the body": ("class A:\n    y = 1\n    z = y\n", set()),
    "class names are not seen in comprehensions": ("class A:\n    y = 1\n    z = [y for _ in y]\n", {("y", "A")}),
    "comprehension": ("[a + b for a in c if a]\na\n", {("a", ""), ("b", ""), ("c", "")}),
    "walrus in a comprehension": ("[(y := x) for x in ()]\ny\n", set()),
    "lambda": ("lambda a, *b, c=d, **e: a + b + c + e + f\n", {("d", ""), ("f", "<lambda>")}),
    "except": ("try:\n    pass\nexcept E as e:\n    e\n", {("E", "")}),
    "match": ("match x:\n    case [a, *b] | {'k': a, **b}:\n        a + b + c\n", {("x", ""), ("c", "")}),
    "global": ("def f():\n    global y\n    y = 1\ndef g():\n    return y\n", set()),
    "nonlocal": ("def f():\n    y = 1\n    def g():\n        nonlocal y\n        y = 2\n", set()),
    "star import": ("from a import *\ny\n", set()),
    "builtin and module names": ("print(__file__, __name__, __path__, len, WindowsError)\n", set()),
    "class names of Python's own": (
        "class A:\n    a = __module__, __qualname__\n    def f(self):\n        __class__\n",
        set(),
    ),
    "outside of a class": ("__qualname__\n", {("__qualname__", "")}),
    "private names in classes": ("class A:\n    def f(self):\n        __x\n", set()),
    "quoted annotation": (
        "x: 'List[y]' = 1\ndef f(a: 'b') -> 'c': ...\n",
        {("List", ""), ("y", ""), ("b", ""), ("c", "")},
    ),
    "quoted in part": ("import t\nx: t.List['y'] | t.Literal['z'] | t.Annotated['w', 'v']\n", {("y", ""), ("w", "")}),
    "no expression in quotes": ("x: 'not an expression'\ny: 'int!'\n", set()),
    "__all__": (
        "__all__ = ['a', 'b']\n__all__ += ['c']\n__all__.append('d')\na = 1\n",
        {("b", ""), ("c", ""), ("d", "")},
    ),
    "__all__ with __getattr__": ("__all__ = ['a']\ndef __getattr__(name): ...\n", set()),
    "__all__ made at run time": ("__all__ = ['a']\nif x():\n    __all__.append('b')\n", {("x", "")}),
    "does not parse": ("x = (\n", set()),
    "decorator and default outside": ("class A:\n    y = 1\n    @y\n    def f(self, a=y): ...\n", set()),
}


@pytest.mark.parametrize(("source", "expected"), CASES.values(), ids=CASES)
def test_finds_what_nothing_binds(source: str, expected: set[tuple[str, str]]) -> None:
    assert {(item.name, item.scope) for item in unbound(source.encode())} == expected


def test_tells_the_first_line() -> None:
    (item,) = unbound(b"\n\ny\ny\n")
    assert item.line == 3


def test_counts_by_scope_and_not_by_line() -> None:
    old = b"def f():\n    return Eng\n"
    assert newly_unbound(old, b"\n\n" + old) == ()
    (item,) = newly_unbound(old, b"def f():\n    return Eng\nEng\n")
    assert (item.name, item.scope, item.line) == ("Eng", "", 3)


def test_a_use_renamed_without_its_import_is_found() -> None:
    old = b"from legacy import Eng\ndef f():\n    return Eng()\n"
    assert [item.name for item in newly_unbound(old, old.replace(b"return Eng", b"return UserEng"))] == ["UserEng"]


def global_reads(source: bytes) -> set[tuple[str, str]]:
    """Return what Python's own symbol tables call unbound: global names that the module does not bind."""
    top = symtable.symtable(source.decode(), "file", "exec")
    bound = {symbol.get_name() for symbol in top.get_symbols() if symbol.is_assigned() or symbol.is_imported()}

    def tables(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
        yield table
        for child in table.get_children():
            yield from tables(child)

    every = list(tables(top))
    for table in every:
        bound |= {
            symbol.get_name()
            for symbol in table.get_symbols()
            if symbol.is_declared_global() and (symbol.is_assigned() or symbol.is_imported())
        }
    return {
        (symbol.get_name(), table.get_name())
        for table in every
        for symbol in table.get_symbols()
        if symbol.is_referenced()
        and (symbol.is_global() or table is top)
        and symbol.get_name() not in bound
        and not hasattr(builtins, symbol.get_name())
        and not symbol.get_name().startswith("__")
        and not (
            table.get_name() == "top" and table is not top
        )  # symtable takes any table of that name for the module's
    }


@pytest.mark.parametrize("path", library(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_agrees_with_the_compiler(path: Path) -> None:
    source = path.read_bytes()
    tree = ast.parse(source)
    if any(isinstance(node, ast.ImportFrom) and node.names[0].name == "*" for node in ast.walk(tree)):
        assert unbound(source) == frozenset()
        return
    found = {item.name for item in unbound(source)}
    expected = {name for name, _ in global_reads(source)} - {"WindowsError"}
    # An entry of `__all__` is no read for the compiler; here it counts, where neither a name nor a submodule is bound.
    entries = {name for name, _ in exported(tree) or ()}
    assert expected <= found
    assert found - expected <= entries
