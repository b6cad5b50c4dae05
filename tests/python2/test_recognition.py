"""Telling Python 2 files from Python 3 and from broken ones, by a parser that is imported only for them."""

import subprocess
import sys
from pathlib import Path

import pytest

from codemods.python2 import is_python2


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
