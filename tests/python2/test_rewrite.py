"""Rewriting Python 2 files: what changes, byte for byte, and what is refused."""

import logging
import subprocess
import sys
from pathlib import Path

import pytest

from codemods.python2 import Python2Error, is_python2, rewrite
from planner.model import Symbol, apply_edits

RENAMES = (
    (Symbol("app.old", "Old"), Symbol("app.new", "New")),
    (Symbol("app.old", "make"), Symbol("app.new", "make")),
    (Symbol("app.old", "LIMIT"), Symbol("lib.limits", "LIMIT")),
    (Symbol("app.older", "Older"), Symbol("app.new", "New")),
    (Symbol("app.util.whole"), Symbol("app.util2.moved")),
)


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


def test_bowler_is_imported_late_warns_nothing_starts_no_process_and_writes_no_cache(tmp_path: Path) -> None:
    code = """
import multiprocessing.synchronize, sys
def never(*args, **kwargs): raise SystemExit("a semaphore or a process was made")
multiprocessing.synchronize.SemLock.__init__ = multiprocessing.process.BaseProcess.start = never
from codemods.python2 import is_python2
assert not {"bowler", "fissix", "click"} & set(sys.modules)
assert not is_python2(b"x = 1\\n") and "fissix" not in sys.modules
assert is_python2(b"print 1\\n") and "bowler" in sys.modules
"""
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-B", "-W", "error", "-c", code],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        env={"HOME": str(tmp_path), "PYTHONPATH": str(root)},
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "source",
    [
        b"print 'x'\n",
        b"print\nprint x,\n",
        b"exec 'x'\n",
        b"try: pass\nexcept E, e: pass\n",
        b"raise E, 'x'\n",
        b"x = `1`\n",
        b"x = 0777\n",
        b"x = 10L\n",
        b"x = ur'a'\n",
        b"x = 1 <> 2\n",
        b"def f((a, b)): pass\n",
        b"f = lambda (a, b): a\n",
        b"if x:\n        a = 1\n\tb = 1\n",
        b"# coding: latin-1\nprint '\xe9'\n",
        b"print '\xe9'\n",
    ],
)
def test_python_2_is_recognised(source: bytes) -> None:
    assert is_python2(source)


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"print('x')\n",
        b"print >>f, x\n",
        b"x = '\\d'\n",
        b"print('x'\n",
        b"def f(:\n",
        b"x = 0777 +\n",
        b"\0",
        b"match x:\n    case 1: pass\n",
        b"print(f'{x!r:{'>'}10}')\n",
        b"# coding: nonsense\nprint 1\n",
        b"x = " + b"(" * 3000 + b")" * 3000,
    ],
)
def test_what_python_3_reads_and_what_is_broken_is_not_python_2(source: bytes) -> None:
    assert not is_python2(source)


def test_a_module_that_moves_up_leaves_no_part_of_its_path() -> None:
    renames = ((Symbol("app.old.old"), Symbol("app.old")), (Symbol("a.b.c.c"), Symbol("a.c")))
    source = b"import app.old.old\nimport a.b.c.c\nprint app.old.old.x, a.b.c.c.y\n"
    after = apply_edits(source, rewrite(source, renames, "x.py"))
    assert after == b"import app.old\nimport a.c\nprint app.old.x, a.c.y\n"
