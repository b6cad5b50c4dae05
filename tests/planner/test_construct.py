"""Constructing the replacement as the legacy class was constructed: the first thing that differs, in words."""

import ast

import pytest

from planner.construct import difference
from planner.definitions import parameters
from planner.facts import Interest
from planner.interfaces import Parameters
from planner.scan import scan

DIFFERENCES = {
    ("(1)", "(a)", "(a)"): "",
    ("(1, 2)", "(a)", "(a)"): "",
    ("(*x)", "(a)", "(a)"): "",
    ("(1)", "(a, b=1)", "(a)"): "",
    ("(1)", "(a)", "(a, b=1)"): "",
    ("(1)", "(a, /)", "(a)"): "",
    ("()", "(a=1)", "()"): "",
    ("(1)", "?", "?"): "",
    ("(1)", "(a)", "?"): "how New is constructed cannot be told; Old(a) against New(unknown)",
    ("(1)", "?", "(a)"): "",
    ("()", "?", "(a)"): "New needs an argument `a`; Old(unknown) against New(a)",
    ("(*x)", "(a)", "(b)"): "the call unpacks its arguments; Old(a) against New(b)",
    ("(1, **x)", "(a, b)", "(b)"): "the call unpacks its arguments; Old(a, b) against New(b)",
    ("(1)", "(a)", "(b)"): "argument 1 is `a` of one and `b` of the other; Old(a) against New(b)",
    ("(1, 2)", "(a, b)", "(a, c)"): "argument 2 is `b` of one and `c` of the other; Old(a, b) against New(a, c)",
    ("(1, 2)", "(a, b)", "(b, a)"): "argument 1 is `a` of one and `b` of the other; Old(a, b) against New(b, a)",
    ("(b=1, a=2)", "(a, b)", "(b, a)"): "",
    ("(1, b=2)", "(a, b)", "(a, **k)"): "argument 2 is `b` of one and `*b` of the other; Old(a, b) against New(a, **k)",
    ("(1, 2)", "(a, b)", "(a, *r)"): "argument 2 is `b` of one and `*` of the other; Old(a, b) against New(a, *r)",
    ("(1, 2)", "(a, *r)", "(a, *s)"): "",
    ("(1, 2)", "(a, b)", "(a)"): "New takes 1 argument by position; Old(a, b) against New(a)",
    ("(1, 2, 3)", "(a, b, c)", "(a, b)"): "New takes 2 arguments by position; Old(a, b, c) against New(a, b)",
    ("(1)", "(a)", "()"): "New takes no arguments by position; Old(a) against New()",
    ("(1)", "(a)", "(*, a)"): "New takes no arguments by position; Old(a) against New(*, a)",
    ("(a=1)", "(a)", "(a, /)"): "New takes no argument `a`; Old(a) against New(a, /)",
    ("(b=1)", "(b)", "(a)"): "New takes no argument `b`; Old(b) against New(a)",
    ("(a=1)", "(a)", "(a, /, **k)"): "New needs an argument `a`; Old(a) against New(a, /, **k)",
    ("(1)", "(a)", "(a, b)"): "New needs an argument `b`; Old(a) against New(a, b)",
    ("(1)", "(a)", "(a, *, b, c)"): "New needs an argument `b`; Old(a) against New(a, *, b, c)",
    ("(1)", "(a)", "(a, b=1, *, c)"): "New needs an argument `c`; Old(a) against New(a, b=…, *, c)",
    ("()", "(a=1)", "(a, *r, **k)"): "New needs an argument `a`; Old(a=…) against New(a, *r, **k)",
    ("(1, a=2)", "(b, a)", "(a, b=1)"): "`a` of New would be given twice; Old(b, a) against New(a, b=…)",
    ("(1, c=2)", "(b, c)", "(a, /, b, **c)"): "New needs an argument `b`; Old(b, c) against New(a, /, b, **c)",
    ("(1, 2, c=2)", "(b, c)", "(b, *c)"): "New takes no argument `c`; Old(b, c) against New(b, *c)",
    ("(1, c=2, a=3)", "(b, **k)", "(a, **k)"): "`a` of New would be given twice; Old(b, **k) against New(a, **k)",
    ("(1, 2)", "(a)", "(a, b)"): "Old takes 1 argument by position, but New takes the call; Old(a) against New(a, b)",
    ("(c=1)", "(a=1)", "(c)"): "Old takes no argument `c`, but New takes the call; Old(a=…) against New(c)",
}  # fmt: skip


def signature(text: str) -> Parameters | None:
    if text == "?":
        return None
    function = ast.parse(f"def f{text}: pass").body[0]
    assert isinstance(function, ast.FunctionDef)
    return parameters(function.args, False)


@pytest.mark.parametrize(("given", "told"), DIFFERENCES.items())
def test_the_first_difference_is_told(given: tuple[str, str, str], told: str) -> None:
    call, old, new = given
    source = f"from a import Old\nOld{call}\n".encode()
    made = scan("x.py", source, Interest(frozenset({"Old"}), frozenset())).uses[0].call
    assert made is not None
    assert difference(made.arguments, ("Old", signature(old)), ("New", signature(new))) == told
