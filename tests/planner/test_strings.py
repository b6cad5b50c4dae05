"""What a string that names an engine is for decides what becomes of it."""

import pytest

from tests.planner.trees import Tree, apply_plan, plan_of

CONFIG = b"""
[migration]
name = "one"
target = "app.engine:New"
[[engine]]
legacy = "app.old:Old"
[engine.exports]
make = "app.tools:build"
[[engine]]
legacy = "app.look:Alike"
mode = "report"
"""
TREE: Tree = {
    "consolidate.toml": CONFIG,
    "app/__init__.py": b"",
    "app/engine.py": (
        b"from app.shared import helper\nfrom app.else_ import other\nclass New:\n    def run(self): ...\n"
    ),
    "app/tools.py": b"def build(): ...\n",
    "app/shared.py": b"def helper(): ...\n",
    "app/else_.py": b"def other(): ...\ndef third(): ...\n",
    "app/old.py": (
        b"from app.shared import helper\nfrom app.tools import build as other\nfrom app.else_ import third\n"
        b"class Old:\n    def run(self): ...\n    def more(self): ...\ndef make(): ...\ndef inner(): ...\n"
    ),
    "app/look.py": b"class Alike: ...\n",
}
HEAD = "import importlib, logging\nfrom unittest import mock\n"
CODE = {
    "x = 'app.old.Old'": "x = 'app.engine.New'",
    "x = 'app.old:Old'": "x = 'app.engine:New'",
    "x = 'app.old.Old.run'": "x = 'app.engine.New.run'",
    "x = 'app.old.make'": "x = 'app.tools.build'",
    "importlib.import_module('app.old').make": "importlib.import_module('app.tools').build",
    "mock.patch('app.old.Old')": "mock.patch('app.engine.New')",
    "mock.patch('app.old.Old.run')": "mock.patch('app.engine.New.run')",
    "mock.patch('app.old.helper')": "mock.patch('app.engine.helper')",
}
LEFT = {
    "logging.getLogger('app.old')": "a logger's name: renaming it would silence its configuration",
    "logging.getLogger('app.old.Old')": "a logger's name: renaming it would silence its configuration",
    "importlib.import_module('app.old')": (
        "the legacy module is named by a string: what is taken from it cannot be told"
    ),
    "importlib.import_module('app.look')": "reported only: this engine is not consolidated",
    "x = 'app.look.Alike'": "reported only: this engine is not consolidated",
    "mock.patch('app.look.Alike')": "reported only: this engine is not consolidated",
    "mock.patch('app.old.nothing')": "it patches a name that does not exist (app.old has no name `nothing`)",
    "mock.patch('app.old.inner')": (
        "it patches an internal of the legacy module (`inner` is defined in app.old and is not in exports)"
    ),
    "mock.patch('app.old.other')": "it patches `other` where the legacy implementation looks it up",
    "mock.patch('app.old.third')": "it patches `third` where the legacy implementation looks it up",
    "mock.patch('app.old.Old.more')": "it patches `more`, absent on New",
    "x = 'see app.old.Old'": "a mention in a string, which nothing shows to be resolved",
    "x = 'app/old.py'": "a file's path, valid as long as the shim stays",
    "x = 1  # app.old.Old": "comments are listed, not edited",
    "x = 'from app.old import Old'": "code inside a string is listed, not edited",
}


@pytest.mark.parametrize(("source", "wanted"), CODE.items())
def test_it_is_rewritten_where_something_resolves_it(source: str, wanted: str) -> None:
    tree = {**TREE, "app/user.py": f"{HEAD}{source}\n".encode()}
    assert apply_plan(tree, plan_of(tree))[-1]["app/user.py"].decode() == f"{HEAD}{wanted}\n"


@pytest.mark.parametrize(("source", "reason"), LEFT.items())
def test_it_stays_with_a_reason(source: str, reason: str) -> None:
    tree = {**TREE, "app/user.py": f"{HEAD}{source}\n".encode()}
    plan = plan_of(tree)
    assert apply_plan(tree, plan)[-1]["app/user.py"].decode() == f"{HEAD}{source}\n"
    assert {item.reason for item in plan.references if item.path == "app/user.py"} == {reason}
