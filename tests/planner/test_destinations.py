"""Where a name of a legacy module goes: told name by name, redirects followed to their end."""

import pytest

from tests.planner.trees import Tree, plan_of

CONFIG = b"""
[migration]
name = "one"
target = "app.engine:New"
[[engine]]
legacy = "app.old:Old"
[engine.exports]
make = "app.tools:build"
gone = false
[[engine]]
legacy = "app.older:Older"
replacement = "app.old:Old"
[[engine]]
legacy = "app.whole"
replacement = "app.tools"
[[engine]]
legacy = "app.look:Alike"
mode = "report"
[[engine]]
legacy = "app.lost:Lost"
"""
TREE: Tree = {
    "app/__init__.py": b"from app.deep import thing as packaged\n",
    "app/engine.py": b"class New: pass\n",
    "app/tools.py": b"def build(): pass\ndef keep(): pass\n",
    "app/deep.py": b"from app.home import thing, other as renamed\nimport app.home as mod\nthing2 = thing\n",
    "app/home.py": b"thing = other = 1\n",
    "app/old.py": (
        b"import json\nfrom json import loads\nfrom app import deep, packaged\nfrom app.deep import thing, renamed\n"
        b"from . import home as near\nfrom .home import other\nfrom app.deep import thing2, mod\n"
        b"class Old: pass\ndef make(): pass\ndef gone(): pass\ndef inner(): pass\n"
    ),
    "app/older.py": b"class Older: pass\n",
    "app/whole.py": b"def keep(): pass\n",
    "app/look.py": b"class Alike: pass\ndef beside(): pass\n",
}
DEFINED = "is defined in app.old and is not in exports"
CASES = {
    "app.old Old": "app.engine:New",
    "app.older Older": "app.engine:New",
    "app.old make": "app.tools:build",
    "app.old gone": "`gone` has no successor: its definition stays in app.old",
    "app.old inner": f"`inner` {DEFINED}",
    "app.old loads": "json:loads",
    "app.old thing": "app.home:thing",
    "app.old renamed": "app.home:other",
    "app.old other": "app.home:other",
    "app.old thing2": "app.deep:thing2",
    "app.old packaged": "app:packaged",
    "app.old mod": "app.deep:mod",
    "app.old json": "`json` is a module that app.old imports",
    "app.old deep": "`deep` is a module that app.old imports",
    "app.old near": "`near` is a module that app.old imports",
    "app.old nothing": "app.old has no name `nothing`",
    "app.whole keep": "app.tools:keep",
    "app.look Alike": "reported only: this engine is not consolidated",
    "app.look beside": "reported only: this engine is not consolidated",
    "app.lost Lost": "app.engine:New",
    "app.lost other": "app.lost is gone and `other` is not in exports",
}


def told(files: Tree, module: str, name: str) -> str:
    """Return the new home in the plan, or the reason why there is none."""
    plan = plan_of({**files, "use.py": f"from {module} import {name} as x\nx\n".encode()})
    (item,) = [item for item in plan.references if item.path == "use.py" and item.form == "from-import"]
    edits = [edit for phase in plan.phases for edit in phase.files if edit.path == "use.py"]
    return dict(edits[0].renames)[f"{module}.{name}"] if edits else item.reason


@pytest.mark.parametrize(("taken", "goes"), CASES.items())
def test_a_name_goes_where_its_engine_says_or_where_it_comes_from(taken: str, goes: str) -> None:
    module, name = taken.split()
    files = {**TREE, "consolidate.toml": CONFIG}
    assert told(files, module, name) == (goes if " " in goes else goes.replace(":", "."))
