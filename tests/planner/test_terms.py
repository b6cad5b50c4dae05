"""What the plan tells of a contract, on a small repository that is planned whole."""

import pytest

from planner.agreement import Verdict
from tests.planner.trees import plan_of

CONFIG = """
[migration]
name = "m"
target = "app.new:New"

[[engine]]
legacy = "app.old:Old"

[[engine]]
legacy = "app.older:Older"
"""
FILES = {
    "consolidate.toml": CONFIG,
    "app/__init__.py": "",
    "app/old.py": (
        "class Old:\n    limit = 1\n\n    def __init__(self, name):\n        self.name = name\n\n"
        "    def run(self, task): ...\n    async def stop(self): ...\n    def wait(self, seconds=1): ...\n"
    ),
    "app/older.py": "class Older:\n    def __init__(self, name): ...\n    def run(self, task): ...\n",
    "app/new.py": "class New:\n    def __init__(self, name):\n        self.name = name\n\n    def stop(self): ...\n",
    "app/a.py": "from app.old import Old\n\nx = Old('a')\nx.run(1)\nx.run(2)\nprint(x.name)\n",
    "app/b.py": "from app.old import Old\nfrom app.older import Older\n\n\ndef f(x):\n  x.run(Old, Older)\n  x.limit\n",
    "app/c.py": "from app.old import Old\n\n\nasync def f(x: Old):\n    await x.stop()\n",
    "app/d.py": "from app.old import Old\n\n\nclass Sub(Old):\n    def f(self):\n        self.wait()\n",
}


@pytest.fixture(scope="module")
def plan():
    return plan_of({path: text.encode() for path, text in FILES.items()})


def test_every_member_that_importers_use_has_a_verdict(plan):
    members = {item.member: item for item in plan.engines[0].contract.members}
    assert {name: (item.uses, item.files, item.verdict) for name, item in members.items()} == {
        "run": (3, 2, Verdict.ABSENT),
        "limit": (1, 1, Verdict.ABSENT),
        "name": (1, 1, Verdict.SAME),
        "stop": (1, 1, Verdict.DIFFERS),
        "wait": (1, 1, Verdict.ABSENT),
    }
    assert members["stop"].how == "method instead of async method on New"
    assert (members["stop"].legacy, members["stop"].replacement) == ("async stop()", "stop()")
    assert members["run"].places == ("app/a.py:4", "app/a.py:5", "app/b.py:6")
    assert members["run"].certain == ("app/a.py:4", "app/a.py:5")
    assert members["limit"].kind == "class attribute"


def test_the_constructor_counts_its_calls(plan):
    made = plan.engines[0].contract.constructor
    assert (made.legacy, made.replacement, made.verdict) == ("(name)", "(name)", Verdict.SAME)
    assert dict(made.calls) == {"bridged": 0, "fit": 1, "unfit": 0}


def test_additions_count_a_place_once_and_free_importers_one_after_the_other(plan):
    assert [(row.signature, row.uses, row.files, row.frees, len(row.engines)) for row in plan.additions] == [
        ("run(self, task)", 3, 2, 1, 2),
        ("limit", 1, 1, 2, 1),
        ("async stop(self)", 1, 1, 3, 1),
        ("wait(self, seconds=…)", 1, 1, 4, 1),
    ]
