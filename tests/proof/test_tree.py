from __future__ import annotations

import argparse
import ast
import time
from pathlib import Path

import pytest

from consolidate.proof import Allowed, CallRule, Failure, prove
from tests.proof.corpus import library
from tests.proof.pairs import ACCEPTED, ALLOWED, MODULE, REFUSED


def proof(old: str, new: str, allowed: Allowed = ALLOWED) -> Failure | None:
    return prove(old.encode(), new.encode(), allowed, module=MODULE, is_package=False)


@pytest.mark.parametrize(("old", "new"), ACCEPTED.values(), ids=ACCEPTED)
def test_accepts(old: str, new: str) -> None:
    assert proof(old, new) is None


@pytest.mark.parametrize(("old", "new", "reason"), REFUSED.values(), ids=REFUSED)
def test_refuses(old: str, new: str, reason: str) -> None:
    failure = proof(old, new)
    assert failure is not None
    assert reason in failure.reason


@pytest.mark.parametrize(("old", "new"), ACCEPTED.values(), ids=ACCEPTED)
def test_refuses_without_permission(old: str, new: str) -> None:
    failure = proof(old, new, Allowed())
    assert (failure is None) == (old == new)


def mutants(source: str) -> dict[str, str]:
    """Return one changed version of the source per name, attribute, argument and constant in it."""
    found: dict[str, str] = {}

    def add(what: str, tree: ast.AST) -> None:
        text = ast.unparse(tree) + "\n"
        found.setdefault(text, what)

    count = len(list(ast.walk(ast.parse(source))))
    for number in range(count):
        for change in CHANGES:
            tree = ast.parse(source)
            node = list(ast.walk(tree))[number]
            if (what := change(node)) is not None:
                add(what, tree)
    found.pop(ast.unparse(ast.parse(source)) + "\n", None)
    return {what: text for text, what in found.items()}


def rename(node: ast.AST) -> str | None:
    for name in ("id", "attr", "arg", "name", "asname", "module"):
        value = getattr(node, name, None)
        if isinstance(value, str) and value != "*":
            setattr(node, name, value + "_mutant")
            return f"{node.__class__.__name__}.{name} {value} at {getattr(node, 'lineno', 0)}"
    return None


def swap(node: ast.AST) -> str | None:
    if isinstance(node, ast.Call) and len(node.args) > 1:
        node.args.reverse()
        return f"arguments swapped at {node.lineno}"
    return None


def drop(node: ast.AST) -> str | None:
    if isinstance(node, ast.Call) and node.args:
        node.args.pop()
        return f"argument dropped at {node.lineno}"
    if isinstance(node, ast.Call) and node.keywords:
        node.keywords.pop()
        return f"keyword dropped at {node.lineno}"
    return None


def value(node: ast.AST) -> str | None:
    if isinstance(node, ast.Constant):
        node.value = f"{node.value}_mutant" if isinstance(node.value, str) else 12345
        return f"constant at {node.lineno}"
    return None


def forget(node: ast.AST) -> str | None:
    """Drop one name of an import statement."""
    if isinstance(node, (ast.Import, ast.ImportFrom)) and len(node.names) > 1:
        return f"{node.names.pop().name} forgotten at {node.lineno}"
    return None


CHANGES = (rename, swap, drop, value, forget)
# Changed versions that mean the same: the argument that is dropped is the rule's default, which may be left out.
SAME = {
    ("call rule, default spelled", "argument dropped at 2"),
    ("call rule with await", "keyword dropped at 3"),
}


@pytest.mark.parametrize("case", ACCEPTED)
def test_refuses_every_mutant(case: str) -> None:
    old, new = ACCEPTED[case]
    plain = ast.unparse(ast.parse(old)) + "\n"  # unparsing loses comments and line ends, which are not the point here
    assert proof(plain, ast.unparse(ast.parse(new)) + "\n") is None
    survivors = [what for what, text in mutants(new).items() if (case, what) not in SAME and proof(plain, text) is None]
    assert survivors == []


@pytest.mark.parametrize(("case", "what"), sorted(SAME))
def test_accepts_mutants_that_mean_the_same(case: str, what: str) -> None:
    old, new = ACCEPTED[case]
    assert proof(old, mutants(new)[what]) is None


def test_every_file_is_equal_to_itself() -> None:
    for path in library():
        source = path.read_bytes()
        assert prove(source, source, Allowed(), module=path.stem, is_package=False) is None, path


def test_speed_of_a_large_file() -> None:
    source = Path(argparse.__file__).read_bytes()
    best = 9.0
    for _ in range(3):
        start = time.perf_counter()
        assert prove(source, source, Allowed(), module="argparse", is_package=False) is None
        parsed = time.perf_counter()
        ast.parse(source)
        best = min(best, (parsed - start) / (time.perf_counter() - parsed))
    assert best < 20, "a proof should cost some six times what parsing the file once costs"


HOSTILE = {
    "NUL": b"x = 1\0",
    "unknown cookie": b"# coding: no-such-codec\nx = 1\n",
    "wrong cookie": b"# coding: ascii\nx = '\xe4'\n",
    "cookie of a binary codec": b"# coding: rot13\nx = 1\n",
    "not UTF-8": b"x = '\xff'\n",
    "UTF-16": "x = 1\n".encode("utf-16"),
    "Python 2": b"print 'x'\n",
    "nested parentheses": b"x = " + b"(" * 3000 + b")" * 3000 + b"\n",
    "nested lists": b"x = " + b"[" * 150 + b"]" * 150 + b"\n",
    "nested calls": b"x = " + b"f(" * 180 + b")" * 180 + b"\n",
    "long sum": b"x = " + b"1 + " * 5000 + b"1\n",
    "long chain": b"x" + b".y" * 3000 + b"\n",
    "long not": b"x = " + b"not " * 5000 + b"1\n",
    "deep blocks": b"".join(b" " * n + b"if x:\n" for n in range(99)) + b" " * 99 + b"pass\n",
    "empty": b"",
    "only a form feed": b"\x0c\n",
    "lone surrogate escape": b"x = '\\ud800'\n",
    "relative beyond the top": b"from ..... import x\nx\n",
    "long elif": b"if x: pass\n" + b"elif x: pass\n" * 600,
}


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE)
def test_hostile_files_are_answered(source: bytes) -> None:
    for old, new in ((source, source), (b"x = 1\n", source), (source, b"x = 1\n")):
        failure = prove(old, new, ALLOWED, module=MODULE, is_package=True)
        assert failure is None or (failure.reason and failure.line >= 0)
        assert failure is not None or old == new


@pytest.mark.parametrize(
    ("signature", "expression", "reason"),
    [
        ("(registry", "UserEng(registry)", "does not parse"),
        ("(*args)", "UserEng(args)", "* or ** parameters"),
        ("(a, b)", "[UserEng(x) for x in (a, b)]", "more than calls"),
        ("(a, b=c)", "UserEng(a, b)", "no literal"),
        ("(a, b)", "UserEng(a)", "'b' is dropped"),
        ("(a, b)", "UserEng(a, b, b)", "not exactly once"),
        ("(a, b)", "UserEng(a, b if a else None)", "not evaluated in every case"),
    ],
)
def test_refuses_rules_that_it_cannot_follow(signature: str, expression: str, reason: str) -> None:
    allowed = Allowed(
        moves=(("pkg.legacy.Ctor", "pkg.core.UserEng"),),
        calls=(("pkg.legacy.Ctor", CallRule(signature, expression)),),
    )
    new = {
        "UserEng(a)": "UserEng(f())",
        "UserEng(a, b, b)": "UserEng(f(), g(), g())",
        "UserEng(a, b if a else None)": "UserEng(f(), g() if f() else None)",
    }.get(expression, "UserEng(f(), g())")
    failure = proof("from pkg.legacy import Ctor\nCtor(f(), g())\n", f"from pkg.core import UserEng\n{new}\n", allowed)
    assert failure is not None
    assert reason in failure.reason


def test_lines_are_those_of_the_new_file() -> None:
    failure = proof("\n\nfrom pkg.legacy import Eng\n\nEng()\n", "\n\nfrom pkg.core import UserEng\n\nEng()\n")
    assert failure is not None
    assert failure.line == 5


def test_relative_imports_of_a_package_are_its_own() -> None:
    old, new = b"from .legacy import Eng\nEng\n", b"from ..core import UserEng\nUserEng\n"
    assert prove(old, new, ALLOWED, module="pkg.app", is_package=True) is None
    assert prove(old, new, ALLOWED, module="pkg.app", is_package=False) is not None
