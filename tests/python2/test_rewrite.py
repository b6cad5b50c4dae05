"""Rewriting Python 2 files: what changes, byte for byte, and what is left alone."""

import pytest

from codemods.python2 import rewrite
from planner.model import Symbol, apply_edits
from tests.python2.renames import RENAMES


def rewritten(source: str | bytes, filename: str = "scripts/x.py") -> bytes:
    data = source.encode() if isinstance(source, str) else source
    return apply_edits(data, rewrite(data, RENAMES, filename))


REWRITES = {
    "a name and its uses": (
        "from app.old import Old\nprint Old(1), `Old.x`, obj.Old, f(Old=Old)\n",
        "from app.new import New\nprint New(1), `New.x`, obj.Old, f(Old=New)\n",
    ),
    "a name that keeps its spelling": (
        "from app.old import make\nmake = 1 or make\nexec code\nprint 'make'\n",
        "from app.new import make\nmake = 1 or make\nexec code\nprint 'make'\n",
    ),
    "an alias": (
        "from app.old import Old as Eng\nprint Eng\n",
        "from app.new import New as Eng\nprint Eng\n",
    ),
    "an alias that equals the new name": (
        "from app.old import Old as New # c\nprint New\n",
        "from app.new import New # c\nprint New\n",
    ),
    "except, raise, exec, octal, prefixes, tuples": (
        (
            "from app.old import Old\n"
            "try: raise Old, 'x'\nexcept Old, e: pass\nexcept (Old, E), (a, b): pass\n"
            "exec 'x = 1' in {}\nx = 0777L <> ur'\\d'\ndef f(a=Old, (b, c)=(Old, 1)): return lambda d=Old: d\n"
        ),
        (
            "from app.new import New\n"
            "try: raise New, 'x'\nexcept New, e: pass\nexcept (New, E), (a, b): pass\n"
            "exec 'x = 1' in {}\nx = 0777L <> ur'\\d'\ndef f(a=New, (b, c)=(New, 1)): return lambda d=New: d\n"
        ),
    ),
    "classes, decorators, comprehensions, prints to a file": (
        (
            "from app.old import Old\n@Old.deco(1)\n@Old\nclass A(Old):\n    b = [Old for x in Old]\n"
            "    Old.c = Old[Old]\n    print >>Old, Old\n"
        ),
        (
            "from app.new import New\n@New.deco(1)\n@New\nclass A(New):\n    b = [New for x in New]\n"
            "    New.c = New[New]\n    print >>New, New\n"
        ),
    ),
    "several lines with comments": (
        "from app.old import ( # one\n    Old, # two\n    make as m, \\\n    )\nprint Old, m\n",
        "from app.new import ( # one\n    New, # two\n    make as m, \\\n    )\nprint New, m\n",
    ),
    "names that go to different homes": (
        "if 1:\n\tfrom app.old import Old, stays, make, LIMIT as L # c\n\tprint Old\n",
        (
            "if 1:\n\tfrom app.new import New, make\n\tfrom app.old import stays\n"
            "\tfrom lib.limits import LIMIT as L # c\n"
            "\tprint New\n"
        ),
    ),
    "two names that become one": (
        "from app.old import Old, Old as O\nfrom app.older import Older\nprint Old, O, Older\n",
        "from app.new import New, New as O\nfrom app.new import New\nprint New, O, New\n",
    ),
    "the new name is imported already": (
        "from app.new import New\nfrom app.old import Old\nprint Old, New\n",
        "from app.new import New\nfrom app.new import New\nprint New, New\n",
    ),
    "imports in functions": (
        "def f():\n  from app.old import Old\n  def g(): print Old\n\ndef h():\n  from app.old import Old; print Old\n",
        "def f():\n  from app.new import New\n  def g(): print New\n\ndef h():\n  from app.new import New; print New\n",
    ),
    "a module and what is taken through it": (
        "import sys, app.old, app.other\nprint app.old.Old(1), app.other.x, app.old.make\n",
        "import sys, app.new, app.other\nprint app.new.New(1), app.other.x, app.new.make\n",
    ),
    "a module under another name": (
        "import app.old as o\nprint o.Old, o.make(Old=1)\n",
        "import app.new as o\nprint o.New, o.make(Old=1)\n",
    ),
    "a module from its package": (
        "from app import old, other\nprint old.Old, other.old\n",
        "from app import new, other\nprint new.New, other.old\n",
    ),
    "a module of another top-level package": (
        "import app.old\nprint app.old.LIMIT\n",
        "import lib.limits\nprint lib.limits.LIMIT\n",
    ),
    "a whole module": (
        (
            "import app.util.whole\nfrom app.util.whole import a, b as c\nfrom app.util import whole, x\n"
            "print app.util.whole.f, a, c, whole.g\n"
        ),
        (
            "import app.util2.moved\nfrom app.util2.moved import a, b as c\nfrom app.util2 import moved\n"
            "from app.util import x\nprint app.util2.moved.f, a, c, moved.g\n"
        ),
    ),
    "no last newline": ("from app.old import Old\nprint Old", "from app.new import New\nprint New"),
    "the print function": (
        "from __future__ import print_function\nfrom app.old import Old\nprint(Old, end='')\nexec 'x'\n",
        "from __future__ import print_function\nfrom app.new import New\nprint(New, end='')\nexec 'x'\n",
    ),
    "a docstring that mentions it": (
        '"""Uses Old of app.old."""\nfrom app.old import Old # Old\nprint Old, "an Old one"\n',
        '"""Uses Old of app.old."""\nfrom app.new import New # Old\nprint New, "an Old one"\n',
    ),
    "an attribute of that name is set": (
        "from app.old import Old\nself.New = Old.New = 1\nprint Old\n",
        "from app.new import New\nself.New = New.New = 1\nprint New\n",
    ),
}


@pytest.mark.parametrize("case", REWRITES)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_rewritten(case: str, newline: str) -> None:
    before, after = (text.replace("\n", newline).encode() for text in REWRITES[case])
    assert rewritten(before) == after
    assert rewritten(after) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            b"# -*- coding: latin-1 -*-\nfrom app.old import Old\nx = '\xe9\xfc', Old # \xe9\n",
            b"# -*- coding: latin-1 -*-\nfrom app.new import New\nx = '\xe9\xfc', New # \xe9\n",
        ),
        (b"from app.old import Old\nx = '\xe9', Old\nprint x", b"from app.new import New\nx = '\xe9', New\nprint x"),
        (
            b"\xef\xbb\xbffrom app.old import Old\nx = u'\xc3\xa9\xe2\x80\xa8', Old\n",
            b"\xef\xbb\xbffrom app.new import New\nx = u'\xc3\xa9\xe2\x80\xa8', New\n",
        ),
        (
            # In this encoding the second byte of the character is a backslash.
            b"#!/usr/bin/python\n# vim: fileencoding=shift_jis\nfrom app.old import Old\nx = '\x83\x5c', Old\n",
            b"#!/usr/bin/python\n# vim: fileencoding=shift_jis\nfrom app.new import New\nx = '\x83\x5c', New\n",
        ),
        (
            b"from app.old import Old\n\x0cif 1:\n\tprint Old\n        print Old  \t\n\n",
            b"from app.new import New\n\x0cif 1:\n\tprint New\n        print New  \t\n\n",
        ),
        (
            b"from app.old import Old\nprint Old \\\r\n  , Old\r\n",
            b"from app.new import New\nprint New \\\r\n  , New\r\n",
        ),
    ],
    ids=["cookie", "no cookie", "byte order mark", "shift_jis", "tabs and form feed", "mixed line ends"],
)
def test_no_other_byte_changes(before: bytes, after: bytes) -> None:
    assert rewritten(before) == after


def test_an_edit_spans_the_name_and_no_more() -> None:
    source = b"# \xc3\xa9\nimport app.old\nprint app.old.Old.x\n"
    edits = rewrite(source, RENAMES, "x.py")
    assert [(edit.start, edit.end, edit.old, edit.new, edit.line, edit.codemod) for edit in edits] == [
        (12, 19, "app.old", "app.new", 2, "python2"),
        (30, 37, "old.Old", "new.New", 3, "python2"),
    ]


NOTHING = {
    "another module with the same last name": "from lib.old import Old\nprint Old\n",
    "a module that begins alike": "from app.old_ones import Old\nimport app.oldish\nprint Old, app.oldish.Old\n",
    "a name without import": "print Old, app.old.Old\n",
    "another name of the module": "from app.old import stays\nprint stays\n",
    "a name in a string or comment": "print 'app.old.Old' # app.old.Old\n",
    "a relative import of another package": "from .old import Old\nimport old\nprint Old, old.Old\n",
    "a star import of another module": "from app.other import *\nfrom app.util import *\nprint Old\n",
    "nothing at all": "print 1\n",
}


@pytest.mark.parametrize("case", NOTHING)
def test_left_alone(case: str) -> None:
    assert rewrite(NOTHING[case].encode(), RENAMES, "scripts/x.py") == ()


def test_a_module_that_moves_up_leaves_no_part_of_its_path() -> None:
    renames = ((Symbol("app.old.old"), Symbol("app.old")), (Symbol("a.b.c.c"), Symbol("a.c")))
    source = b"import app.old.old\nimport a.b.c.c\nprint app.old.old.x, a.b.c.c.y\n"
    after = apply_edits(source, rewrite(source, renames, "x.py"))
    assert after == b"import app.old\nimport a.c\nprint app.old.x, a.c.y\n"
