import pytest

from planner.facts import Interest
from planner.scan import scan

INTEREST = Interest(frozenset({"Old"}), frozenset({"New"}), frozenset({"run", "limit"}))

KNOWN = {
    "made on the spot": "Old().run()",
    "awaited on the spot": "async def f():\n    (await Old()).run()",
    "a variable": "def f():\n    x = Old()\n    x.run()",
    "a variable of the module": "x = Old()\ndef f():\n    x.run()",
    "both branches": "if a:\n    x = Old(1)\nelse:\n    x = Old(2)\nx.run()",
    "an annotated variable": "x: Old = make()\nx.run()",
    "a parameter": "def f(x: Old):\n    x.run()",
    "an optional parameter": "def f(x: Optional[Old] = None):\n    x.run()",
    "a parameter that may be None": "def f(x: Old | None):\n    x.run()",
    "a quoted parameter": 'def f(x: "Old"):\n    x.run()',
    "an attribute of self": "class T:\n def setUp(self):\n  self.x = Old()\n def test(self):\n  self.x.run()",
    "in a lambda": "x = Old()\nf = lambda: x.run()",
}
UNKNOWN = {
    "another object": "x = make()\nx.run()",
    "bound in two ways": "x = Old()\nx = make()\nx.run()",
    "a parameter of that name": "x = Old()\ndef f(x):\n    x.run()",
    "a loop variable": "x = Old()\nfor x in y:\n    x.run()",
    "another attribute of self": "class T:\n def f(self):\n  self.x = Old()\n  self.y.run()",
    "an attribute set twice": (
        "class T:\n def f(self):\n  self.x = Old()\n def g(self, x):\n  self.x = x\n  self.x.run()"
    ),
    "another class": "class A:\n def f(self):\n  self.x = Old()\nclass B:\n def f(self):\n  self.x.run()",
    "a global statement": "x = Old()\ndef f():\n    global x\n    x = make()\nx.run()",
    "unpacked": "x, y = Old()\nx.run()",
    "a list of them": "def f(x: list[Old]):\n    x.run()",
    "a member of a member": "Old().inner.run()",
}


def held(source: str) -> list[tuple[str, str]]:
    facts = scan("f.py", f"from a.old import Old\n{source}\n".encode(), INTEREST)
    return [(member, facts.uses[number].name) for member, _, number in facts.held]


@pytest.mark.parametrize("source", KNOWN.values(), ids=KNOWN)
def test_the_object_is_known(source):
    assert held(source) == [("run", "Old")]


@pytest.mark.parametrize("source", UNKNOWN.values(), ids=UNKNOWN)
def test_the_object_is_not_known(source):
    assert held(source) == []
