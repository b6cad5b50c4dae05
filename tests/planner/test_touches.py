"""Of what object a member is used, as far as a file tells: the engine's, another's, or it cannot be told."""

import pytest

from planner.facts import Interest, Touch
from planner.scan import scan

INTEREST = Interest(frozenset({"Old"}), frozenset(), touched=frozenset({"run", "dir"}))


def touches(source: str) -> tuple[Touch, ...]:
    return scan("x.py", f"from a import Old, Thing, thing\n{source}\n".encode(), INTEREST).touches


KNOWN, UNKNOWN, OTHER = "known", "unknown", "another's"
OBJECTS = {
    "Old().run": KNOWN,
    "Old.run": KNOWN,
    "Old.create().run": KNOWN,
    "x = Old()\nx.run": KNOWN,
    "x: Old = make()\nx.run": KNOWN,
    "x: 'Thing' = make()\nx.run": UNKNOWN,
    "def f(x: Old): x.run": KNOWN,
    "def f(x: Old | None): x.run": KNOWN,
    "def f(x: Thing): x.run": OTHER,
    "def f(x: Any): x.run": UNKNOWN,
    "def f(x): x.run": UNKNOWN,
    "def f(x=None): x.run": UNKNOWN,
    "x = Thing()\nx.run": OTHER,
    "x = thing()\nx.run": UNKNOWN,
    "x = Thing(spec=Old)\nx.run": UNKNOWN,
    "x = Thing(Old)\nx.run": UNKNOWN,
    "x = Thing()\nx = Old()\nx.run": KNOWN,
    "x = Thing()\nx = 1\nx.run": UNKNOWN,
    "x = Thing()\nx = Other()\nx.run": OTHER,
    "x = Thing()\nx = thing()\nx.run": UNKNOWN,
    "(a or Old()).run": KNOWN,
    "(Thing() or Other()).run": OTHER,
    "(a or Other()).run": UNKNOWN,
    "(Old() if a else None).run": KNOWN,
    "(Thing() if a else None).run": OTHER,
    "async def f(): (await Old()).run": KNOWN,
    "(x := Old()).run": KNOWN,
    "{}.run": OTHER,
    "'a'.run": OTHER,
    "[x for x in y].run": OTHER,
    "(lambda: 1).run": OTHER,
    "(1 < x).run": OTHER,
    "x[0].run": UNKNOWN,
    "len(x).run": OTHER,
    "open(x).run": OTHER,
    "getattr(x, 'y').run": UNKNOWN,
    "next(x).run": UNKNOWN,
    "def len(x): pass\nlen(x).run": UNKNOWN,
    "thing.run": UNKNOWN,
    "Thing.run": OTHER,
    "THING.run": UNKNOWN,
    "a.Thing.run": OTHER,
    "a.thing.run": UNKNOWN,
    "a._Thing().run": OTHER,
    "class A: pass\nA.run": OTHER,
    "class A(Old): pass\nA.run": UNKNOWN,
    "class A(Old): pass\nA().run": UNKNOWN,
    "class A:\n    def f(self): self.run": OTHER,
    "class A(Old):\n    def f(self): self.run": KNOWN,
    "class A(Old):\n    def f(self): super().run": KNOWN,
    "class A(Old):\n    def run(self): super().run": KNOWN,
    "class A(Old):\n    @classmethod\n    def f(cls): cls.run": KNOWN,
    "class A:\n    def f(self): super().run": OTHER,
    "def f(self): self.run": UNKNOWN,
    "class A:\n    def __init__(self): self.x = Old()\n    def f(self): self.x.run": KNOWN,
    "class A:\n    def __init__(self): self.x = Thing()\n    def f(self): self.x.run": OTHER,
    "class A:\n    def __init__(self, x): self.x = x\n    def f(self): self.x.run": UNKNOWN,
    "class A:\n    def f(self):\n        self.x = Thing()\n        self.x = y\n        self.x.run": UNKNOWN,
    "class A:\n    def f(self): self.x.run": UNKNOWN,
    "class A:\n    def f(self): self.x = Old()\nclass B:\n    def f(self): self.x.run": UNKNOWN,
    "print.run": OTHER,
    "nowhere.run": UNKNOWN,
    "def f(x: Old): x.other": None,
}


@pytest.mark.parametrize(("source", "told"), OBJECTS.items())
def test_the_object_of_a_member_is_told_as_far_as_it_can_be(source: str, told: str | None) -> None:
    found = [KNOWN if item.use >= 0 else UNKNOWN for item in touches(source) if item.name == "run"]
    assert found == ([] if told in (OTHER, None) else [told])


KINDS = {
    "Old().run": ("read", False),
    "Old().run()": ("read", False),
    "Old().run = 1": ("stored", False),
    "del Old().run": ("stored", False),
    "hasattr(Old, 'run')": ("asked", False),
    "getattr(Old(), 'run', None)": ("asked", False),
    "setattr(Old(), 'run', 1)": ("stored", False),
    "setattr(Old, 'run', 1)": ("patched", False),
    "mock.patch.object(Old, 'run')": ("patched", False),
    "mock.patch.object(Old(), 'run')": ("stored", False),
    "dir(Old())": ("listed", False),
    "try: Old().run\nexcept AttributeError: pass": ("read", True),
    "try: Old().run\nexcept (KeyError, AttributeError): pass": ("read", True),
    "try: Old().run\nexcept KeyError: pass": ("read", False),
    "try: Old().run\nexcept: pass": ("read", False),
    "try: pass\nexcept AttributeError: Old().run": ("read", False),
    "with suppress(AttributeError): Old().run": ("read", True),
    "with pytest.raises(AttributeError): Old().run": ("read", True),
    "with AttributeError: Old().run": ("read", False),
    "try:\n    def f(): Old().run\nexcept AttributeError: pass": ("read", False),
}


@pytest.mark.parametrize(("source", "told"), KINDS.items())
def test_a_touch_says_how_and_whether_its_error_is_caught(source: str, told: tuple[str, bool]) -> None:
    assert [(item.kind, item.guarded) for item in touches(source)] == [told]


def test_a_call_of_a_member_says_what_it_is_given() -> None:
    (touch,) = touches("Old().run(1, *a, b=2, **c)")
    assert touch.arguments is not None
    assert [(item.keyword, item.star) for item in touch.arguments] == [("", ""), ("", "*"), ("b", ""), ("", "**")]
    assert [item.arguments for item in touches("f(Old().run)\nOld().run.x()")] == [None, None]


def test_syntax_calls_methods_of_what_is_known_and_not_of_what_is_constructed() -> None:
    interest = Interest(frozenset({"Old"}), frozenset(), touched=frozenset({"__call__", "__len__", "__await__"}))
    for source, told in {
        "Old()()": ["__call__"],
        "x = Old()\nx()": ["__call__"],
        "Old()": [],
        "thing()()": [],
        "len(Old())": ["__len__"],
        "len(thing)": [],
        "async def f(x: Old): await x": ["__await__"],
    }.items():
        found = scan("x.py", f"from a import Old, thing\n{source}\n".encode(), interest).touches
        assert [item.name for item in found if item.use >= 0] == told, source
