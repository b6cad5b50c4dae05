"""A patch follows to where the name is looked up afterwards, and stays where the legacy implementation looks it up."""

import pytest

from tests.planner.trees import Tree, apply_plan, plan_of, shown

CONFIG = """
[migration]
name = "one"
target = "app.engine:UserEngine"
[[engine]]
legacy = "app.old:OldEngine"
{more}
"""
TREE: Tree = {
    "app/__init__.py": b"",
    "app/engine.py": b"class UserEngine:\n    def run(self): pass\n",
    "app/old.py": b"class OldEngine:\n    def run(self): pass\n\n\ndef start():\n    return OldEngine().run()\n",
}
TEST = b'from unittest import mock\n\n\n@mock.patch("app.old.OldEngine")\ndef test_it(engine):\n    pass\n'


def tree(more: str, **files: bytes) -> Tree:
    return {**TREE, "consolidate.toml": CONFIG.format(more=more).encode(), "tests/test_it.py": TEST, **files}


@pytest.mark.parametrize("shim", ["none", "warn"])
def test_it_stays_where_the_legacy_implementation_stays_and_looks_it_up(shim: str) -> None:
    files = tree(f'shim = "{shim}"')
    plan = plan_of(files)
    assert shown(plan) == [
        "tests/test_it.py:4 patch-target left: the legacy implementation, which stays, looks it up here"
    ]
    assert apply_plan(files, plan)[-1]["tests/test_it.py"] == TEST


def test_it_follows_where_nothing_of_the_legacy_module_stays() -> None:
    files = tree('shim = "alias"')
    plan = plan_of(files)
    assert shown(plan) == ["tests/test_it.py:4 patch-target rewritten"]
    wanted = TEST.replace(b"app.old.OldEngine", b"app.engine.UserEngine")
    assert apply_plan(files, plan)[-1]["tests/test_it.py"] == wanted


@pytest.mark.parametrize(("member", "action"), [("run", "rewritten"), ("missing", "manual")])
def test_one_of_a_member_goes_along_if_the_replacement_has_it(member: str, action: str) -> None:
    test = TEST.replace(b"app.old.OldEngine", b"app.old.OldEngine.%s" % member.encode())
    plan = plan_of({**tree('shim = "alias"'), "tests/test_it.py": test})
    (item,) = plan.references
    assert (item.form, item.action) == ("patch-target", action)
    assert item.reason == ("" if action == "rewritten" else "it patches `missing`, absent on UserEngine")


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        (
            'import importlib\nE = importlib.import_module("app.old").OldEngine\n',
            'import importlib\nE = importlib.import_module("app.engine").UserEngine\n',
        ),
        (
            "from unittest.mock import patch\nimport app.old\npatch.object(app.old, 'OldEngine').start()\n",
            "from unittest.mock import patch\nimport app.engine\npatch.object(app.engine, 'UserEngine').start()\n",
        ),
    ],
)
def test_a_module_and_the_name_beside_it_move_together(source: str, wanted: str) -> None:
    files = tree('shim = "alias"', **{"app/late.py": source.encode()})
    assert apply_plan(files, plan_of(files))[-1]["app/late.py"].decode() == wanted
