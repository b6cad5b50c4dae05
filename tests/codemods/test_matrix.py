"""Forms of import statement x positions: each program runs before and after, and says the same."""

import itertools
from pathlib import Path

import pytest

from planner.model import Action
from tests.planner.running import run_all, write
from tests.planner.trees import CONFIG, Tree, apply_plan, dangling, plan_of, shown, tree

FORMS = {
    "from": ("from app.old.legacy import OldEngine", "OldEngine"),
    "from as": ("from app.old.legacy import OldEngine as Eng", "Eng"),
    "from as new": ("from app.old.legacy import OldEngine as UserEngine", "UserEngine"),
    "relative": ("from .old.legacy import OldEngine", "OldEngine"),
    "several": ("from app.old.legacy import OldEngine, make, Context", "OldEngine"),
    "parentheses": ("from app.old.legacy import (OldEngine, make)", "OldEngine"),
    "module": ("import app.old.legacy", "app.old.legacy.OldEngine"),
    "module as": ("import app.old.legacy as mod", "mod.OldEngine"),
    "from package": ("from app.old import legacy", "legacy.OldEngine"),
    "from package as": ("from .old import legacy as mod", "mod.OldEngine"),
    "re-export": ("from app.api import OldEngine", "OldEngine"),
    "re-export renamed": ("from app.api import Engine", "Engine"),
    "through a package": ("from app import api", "api.OldEngine"),
}
POSITIONS = {
    "module": "{imp}\nprint({use})\n",
    "function": "def f():\n    {imp}\n    return {use}\nprint(f())\n",
    "async function": "import asyncio\nasync def f():\n    {imp}\n    return {use}\nprint(asyncio.run(f()))\n",
    "method": "class C:\n    def f(self):\n        {imp}\n        return {use}\nprint(C().f())\n",
    "class body": "class C:\n    {imp}\n    value = {use}\nprint(C.value)\n",
    "try": "try:\n    {imp}\nexcept ImportError:\n    pass\nprint({use})\n",
    "handler": "try:\n    raise ImportError\nexcept ImportError:\n    {imp}\nprint({use})\n",
    "if": "if 1:\n    {imp}\nprint({use})\n",
    "with": "import io\nwith io.StringIO():\n    {imp}\nprint({use})\n",
    "one line": "if 1: {imp}; print({use})\n",
    "type checking": (
        "import typing\nif typing.TYPE_CHECKING:\n    {imp}\n"
        "def f(x: '{name}') -> '{name}':\n    {imp}\n    return x or {use}\nprint(f(None))\n"
    ),
    "nested function": (
        "def f():\n    {imp}\n    def g():\n        return [{use} for _ in 'a'][0]\n    return g()\nprint(f())\n"
    ),
    "loop": "for n in (1, 2):\n    {imp}\n    print({use})\n",
}
USES = {"call": "{name}('a').run()", "attribute": "{name}.limit", "isinstance": "isinstance({name}(), {name})"}


def files(form: str, position: str, use: str) -> Tree:
    statement, name = FORMS[form]
    program = POSITIONS[position].format(imp=statement, use=USES[use].format(name=name), name=name)
    engine = """
        class {0}:
            limit = 3

            def __init__(self, name="n"):
                self.name = name

            def run(self):
                return "ran " + self.name
    """
    return {
        **tree(
            app____init__="",
            app__context="class Context: pass\n",
            app__engine=engine.format("UserEngine")
            + "\n\n        def build(name):\n            return UserEngine(name)\n",
            app__old__legacy="\n        from app.context import Context\n"
            + engine.format("OldEngine")
            + "\n        def make(name):\n            return OldEngine(name)\n",
            app__api="from app.old.legacy import OldEngine, OldEngine as Engine\n",
        ),
        "app/main.py": program.encode(),
        CONFIG: b'[migration]\nname = "one"\ntarget = "app.engine:UserEngine"\n[[engine]]\n'
        b'legacy = "app.old.legacy:OldEngine"\n[engine.exports]\nmake = "app.engine:build"\n',
    }


@pytest.mark.parametrize("position", POSITIONS)
def test_every_form_says_the_same_before_between_and_after(position: str, tmp_path: Path) -> None:
    cases = list(itertools.product(FORMS, USES))
    tasks, owners = [], []
    for number, (form, use) in enumerate(cases):
        before = files(form, position, use)
        plan = plan_of(before)
        stages = apply_plan(before, plan)
        assert not [phase.unproved for phase in plan.phases if phase.unproved], (form, use)
        assert not dangling(stages[-1]), (form, use)
        assert not plan_of(stages[-1]).phases, (form, use)
        main = [item for item in plan.references if item.path == "app/main.py"]
        assert any(item.action is Action.REWRITTEN for item in main), (form, use, shown(plan))
        assert not any(item.action is Action.MANUAL for item in main), (form, use, shown(plan))
        for stage, contents in enumerate(stages):
            tasks.append((write(tmp_path / f"{number}-{stage}", contents), "app.main", ""))
            owners.append((form, use))
    answers = dict.fromkeys(owners)
    for owner, (code, text) in zip(owners, run_all(tasks), strict=True):
        assert code == 0, (owner, text)
        assert text.strip()
        assert answers[owner] in (None, text), owner
        answers[owner] = text
