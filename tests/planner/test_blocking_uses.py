"""What keeps an importer on the legacy path does so wherever it stands in the file, and nothing else does."""

import pytest

from planner.model import Action
from tests.planner.trees import Tree, plan_of

CONFIG = b"""
[migration]
name = "one"
target = "app.engine:New"
[[engine]]
legacy = "app.old:Old"
[engine.exports]
make = "app.tools:build"
"""
TREE: Tree = {
    "consolidate.toml": CONFIG,
    "app/__init__.py": b"",
    "app/engine.py": b"class New:\n    def __init__(self, a): ...\n    def run(self): ...\n",
    "app/old.py": (
        b"class Old:\n    limit = 1\n    def __init__(self, a, b=1): ...\n    def run(self): ...\n"
        b"    def more(self): ...\n    def __enter__(self): ...\n    def __exit__(self, *a): ...\n"
        b"def make(x): ...\n"
    ),
    "app/tools.py": b"def build(x): ...\n",
}
HARMLESS = "from app.old import make\nmake(1)\nisinstance(1, Old)\nx = Old(1)\nx.run()\nOld(a=2)\ny: Old = None\n"
BLOCKING = {
    "x = Old(1, 2)": "constructing it differs: New takes 1 argument by position; Old(a, b=…) against New(a) (line 2)",
    "x = Old(1, b=2)": "constructing it differs: New takes no argument `b`; Old(a, b=…) against New(a) (line 2)",
    "Old(1).more()": "it uses `more` (line 2), absent on New",
    "z = Old(1)\nz.more()": "it uses `more` (line 3), absent on New",
    "print(Old.limit)": "it uses `limit` (line 2), absent on New",
    "def f(z: Old): z.more()": "it uses `more` (line 2), absent on New",
    "with Old(1) as z: pass": "it uses `__enter__` (line 2) and 1 more, absent on New",
    "getattr(Old(1), 'more')": "it uses `more` (line 2), absent on New",
    "class Sub(Old):\n    def f(self): self.more()": "it uses `more` (line 3), absent on New",
}


def references(source: str) -> dict[str, set[Action]]:
    """Return by the name of the symbol what becomes of its references in the file."""
    tree = {**TREE, "app/user.py": f"from app.old import Old\n{source}\n".encode()}
    found: dict[str, set[Action]] = {}
    for item in plan_of(tree).references:
        if item.path == "app/user.py":
            found.setdefault("make" if "make" in item.text else "Old", set()).add(item.action)
    return found


def reasons(source: str) -> set[str]:
    tree = {**TREE, "app/user.py": f"from app.old import Old\n{source}\n".encode()}
    return {item.reason for item in plan_of(tree).references if item.path == "app/user.py" and item.reason}


def test_harmless_uses_move() -> None:
    assert references(HARMLESS) == {"Old": {Action.REWRITTEN}, "make": {Action.REWRITTEN}}


@pytest.mark.parametrize("use", BLOCKING)
@pytest.mark.parametrize("order", ["alone", "first", "last"])
def test_one_blocking_use_holds_the_symbol_back_and_no_other(use: str, order: str) -> None:
    source = {"alone": use, "first": f"{use}\n{HARMLESS}", "last": f"{HARMLESS}{use}"}[order]
    found = references(source)
    assert found["Old"] == {Action.MANUAL}
    assert order == "alone" or found["make"] == {Action.REWRITTEN}


@pytest.mark.parametrize(("use", "reason"), BLOCKING.items())
def test_the_reason_names_the_line_and_what_is_missing(use: str, reason: str) -> None:
    assert reasons(use) == {reason}
