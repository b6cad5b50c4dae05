"""Whether a method of the replacement serves who calls the legacy one; where classes and their bases are found."""

import ast
import inspect
import itertools
from collections.abc import Callable

import pytest

from planner.definitions import parameters
from planner.facts import Interest
from planner.graph import ImportGraph
from planner.interfaces import UNKNOWN, Interface, Interfaces, Parameters, describe, serves
from planner.layout import Layout
from planner.model import Symbol
from planner.scan import scan
from tests.planner.trees import reader


def method(text: str) -> tuple[str, Parameters] | None:
    """Return a method as a class has it: "async method (a, b=1)"."""
    kind, _, signature = text.partition(" (")
    if not signature:
        return (kind, ()) if kind else None
    function = ast.parse(f"def f({signature}: pass").body[0]
    assert isinstance(function, ast.FunctionDef)
    return kind, parameters(function.args, bound=False)


SERVES = [
    ("method (a)", "method (a)", ""),
    ("method (a)", "method (a, b=1)", ""),
    ("method (a)", "method (a=1)", ""),
    ("method (a)", "method (*args, **kwargs)", ""),
    ("method (a, b=1)", "method (a, b=2)", ""),
    ("method (a)", "method (a, *, b=1)", ""),
    ("method (a)", "method (a, b)", "(a, b) instead of (a)"),
    ("method (a, b)", "method (a)", "(a) instead of (a, b)"),
    ("method (a)", "method (*args)", "(*args) instead of (a)"),
    ("method (a)", "method (**kwargs)", "(**kwargs) instead of (a)"),
    ("method (a=1)", "method (a)", "(a) instead of (a=…)"),
    ("method (a)", "method (b)", "(b) instead of (a)"),
    ("method (a)", "method (a, /)", "(a, /) instead of (a)"),
    ("method (a)", "method (a, *, b)", "(a, *, b) instead of (a)"),
    ("method (a)", "async method (a)", "async method instead of method"),
    ("static method (a)", "method (a)", "method instead of static method"),
    ("property", "property", ""),
    ("property", "method (a)", "no method"),
    ("method (a)", "property", "no method"),
    ("method (a)", "", ""),
    ("", "method (a)", ""),
    ("property", "", ""),
    ("", "", ""),
]


@pytest.mark.parametrize(("old", "new", "objection"), SERVES)
def test_a_method_serves_whoever_calls_the_old_one(old: str, new: str, objection: str) -> None:
    assert serves(method(old), method(new)) == objection


FILES = {
    "a/__init__.py": "from .base import Base as Root\n",
    "a/base.py": "class Base:\n    def __init__(self, x): self.x = x\n    def run(self): ...\n    limit = 1\n",
    "a/other.py": "class Other:\n    def stop(self): ...\n",
    "a/near.py": "from json import loads\nfrom a.other import Other\nfrom a.base import Base\nclass C(Base): ...\n",
    "a/dotted.py": "import json\nimport a.base\nclass C(a.base.Base): ...\n",
    "a/aliased.py": "import a.base as b, a.other as o\nclass C(b.Base): ...\n",
    "a/module.py": "from . import other, base\nclass C(base.Base): ...\n",
    "a/through.py": "from a import Root\nclass C(Root): ...\n",
    "a/here.py": "from a.base import Base\nclass Mine(Base): ...\nclass C(Mine): ...\n",
    "a/twice.py": "from a.base import Base\nclass C: ...\nclass C(Base): ...\n",
    "a/given.py": "from a.near import C\n",
    "a/outside.py": "from outer import Base\nclass C(Base):\n    def go(self): ...\n",
    "a/plain.py": "class C(object):\n    def go(self): ...\n",
    "a/circle.py": "class C(D): ...\nclass D(C): ...\n",
    "a/swap.py": "from a.swapped import C\n",
    "a/swapped.py": "from a.swap import C\n",
}
LAYOUT = Layout(FILES)


def interfaces() -> Interfaces:
    interest = Interest(frozenset({"C", "Base", "Root", "Other", "Mine", "D"}), frozenset())
    found = {path: scan(path, text.encode(), interest, with_definitions=True) for path, text in FILES.items()}
    return Interfaces(LAYOUT, found.get)


@pytest.mark.parametrize("module", ["near", "dotted", "aliased", "module", "through", "here", "twice", "given"])
def test_a_base_is_found_however_it_is_named(module: str) -> None:
    found = interfaces().of(Symbol(f"a.{module}", "C"))
    assert (found.kind, found.members, found.constants) == ("class", {"x", "run", "limit", "__init__"}, {"limit"})
    assert found.parameters == (("x", "plain", False),)
    assert (found.method("run"), found.method("limit")) == (("method", ()), None)


def test_what_is_not_in_the_repository_is_not_known() -> None:
    known = interfaces()
    assert known.of(Symbol("a.outside", "C")) == Interface("class", frozenset({"go"}), None, (("go", "method", ()),))
    assert known.of(Symbol("a.plain", "C")).parameters == ()
    for symbol in (Symbol("a.circle", "E"), Symbol("outer", "Base"), Symbol("a.swap", "C")):
        assert known.of(symbol) == UNKNOWN
    assert known.of(Symbol("a.circle", "C")).kind == "class"
    assert known.home(Symbol("a.given", "C")) == Symbol("a.near", "C")
    assert known.home(Symbol("a.outside", "Base")) is None


GRAPH = {
    "p/__init__.py": "import q.deep.leaf\n",
    "p/a.py": "import p.b\n",
    "p/b.py": "from p.c import x, d\n",
    "p/c/__init__.py": "x = 1\n",
    "p/c/d.py": "def f():\n    import p.a\n",
    "q/__init__.py": "from q import side\n",
    "q/side.py": "",
    "q/deep/__init__.py": "",
    "q/deep/leaf.py": "import typing\nif typing.TYPE_CHECKING:\n    import p.a\nelse:\n    import p.b\n",
    "broken.py": "def\n",
}


def graph() -> ImportGraph:
    return ImportGraph(Layout(GRAPH), reader(GRAPH))


@pytest.mark.parametrize(
    ("start", "goal", "chain"),
    [
        ("p.a", "p.c.d", ["p.a", "p.b", "p.c.d"]),
        ("p.c.d", "p.a", []),
        ("p.a", "p.a", []),
        ("q.deep.leaf", "p.c", ["q.deep.leaf", "p.b", "p.c"]),
        ("q.deep.leaf", "q.side", []),  # q is being imported already
        ("p.a", "q.side", []),
        ("p", "q.side", ["p", "q", "q.side"]),
        ("p", "q.deep", ["p", "q.deep"]),
        ("broken", "p.a", []),
    ],
)
def test_a_chain_of_imports_names_the_modules_and_packages_that_it_loads(start, goal, chain):
    assert graph().chain(start, goal) == tuple(chain)


def test_a_chain_does_not_go_through_what_is_cut() -> None:
    assert graph().chain("p.a", "p.c.d", frozenset({"p.b"})) == ()


def test_a_signature_is_described_as_python_writes_it() -> None:
    positional, usual = ["", "p, /", "p, q=1, /"], ["", "a", "a, b=1", "a=1", "a, b"]
    rest, keywords, others = ["", "*args"], ["", "k", "k=1", "k, l=1"], ["", "**others"]
    for parts in itertools.product(positional, usual, rest, keywords, others):
        before, after, star, names, double = parts
        written = ", ".join(filter(None, (before, after, star or ("*" if names else ""), names, double)))
        try:
            scope: dict[str, Callable[..., None]] = {}
            exec(f"def f({written}): pass", scope)
        except SyntaxError:  # what has no default behind what has one
            continue
        found = method(f"method ({written})")
        assert found is not None
        assert describe(found[1]) == str(inspect.signature(scope["f"])).replace("=1", "=…"), written
