"""What a module defines is read as Python itself tells it."""

import ast
import inspect

import pytest

from planner.definitions import parameters
from planner.facts import Definition, Interest
from planner.scan import scan

KINDS = {
    inspect.Parameter.POSITIONAL_ONLY: "positional",
    inspect.Parameter.POSITIONAL_OR_KEYWORD: "plain",
    inspect.Parameter.VAR_POSITIONAL: "*",
    inspect.Parameter.KEYWORD_ONLY: "keyword",
    inspect.Parameter.VAR_KEYWORD: "**",
}


@pytest.mark.parametrize("bound", [False, True])
@pytest.mark.parametrize(
    "signature", ["a", "a, b=1", "a, /, b, c=1", "a, b=1, *, c, d=2", "a, *args, b", "a=0, /, b=1, *args, c=2, **rest"]
)
def test_a_signature_has_the_parameters_that_inspect_gives_it(signature: str, bound: bool) -> None:
    space: dict = {}
    text = f"def f({signature}): pass"
    exec(text, space)
    wanted = [
        (
            item.name,
            KINDS[item.kind],
            item.kind in (item.VAR_POSITIONAL, item.VAR_KEYWORD) or item.default is not item.empty,
        )
        for item in inspect.signature(space["f"]).parameters.values()
    ]
    function = ast.parse(text).body[0]
    assert isinstance(function, ast.FunctionDef)
    assert list(parameters(function.args, bound)) == wanted[bound:]


CLASS = """
@dataclass
class Plain(Base, pack.Other[int], metaclass=Meta):
    a: int
    b: int = 1
    c = d = 2
    (e, f) = 1, 2
    g.h = 3

    class Inner: ...

    @property
    def ready(self): ...

    @ready.setter
    def ready(self, value): ...

    @property
    def fixed(self): ...

    @staticmethod
    def make(x): ...

    @classmethod
    async def build(cls, y=1): ...

    async def run(self, z, /):
        self.state = cls.shared = other.not_mine = 1
        read = self.not_set


class Made:
    def __new__(cls, one): ...


@dataclass
class Filled(Made):
    a: int
    def __init__(self, b): ...


async def alone(a, b=1): ...


def alone(c): ...
"""


def definitions() -> list[Definition]:
    names = Interest(frozenset({"Plain", "Made", "Filled", "alone"}), frozenset())
    return list(scan("x.py", CLASS.encode(), names, with_definitions=True).definitions)


def test_a_class_has_its_members_by_kind() -> None:
    plain = definitions()[0]
    assert (plain.name, plain.kind, plain.bases) == ("Plain", "class", ("Base", "pack.Other"))
    assert plain.constants == {"a", "b", "c", "d", "e", "f", "Inner"}
    methods = {"ready", "fixed", "make", "build", "run"}
    assert plain.members == plain.constants | methods | {"state", "shared"}
    assert plain.readonly == {"fixed"}
    assert plain.parameters == (("a", "plain", False), ("b", "plain", True))
    kinds = {name: (kind, given) for name, kind, given in plain.methods}
    assert kinds["make"] == ("static method", (("x", "plain", False),))
    assert kinds["build"] == ("async class method", (("y", "plain", True),))
    assert kinds["run"] == ("async method", (("z", "positional", False),))
    assert kinds["fixed"][0] == "property"


def test_a_constructor_is_the_one_that_runs_and_a_function_has_its_kind() -> None:
    found = [(item.name, item.kind, item.parameters) for item in definitions()[1:]]
    assert found == [
        ("Made", "class", (("one", "plain", False),)),
        ("Filled", "class", (("b", "plain", False),)),
        ("alone", "async function", (("a", "plain", False), ("b", "plain", True))),
        ("alone", "function", (("c", "plain", False),)),
    ]


def test_a_definition_spans_its_decorators() -> None:
    first, *_ = definitions()
    assert CLASS.encode()[first.start : first.end].startswith(b"@dataclass\nclass Plain")
    assert CLASS.encode()[first.start : first.end].endswith(b"read = self.not_set")
