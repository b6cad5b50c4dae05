"""Calls are bound to signatures as Python binds them, and both are written as a person writes them."""

import ast
import inspect
import itertools
from collections.abc import Callable

import pytest

from planner.definitions import parameters
from planner.facts import Argument
from planner.interfaces import Interface, bind, describe

SIGNATURES = [
    *(
        "",
        "a",
        "a, b",
        "a, b=None",
        "a=None, b=None",
        "a, /",
        "a, b=None, /",
        "a, /, b",
        "a, /, b=None, *, c",
        "*, c",
        "*, c=None, d",
    ),
    *(
        "*args",
        "a, *args",
        "a, *args, c",
        "a=None, *args, c=None",
        "**named",
        "a, **named",
        "a, /, **named",
        "a, /, b, c=None",
    ),
    *("*args, **named", "a, b=None, /, *args, c, d=None, **named", "a, *, c, **named"),
]
CALLS = [
    (*("" for _ in range(places)), *names)
    for places in range(4)
    for count in range(3)
    for names in itertools.permutations("abcx", count)
]


def made(signature: str):
    """Return a function with the signature, and its parameters as the planner has them."""
    space: dict = {}
    exec(f"def f({signature}): return locals()", space)
    function = ast.parse(f"def f({signature}): pass").body[0]
    assert isinstance(function, ast.FunctionDef)
    return space["f"], parameters(function.args, bound=False)


def by_python(function: Callable[..., dict], call: tuple[str, ...]) -> dict[str, int] | None:
    """Return which argument each parameter gets; what `*` and `**` gather has its place or its keyword."""
    places = [index for index, name in enumerate(call) if not name]
    try:
        found = function(*places, **{name: index for index, name in enumerate(call) if name})
    except TypeError:
        return None
    result: dict[str, int] = {}
    for name, value in found.items():
        if name == "args":
            result |= {f"*{len(places) - len(value) + place}": index for place, index in enumerate(value)}
        elif name == "named":
            result |= {f"**{keyword}": index for keyword, index in value.items()}
        elif value in range(len(call)) and call[value] in ("", name):
            result[name] = value
    return result


@pytest.mark.parametrize("signature", SIGNATURES)
def test_a_call_is_bound_as_python_binds_it(signature: str) -> None:
    python, ours = made(signature)
    for call in CALLS:
        arguments = tuple(Argument(0, 0, name, "", pure=True) for name in call)
        assert bind(arguments, ours) == by_python(python, call), call


def test_a_call_that_unpacks_is_bound_to_nothing() -> None:
    _, ours = made("*args, **named")
    for star in ("*", "**"):
        assert bind((Argument(0, 0, "", "", pure=True), Argument(0, 0, "", star, pure=True)), ours) is None


@pytest.mark.parametrize("signature", SIGNATURES)
def test_a_signature_is_written_as_inspect_writes_it(signature: str) -> None:
    python, ours = made(signature)
    assert describe(ours) == str(inspect.signature(python)).replace("=None", "=…")


def test_a_signature_that_cannot_be_told_says_so() -> None:
    assert describe(None) == "(unknown)"


def test_members_are_written_with_what_is_known_of_them() -> None:
    methods = (("run", "async method", (("task", "plain", False),)), ("size", "property", ()), ("go", "method", ()))
    methods += (("made", "async class method", ()), ("go", "method", (("later", "plain", False),)))
    members = frozenset({"run", "size", "go", "made", "limit", "name"})
    known = Interface("class", members, (), methods, frozenset({"limit", "run"}))
    told = {name: (known.signature(name), known.kind_of(name)) for name in (*sorted(members), "absent")}
    assert told == {
        "absent": ("", ""),
        "go": ("go()", "method"),
        "limit": ("limit", "class attribute"),
        "made": ("async made()", "async class method"),
        "name": ("name", "instance attribute"),
        "run": ("async run(task)", "async method"),
        "size": ("size", "property"),
    }
    assert (known.method("go"), known.method("limit")) == (("method", ()), None)
