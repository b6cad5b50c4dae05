"""Refusals to rewrite Python 2 files: what is not certain to mean the same afterwards, each with its reason."""

import logging

import pytest

from codemods.python2 import Python2Error, rewrite
from planner.model import Symbol
from tests.python2.renames import RENAMES

REFUSED = {
    "assigned": ("from app.old import Old\nOld = Old or 1\n", "Old is bound again"),
    "assigned in a tuple": ("from app.old import Old\n(a, [Old]) = 1\n", "Old is bound again"),
    "augmented": ("from app.old import Old\nOld += 1\n", "Old is bound again"),
    "a fallback": ("try:\n    from app.old import Old\nexcept ImportError:\n    Old = None\n", "Old is bound again"),
    "a function": ("from app.old import Old\ndef Old(): pass\n", "Old is bound again"),
    "a class": ("from app.old import Old\nclass Old: pass\n", "Old is bound again"),
    "a parameter": ("from app.old import Old\ndef f(Old): print Old\n", "Old is bound again"),
    "one parameter of many": ("from app.old import Old\ndef f(a, b=1, *Old): print Old\n", "Old is bound again"),
    "a parameter in a tuple": ("from app.old import Old\ndef f((a, Old)): print Old\n", "Old is bound again"),
    "a parameter of lambda": ("from app.old import Old\nf = lambda Old: Old\n", "Old is bound again"),
    "one of many of lambda": ("from app.old import Old\nf = lambda a, Old=1: Old\n", "Old is bound again"),
    "a loop": ("from app.old import Old\nfor a, Old in x: pass\n", "Old is bound again"),
    "a comprehension": ("from app.old import Old\nx = [Old for Old in x]\n", "Old is bound again"),
    "a generator": ("from app.old import Old\nx = f(Old for (a, Old) in x)\n", "Old is bound again"),
    "an exception": ("from app.old import Old\ntry: pass\nexcept E, Old: pass\n", "Old is bound again"),
    "with": ("from app.old import Old\nwith x as Old: pass\n", "Old is bound again"),
    "one with of many": ("from app.old import Old\nwith x, y as Old: pass\n", "Old is bound again"),
    "global": ("from app.old import Old\ndef f():\n    global Old\n", "Old is bound again"),
    "deleted": ("from app.old import Old\ndel Old\n", "Old is bound again"),
    "deleted among others": ("from app.old import Old\ndel x, Old\n", "Old is bound again"),
    "another import": ("from app.old import Old\nfrom x import Old\n", "more than one import"),
    "an import under that name": ("from app.old import Old\nimport x as Old\n", "more than one import"),
    "the new name is assigned": ("from app.old import Old\nNew = Old\n", "New already has a meaning"),
    "the new name is used": ("from app.old import Old\nprint New\n", "New already has a meaning"),
    "the new name is a parameter": ("from app.old import Old\ndef f(New): print Old\n", "New already has a meaning"),
    "the new name is another import": ("from app.old import Old\nfrom x import New\n", "imported from elsewhere"),
    "not visible": ("def f():\n    from app.old import Old\nprint Old\n", "not visible"),
    "in a class": ("class A:\n    from app.old import Old\n    x = Old\n", "in the body of a class"),
    "a star import": ("from app.old import *\nprint Old\n", "star import of app.old"),
    "a string with the name": ("from app.old import Old\n__all__ = ['Old']\n", "a string names Old"),
    "a string with the path": ("from app.old import make\nprint 'app.old.make'\n", "a string names app.old"),
    "a statement that is more than a string": ("from app.old import Old\n'app.old.x' + x\n", "a string names app.old"),
    "a string that is called": ("from app.old import Old\n'app.old.x'()\n", "a string names app.old"),
    "exec of anything by eval": ("from app.old import Old\nprint eval(code)\n", "made at run time"),
    "exec of a file": ("from app.old import Old\nexecfile(path)\n", "made at run time"),
    "exec with the name": ("from app.old import Old\nexec 'print Old'\n", "a string names Old"),
    "exec of anything": ("from app.old import Old\nexec code in {}\n", "made at run time"),
    "eval of anything": ("from app.old import Old\nprint eval('1' + x)\n", "made at run time"),
    "a format with the local names": ("from app.old import Old\nprint 'an %(Old)s' % locals()\n", "a string names Old"),
    "a bare use of the module": ("import app.old as o\nprint o.Old, o\n", "does not all go to one module"),
    "another member of the module": ("import app.old as o\nprint o.Old, o.x\n", "does not all go to one module"),
    "members with different homes": ("import app.old\nprint app.old.Old, app.old.LIMIT\n", "does not all go to one"),
    "a module without uses": ("import app.old\nprint 1\n", "does not all go to one"),
    "a member reached through the package": ("import app\nprint app.old.Old\n", "through the import of app"),
    "a use that only this import provides": ("import app.old\nprint app.old.LIMIT, app.x\n", "an import that moves"),
    "written with blanks": ("import app.old\nprint app . old . Old\n", "written with blanks"),
    "a comment between names with two homes": (
        "from app.old import (Old, # c\n  LIMIT)\nprint Old\n",
        "there is a comment",
    ),
    "two homes on a line with other code": ("if 1: from app.old import Old, LIMIT\nprint Old\n", "other code stands"),
    "two homes before a semicolon at the end": ("from app.old import Old, LIMIT;", "other code stands"),
    "two homes before other code": ("from app.old import Old, LIMIT; print Old\n", "other code stands"),
    "broken": ("from app.old import Old\nprint Old (\n", "Bowler cannot parse it: .*EOF in multi-line"),
    "a broken string": ("from app.old import Old\nprint '''Old\n", "Bowler"),
    "broken indentation": ("from app.old import Old\nif 1:\n    print 1\n  print Old\n", "Bowler"),
    "newer syntax": ("from app.old import Old\nmatch x:\n    case Old(): pass\n", "Bowler cannot parse it: bad input"),
    "an unknown encoding": ("# coding: nonsense\nfrom app.old import Old\nprint Old\n", "unknown encoding"),
    "an encoding that is no text": ("# coding: rot13\nfrom app.old import Old\nprint Old\n", "cannot be read"),
    "lone carriage returns": ("from app.old import Old\rprint Old\r", "lone carriage return"),
    "nested too deeply": (
        "from app.old import Old\nx = " + "(" * 3000 + "Old" + ")" * 3000 + "\n",
        "too deeply|Bowler",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case: str) -> None:
    source, reason = REFUSED[case]
    with pytest.raises(Python2Error, match=reason):
        rewrite(source.encode(), RENAMES, "scripts/x.py")


@pytest.mark.parametrize("new", [Symbol("app.new", "N\u00e9w"), Symbol("app.print", "New"), Symbol("app.new", "A.b")])
def test_a_new_name_that_python_2_cannot_import_is_refused(new: Symbol) -> None:
    with pytest.raises(Python2Error):
        rewrite(b"from app.old import Old\nprint Old\n", ((RENAMES[0][0], new),), "x.py")


@pytest.mark.parametrize(
    ("source", "filename"),
    [
        ("from .old import Old\n", "src/app/x.py"),
        ("from . import old\n", "app/x.py"),
        ("from ..old import Old\n", "app/sub/x.py"),
        ("from old import Old\n", "app/x.py"),
        ("import old\nprint old.Old\n", "app/x.py"),
        ("from old import *\n", "app/x.py"),
        ("from util import whole\n", "app/x.py"),
    ],
)
def test_a_relative_import_that_means_a_legacy_module_is_refused(source: str, filename: str) -> None:
    with pytest.raises(Python2Error, match="imported relatively"):
        rewrite(source.encode(), RENAMES, filename)
    assert rewrite(source.encode(), RENAMES, "elsewhere/x.py") == ()


def test_absolute_import_makes_an_implicitly_relative_import_another_module() -> None:
    source = b"from __future__ import absolute_import\nfrom old import Old\nprint Old\n"
    assert rewrite(source, RENAMES, "app/x.py") == ()


def test_a_failure_to_parse_is_not_logged(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(Python2Error):
        rewrite(b"from app.old import Old\nprint (\n", RENAMES, "x.py")
    assert caplog.records == []
    assert capfd.readouterr() == ("", "")
