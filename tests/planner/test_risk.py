"""Risk from facts: the form, the tests that reach a file, who imports it, what it does with names."""

import pytest

from planner.layout import Layout
from planner.model import Risk
from planner.named import modules_of, named
from planner.risk import Exposure, risk_of
from tests.planner.trees import plan_of

TESTED = Exposure(importers=1, tests=1)
LEVELS = [
    ("from-import", None, Risk.LOW),
    ("call", None, Risk.MEDIUM),
    ("dotted-string", None, Risk.HIGH),
    ("from-import", TESTED, Risk.LOW),
    ("from-import", Exposure(is_test=True), Risk.LOW),
    ("from-import", Exposure(), Risk.MEDIUM),
    ("call", Exposure(), Risk.HIGH),
    ("call", TESTED, Risk.MEDIUM),
    ("name", Exposure(importers=9, tests=1), Risk.LOW),
    ("name", Exposure(importers=10, tests=1), Risk.MEDIUM),
    ("name", Exposure(tests=1, hub=True), Risk.MEDIUM),
    ("name", Exposure(importers=10, tests=1, hub=True), Risk.MEDIUM),
    ("name", Exposure(importers=10, dynamic=True, tests=1), Risk.HIGH),
    ("base-class", Exposure(importers=50, dynamic=True), Risk.HIGH),
]


@pytest.mark.parametrize(("form", "exposure", "risk"), LEVELS)
def test_each_fact_raises_the_risk(form, exposure, risk):
    assert risk_of(form, exposure) is risk


LAYOUT = Layout(["a/__init__.py", "a/b.py", "a/c/__init__.py", "a/c/d.py", "a/c/e.py", "top.py"])
IMPORTS = {
    "import a.b": {"a.b"},
    "import a.b as x, top": {"a.b", "top"},
    "from a import b": {"a.b"},
    "from a import Name": {"a"},
    "from a.b import (\n    One,  # top)\n    Two as x,\n)": {"a.b"},
    "def f():\n    from a import (b, c)": {"a.b", "a.c"},
    "from . import d": {"a.c.d"},
    "from .d import Name": {"a.c.d"},
    "from .. import b": {"a.b"},
    "from ..b import *": {"a.b"},
    "from ....x import y": set(),
    "# import a.b": set(),
    "x = 'import a.b'": set(),
}


@pytest.mark.parametrize(("source", "modules"), IMPORTS.items())
def test_import_statements_are_read_wherever_they_stand(source, modules):
    assert modules_of("a/c/e.py", named(f"{source}\n".encode()), LAYOUT) == modules


FILES = {
    "consolidate.toml": (
        '[migration]\nname = "m"\ntarget = "app.new:New"\ntests = ["tests/**"]\n\n[[engine]]\nlegacy = "app.old:Old"\n'
    ),
    "app/__init__.py": "",
    "app/old.py": "class Old:\n    def run(self): ...\n",
    "app/new.py": "class New:\n    def run(self): ...\n",
    "app/direct.py": "from app.old import Old\n\nprint(Old)\n",
    "app/behind.py": "from app.old import Old\n\nprint(Old)\n",
    "app/facade.py": "from app import behind\n",
    "app/alone.py": "from app.old import Old\n\nprint(Old())\n",
    "app/dynamic.py": 'from app.old import Old\n\nprint(globals()["Old"])\n',
    "app/hub.py": "from app.old import Old\n",
    "app/taker.py": "from app.hub import Old\n\nprint(Old)\n",
    "tests/test_it.py": "from app import direct, facade, dynamic, hub, taker\n",
}


def test_a_plan_prints_the_facts_of_each_file():
    plan = plan_of({path: text.encode() for path, text in FILES.items()})
    files = {file.path: file for phase in plan.phases for file in phase.risk_facts if file.facts != ("deleted",)}
    assert {path: (file.risk, file.facts, file.importers, file.tests) for path, file in files.items()} == {
        "app/old.py": (Risk.LOW, (), 5, 1),
        "app/direct.py": (Risk.LOW, (), 1, 1),
        "app/behind.py": (Risk.LOW, (), 1, 1),
        "app/alone.py": (Risk.HIGH, ("untested",), 0, 0),
        "app/dynamic.py": (Risk.MEDIUM, ("dynamic",), 1, 1),
        "app/hub.py": (Risk.MEDIUM, ("spread",), 2, 1),
        "app/taker.py": (Risk.LOW, (), 1, 1),
    }
    assert {item.risk for item in plan.references if item.path == "app/alone.py"} == {Risk.MEDIUM, Risk.HIGH}
    assert plan.phases[1].risk is Risk.HIGH
