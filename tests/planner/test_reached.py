"""A patch follows a name to the module that hands it on, and the name there."""

import pytest

from tests.planner.trees import Tree, apply_plan, plan_of

TREE: Tree = {
    "consolidate.toml": b'[migration]\nname = "m"\ntarget = "app.new:New"\n[[engine]]\nlegacy = "app.old:Old"\n',
    "app/__init__.py": b"",
    "app/old.py": b"class Old:\n    def run(self): ...\n",
    "app/new.py": b"class New:\n    def run(self): ...\n",
    "app/mid.py": b"from app.old import Old\n\n\ndef make():\n    return Old()\n",
}


@pytest.mark.parametrize("reached", ["app.mid.Old", "app.mid.Old.run"])
def test_a_patch_target_follows_the_name_that_a_module_hands_on(reached: str) -> None:
    source = f"from unittest import mock\nmock.patch('{reached}').start()\n"
    files = {**TREE, "tests/test_it.py": source.encode()}
    plan = plan_of(files)
    after = apply_plan(files, plan)[-1]
    assert after["app/mid.py"] == TREE["app/mid.py"].replace(b"app.old", b"app.new").replace(b"Old", b"New")
    assert after["tests/test_it.py"].decode() == source.replace("Old", "New")


@pytest.mark.parametrize("reached", ["app.hub.m.Old", "app.hub.m.Old.run"])
def test_a_patch_target_is_listed_however_far_the_way_to_its_name(reached: str) -> None:
    source = f"from unittest import mock\nmock.patch('{reached}').start()\n"
    plan = plan_of({**TREE, "app/hub.py": b"import app.mid as m\n", "tests/test_it.py": source.encode()})
    assert [item.form for item in plan.references if item.path == "tests/test_it.py"] == ["patch-target"]
