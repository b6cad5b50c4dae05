"""An import of a legacy module moves if all that is taken through it goes to one place; else the reason is told."""

import pytest

from tests.planner.test_local_names import TREE
from tests.planner.trees import apply_plan, plan_of

MOVED = {
    "import app.old\napp.old.Old()\n": "import app.engine\napp.engine.New()\n",
    "import app.old as o\no.Old(), o.Old\n": "import app.engine as o\no.New(), o.New\n",
    "from app import old\nold.make()\n": "from app import tools\ntools.build()\n",
    "from app import old as o\no.make()\no.keep()\n": "from app import tools as o\no.build()\no.keep()\n",
    "def f():\n    import app.old as o\n    o.Old()\n": "def f():\n    import app.engine as o\n    o.New()\n",
    "from app.old import *\nOld()\nmake()\n": (
        "from app.engine import New as Old\nfrom app.tools import build as make\nOld()\nmake()\n"
    ),
    "import importlib\nimportlib.import_module('app.old').Old()\n": (
        "import importlib\nimportlib.import_module('app.engine').New()\n"
    ),
}
STAYS = {
    "import app.old\n": "the module is imported for its own sake: nothing is taken from it here",
    "import app.old as o\no.Old(), o.make()\n": "what is taken from it goes to 2 modules",
    "import app.old as o\nprint(f'{o.Old=}')\n": "an f-string prints the name as it is written",
    "import app.old as o\no = 1\no.Old()\n": "the name is bound in another way, too",
    "from app.old import *\n": "nothing that it brings in is used here",
    "from app.old import *\nOld = 1\nmake()\n": "it also binds `Old`, which another statement binds here",
    "import app.old as o\no.Old()\no.nothing()\n": "app.old has no name `nothing`",
}


@pytest.mark.parametrize(("source", "wanted"), MOVED.items())
def test_it_moves_with_its_uses(source: str, wanted: str) -> None:
    tree = {**TREE, "app/user.py": source.encode()}
    assert apply_plan(tree, plan_of(tree))[-1]["app/user.py"].decode() == wanted


@pytest.mark.parametrize(("source", "reason"), STAYS.items())
def test_it_stays_with_a_reason(source: str, reason: str) -> None:
    tree = {**TREE, "app/user.py": source.encode()}
    plan = plan_of(tree)
    assert apply_plan(tree, plan)[-1]["app/user.py"].decode() == source
    assert reason in {item.reason for item in plan.references if item.path == "app/user.py"}


@pytest.mark.parametrize(
    ("taker", "stays"),
    [
        ("from app.user import o\n", True),
        ("from app.user import *\n", True),
        ("from app.user import x\n", False),
        ("import app.user\n", False),
    ],
)
@pytest.mark.parametrize("inside", [False, True])
def test_a_module_that_another_file_takes_from_here_stays(taker: str, stays: bool, inside: bool) -> None:
    source = "import app.old as o\nx = o.Old()\n"
    if inside:
        source = "def f():\n    import app.old as o\n    o.Old()\nx = o = 1\n"
    tree = {**TREE, "app/user.py": source.encode(), "app/taker.py": taker.encode()}
    plan = plan_of(tree)
    reasons = {item.reason for item in plan.references if item.path == "app/user.py"}
    assert ("another file takes the module from here" in reasons) == (stays and not inside)
    after = apply_plan(tree, plan)[-1]["app/user.py"]
    assert (b"app.old" in after) == (stays and not inside)
