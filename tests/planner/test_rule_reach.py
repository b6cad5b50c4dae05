"""Whose calls follow an engine's rule: those of the engine by whatever name, and of nothing else in its module."""

import pytest

from planner.model import Action
from tests.planner.trees import Tree, apply_plan, plan_of

CONFIG = b"""
[migration]
name = "one"
target = "app.new:New"
[[engine]]
legacy = "app.old:Old"
[engine.call]
from = "(a, b=2)"
to = "New.make(a, b)"
[engine.exports]
build = "app.new:build"
[[engine]]
legacy = "app.plain:Plain"
"""
TREE: Tree = {
    "consolidate.toml": CONFIG,
    "app/__init__.py": b"",
    "app/new.py": b"class New:\n    @classmethod\n    def make(cls, a, b): ...\n    def run(self): ...\n"
    b"def build(a): ...\n",
    "app/old.py": b"class Old:\n    def __init__(self, a, b=2): ...\n    def run(self): ...\ndef build(a): ...\n",
    "app/plain.py": b"class Plain:\n    def run(self): ...\n",
    "app/hub.py": b"from app.old import Old, build\nfrom app.plain import Plain\n",
}
REWRITTEN = {
    "from app.old import Old, build\nOld(1), build(1)\n": "from app.new import New, build\nNew.make(1, 2), build(1)\n",
    "from app.old import build as b\nb(1)\n": "from app.new import build as b\nb(1)\n",
    "from app.old import Old as O\nO(b=1, a=2)\n": "from app.new import New as O\nO.make(2, 1)\n",
    "import app.old\napp.old.Old(1), app.old.build(1)\n": "import app.new\napp.new.New.make(1, 2), app.new.build(1)\n",
    "from app.hub import Old, Plain\nOld(1), Plain()\n": "from app.new import New\nNew.make(1, 2), New()\n",
    "import app.hub as h\nh.Old(1), h.build(1), h.Plain\n":
        "import app.hub as h\nh.New.make(1, 2), h.build(1), h.New\n",
    "from app.old import *\nOld(1), build(2)\n": (
        "from app.new import New as Old, build\nOld.make(1, 2), build(2)\n"
    ),
    "def f():\n    from app.old import Old\n    return Old(1)\nOld = 1\n": (
        "def f():\n    from app.new import New\n    return New.make(1, 2)\nOld = 1\n"
    ),
}  # fmt: skip


@pytest.mark.parametrize(("source", "wanted"), REWRITTEN.items())
def test_calls_of_the_engine_follow_it(source: str, wanted: str) -> None:
    tree = {**TREE, "app/user.py": source.encode()}
    plan = plan_of(tree)
    assert apply_plan(tree, plan)[-1]["app/user.py"].decode() == wanted
    told = {(item.line, item.column): item.new for item in plan.references if item.path == "app/user.py" and item.new}
    assert all(told.values())


REASONS = {
    "from app.hub import *\nOld(1), build(1), Plain()\n": {"the name keeps its spelling behind the star import"},
    "from app.old import Old\nOld(*x)\n": {"the call unpacks its arguments, so they cannot be told apart (line 2)"},
    "from app.old import Old\nOld()\n": {"the arguments do not fit (a, b=2) (line 2)"},
    "import app.old\napp.old.Old()\napp.old.build(1)\n": {"the arguments do not fit (a, b=2) (line 2)"},
    "import app.old\nprint(app.old)\n": {"the legacy module itself is used as a value"},
    "if 1:\n    from app.old import Old\nelse:\n    from app.plain import Plain as Old\nOld\n": {
        "the name is imported from several legacy modules"
    },
    "try:\n    from app.old import Old\nexcept ImportError:\n    from json import Old\nOld(1)\n": {
        "the name is bound in several ways, of which not all are the legacy symbol: its calls cannot follow the rule",
    },
}


@pytest.mark.parametrize(("source", "reasons"), REASONS.items())
def test_what_cannot_follow_it_says_why(source: str, reasons: set[str]) -> None:
    tree = {**TREE, "app/user.py": source.encode()}
    plan = plan_of(tree)
    found = {item.reason for item in plan.references if item.path == "app/user.py" and item.reason}
    assert reasons <= found
    assert {item.action for item in plan.references if item.path == "app/user.py"} - {Action.REWRITTEN}
