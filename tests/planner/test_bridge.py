"""Arguments are bound as Python binds them: compared with Python itself."""

import ast
import inspect

import pytest

from planner.bridge import Bridge, bridge
from planner.callrule import parse_rule
from planner.definitions import parameters
from planner.facts import Interest
from planner.interfaces import bind, describe
from planner.scan import scan

SIGNATURES = [
    "()",
    "(a)",
    "(a, b=1)",
    "(a, /, b=1)",
    "(a, *, b)",
    "(a, b=1, *, c=2)",
    "(a=1, /, b=2, *, c=3)",
    "(*args)",
    "(a, *args, b=1)",
    "(**kwargs)",
    "(a, /, **kwargs)",
    "(a, b=1, *args, c, **kwargs)",
]
CALLS = [
    "()",
    "(1)",
    "(1, 2)",
    "(1, 2, 3)",
    "(a=1)",
    "(1, a=2)",
    "(1, b=2)",
    "(b=1, a=2)",
    "(1, c=3)",
    "(1, b=2, c=3)",
    "(d=4, a=1)",
]


def arguments(call: str):
    interest = Interest(frozenset({"Eng", "eng"}), frozenset())
    facts = scan("a.py", f"from eng import Eng\nEng{call}\n".encode(), interest)
    return facts.uses[0].call


@pytest.mark.parametrize("signature", SIGNATURES)
@pytest.mark.parametrize("call", CALLS)
def test_binding_agrees_with_python(signature: str, call: str) -> None:
    space: dict = {}
    exec(f"def f{signature}: pass", space)
    function = ast.parse(f"def f{signature}: pass").body[0]
    assert isinstance(function, ast.FunctionDef)
    tree = ast.parse(f"f{call}", mode="eval").body
    assert isinstance(tree, ast.Call)
    given = [item.value for item in (*tree.args, *(keyword.value for keyword in tree.keywords))]
    try:
        expected = inspect.signature(space["f"]).bind(
            *(item.value for item in tree.args), **{keyword.arg: keyword.value.value for keyword in tree.keywords}
        )
    except TypeError:
        expected = None
    bound = bind(arguments(call).arguments, parameters(function.args, False))
    if expected is None:
        assert bound is None
    else:
        assert bound is not None
        plain = {name: given[index] for name, index in bound.items() if not name.startswith("*")}
        named = {name: value for name, value in expected.arguments.items() if name not in ("args", "kwargs")}
        assert plain == named
        assert len(bound) == len(given)


RULE = parse_rule("(a, b=2, *, c=3)", "Eng.make(a, b, c=c)")


@pytest.mark.parametrize(
    ("call", "order"),
    [("(1)", True), ("(1, 2)", True), ("(1, b=2, c=3)", True), ("(b=1, a=2)", False), ("(c=1, a=2)", False)],
)
def test_order_is_kept_where_it_can_be(call: str, order: bool) -> None:
    taken = bridge(RULE, arguments(call))
    assert isinstance(taken, Bridge)
    assert taken.in_order is order


@pytest.mark.parametrize(
    ("call", "reason"),
    [
        ("(*x)", "unpacks"),
        ("(1, **x)", "unpacks"),
        ("()", "do not fit"),
        ("(1, 2, 3)", "do not fit"),
        ("(1, a=1)", "do not fit"),
        ("(1, d=1)", "do not fit"),
        ("(b=f(), a=g())", "another order"),
        ("(b=x, a=g())", "another order"),
    ],
)
def test_refusals(call: str, reason: str) -> None:
    taken = bridge(RULE, arguments(call))
    assert isinstance(taken, str)
    assert reason in taken


def test_an_awaited_rule_needs_an_async_function_and_no_await() -> None:
    rule = parse_rule("(a)", "await make(a)")
    source = b"""from eng import Eng
async def f():
    Eng(1)
    await Eng(1)
    [Eng(1) for x in y]
    (Eng(1) for x in y)
    lambda: Eng(1)
Eng(1)
"""
    facts = scan("a.py", source, Interest(frozenset({"Eng", "eng"}), frozenset()))
    taken = [bridge(rule, use.call) for use in facts.uses if use.call is not None]
    assert [item if isinstance(item, str) else "" for item in taken] == [
        "",
        "the call is awaited already",
        "",
        *["the rule awaits, and the call does not stand in an async function"] * 3,
    ]


def test_a_signature_is_described_as_a_person_writes_it() -> None:
    function = ast.parse("def f(self, a, /, b=1, *args, c, **kwargs): pass").body[0]
    assert isinstance(function, ast.FunctionDef)
    assert describe(parameters(function.args, True)) == "(a, /, b=…, *args, c, **kwargs)"
    assert describe(None) == "(unknown)"
