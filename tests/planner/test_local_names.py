"""What an importer calls the replacement: its own name where that is free, else the old one; each case is applied."""

import pytest

from tests.planner.trees import Tree, apply_plan, plan_of

CONFIG = b"""
[migration]
name = "one"
target = "app.engine:New"
tests = ["tests/**"]
[[engine]]
legacy = "app.old:Old"
shim = "alias"
[engine.exports]
make = "app.tools:build"
keep = "app.tools:keep"
"""
TREE: Tree = {
    "consolidate.toml": CONFIG,
    "app/__init__.py": b"",
    "app/engine.py": b"class New: pass\n",
    "app/old.py": b"class Old: pass\ndef make(): pass\ndef keep(): pass\n",
    "app/tools.py": b"def build(): pass\ndef keep(): pass\n",
    "app/else_.py": b"New = build = 1\nother = 2\n",
}
CASES = {
    "renamed": ("from app.old import Old\nOld()\n", "from app.engine import New\nNew()\n"),
    "an alias stays": ("from app.old import Old as E\nE()\n", "from app.engine import New as E\nE()\n"),
    "an alias equal to the new name": (
        "from app.old import Old as New\nNew()\n",
        "from app.engine import New\nNew()\n",
    ),
    "the same name": ("from app.old import keep\nkeep()\n", "from app.tools import keep\nkeep()\n"),
    "taken by an assignment": (
        "from app.old import Old\nNew = 1\nOld()\n",
        "from app.engine import New as Old\nNew = 1\nOld()\n",
    ),
    "taken by a parameter around a use": (
        "from app.old import Old\ndef f(New): Old()\n",
        "from app.engine import New as Old\ndef f(New): Old()\n",
    ),
    "a parameter elsewhere is no matter": (
        "from app.old import Old\ndef f(New): pass\nOld()\n",
        "from app.engine import New\ndef f(New): pass\nNew()\n",
    ),
    "taken by an import from elsewhere": (
        "from app.old import Old\nfrom app.else_ import New\nOld()\n",
        "from app.engine import New as Old\nfrom app.else_ import New\nOld()\n",
    ),
    "the replacement is imported already": (
        "from app.old import Old\nfrom app.engine import New\nOld(), New()\n",
        "from app.engine import New\nNew(), New()\n",
    ),
    "taken by a star": (
        "from app.old import Old\nfrom app.else_ import *\nOld()\n",
        "from app.engine import New as Old\nfrom app.else_ import *\nOld()\n",
    ),
    "a star without the name is no matter": (
        "from app.old import Old\nfrom app.tools import *\nOld()\n",
        "from app.engine import New\nfrom app.tools import *\nNew()\n",
    ),
    "a class attribute keeps its name": (
        "class A:\n    from app.old import Old\n    x = Old()\n",
        "class A:\n    from app.engine import New as Old\n    x = Old()\n",
    ),
    "an f-string that prints the name": (
        "from app.old import Old\nprint(f'{Old=}')\n",
        "from app.engine import New as Old\nprint(f'{Old=}')\n",
    ),
    "looked up at run time": (
        "from app.old import Old\nglobals()['Old']\n",
        "from app.engine import New as Old\nglobals()['Old']\n",
    ),
    "looked up at run time, but not this name": (
        "from app.old import Old\nglobals()['x']\nOld()\n",
        "from app.engine import New\nglobals()['x']\nNew()\n",
    ),
    "a string of that name, but nothing looked up": (
        "from app.old import Old\nx = 'Old'\nOld()\n",
        "from app.engine import New\nx = 'Old'\nNew()\n",
    ),
    "a computed __all__ names it": (
        "from app.old import Old\nnames = ['Old']\n__all__ = names + []\nOld()\n",
        "from app.engine import New as Old\nnames = ['Old']\n__all__ = names + []\nOld()\n",
    ),
    "a literal __all__ is renamed": (
        "from app.old import Old\n__all__ = ['Old']\n",
        "from app.engine import New\n__all__ = ['New']\n",
    ),
    "bound in another way, too": (
        "try:\n    from app.old import Old\nexcept ImportError:\n    Old = None\nprint(Old)\n",
        "try:\n    from app.engine import New as Old\nexcept ImportError:\n    Old = None\nprint(Old)\n",
    ),
    "two imports of one name": (
        "if 1:\n    from app.old import Old\nelse:\n    from app.old import Old\nOld()\n",
        "if 1:\n    from app.engine import New\nelse:\n    from app.engine import New\nNew()\n",
    ),
    "two destinations of one name": (
        "if 1:\n    from app.old import Old as x\nelse:\n    from app.old import make as x\nx()\n",
        "if 1:\n    from app.engine import New as x\nelse:\n    from app.tools import build as x\nx()\n",
    ),
    "in its scope alone": (
        "def f():\n    from app.old import Old\n    Old()\ndef g(New): pass\nNew = 1\n",
        "def f():\n    from app.engine import New\n    New()\ndef g(New): pass\nNew = 1\n",
    ),
    "several names to several homes": (
        "from app.old import Old, make, keep\nOld(), make(), keep()\n",
        "from app.engine import New\nfrom app.tools import build, keep\nNew(), build(), keep()\n",
    ),
}


@pytest.mark.parametrize(("source", "wanted"), CASES.values(), ids=CASES)
def test_the_name_is_the_new_one_where_it_is_free(source: str, wanted: str) -> None:
    tree = {**TREE, "app/user.py": source.encode()}
    assert apply_plan(tree, plan_of(tree))[-1]["app/user.py"].decode() == wanted
