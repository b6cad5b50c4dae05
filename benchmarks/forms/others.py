"""Files that are out of the ordinary, and look-alikes that nobody may touch."""

from __future__ import annotations

from programs import Form, Program, files

PLAIN = """\
--- app/main.py
from app.see import see
from app.old.legacy import OldEngine

see("class", OldEngine)  # naïve
see("run", OldEngine("a").run())
"""
BROKEN = "--- app/broken.py\ndef half(:\n    return 1\n"
PYTHON_2 = b'import sys\n\nfrom app.old.legacy import OldEngine\n\nprint "run", OldEngine("a").run()  # two\n'
STUB = b"from app.old.legacy import OldEngine\n\ndef work(engine: OldEngine) -> OldEngine: ...\n"
NOTEBOOK = b"""\
{
 "cells": [
  {
   "cell_type": "code",
   "execution_count": 1,
   "metadata": {},
   "outputs": [],
   "source": [
    "from app.old.legacy import OldEngine\\n",
    "OldEngine('a').run()"
   ]
  }
 ],
 "metadata": {},
 "nbformat": 4,
 "nbformat_minor": 5
}
"""
UNTOUCHED: dict[tuple[str, str], str] = {
    ("untouchable: the name from elsewhere", "imported"): """\
--- app/other.py
class OldEngine:
    pass
--- app/main.py
from app.other import OldEngine
from app.see import see

see("class", OldEngine)
""",
    ("untouchable: the name from elsewhere", "defined"): """\
--- app/main.py
from app.see import see


class OldEngine:
    pass


see("class", OldEngine)
""",
    ("untouchable: a module that is called alike", "same last name"): """\
--- app/young/legacy.py
class OldEngine:
    pass
--- app/main.py
import app.young.legacy
from app.see import see
from app.young.legacy import OldEngine

see("class", OldEngine)
see("again", app.young.legacy.OldEngine)
""",
    ("untouchable: a module that is called alike", "begins alike"): """\
--- app/old/legacy_factory.py
class OldEngine:
    pass


class OldEngineFactory:
    pass
--- app/main.py
from app.old.legacy_factory import OldEngine, OldEngineFactory
from app.see import load, see

see("class", OldEngine)
see("factory", OldEngineFactory)
see("loaded", load("app.old.legacy_factory.OldEngine"))
""",
    ("untouchable: another name of the legacy module", "plain"): """\
--- app/main.py
from app.old.legacy import helper
from app.see import see

see("helper", helper())
""",
}


def moved(data: bytes) -> frozenset[bytes]:
    """Return what counts as right for a file that isn't run: the class renamed, or imported under its old name."""
    renamed = data.replace(b"app.old.legacy", b"app.engine").replace(b"OldEngine", b"UserEngine")
    kept = data.replace(b"app.old.legacy import OldEngine", b"app.engine import UserEngine as OldEngine")
    return frozenset((renamed, kept))


def with_text(path: str, data: bytes) -> Program:
    """Return a program beside which stands a file that can't be run."""
    return Program(files(PLAIN) | {path: data}, texts={path: moved(data)})


def encoded(change: tuple[bytes, bytes] = (b"", b""), head: bytes = b"", codec: str = "utf-8") -> Program:
    data = files(PLAIN)["app/main.py"].decode().encode(codec)
    return Program({"app/main.py": head + (data.replace(*change) if change[0] else data)})


def forms() -> list[Form]:
    no_end = encoded((b"\n", b"\r\n")).files["app/main.py"].removesuffix(b"\r\n")
    tabs = files(PLAIN)["app/main.py"].replace(b"see(", b"if 1:\n\tsee(").replace(b"\n\n", b"\n\x0c\n  \n")
    found = [
        Form(
            "file with CRLF, and no last line end",
            {
                "CRLF": encoded((b"\n", b"\r\n")),
                "both": Program({"app/main.py": no_end}),
                "no last line end": Program({"app/main.py": files(PLAIN)["app/main.py"][:-1]}),
            },
        ),
        Form(
            "byte order mark, latin-1, tabs, form feed",
            {
                "byte order mark": encoded(head=b"\xef\xbb\xbf"),
                "latin-1": encoded(head=b"# -*- coding: latin-1 -*-\n", codec="latin-1"),
                "tabs, form feed": Program({"app/main.py": tabs}),
            },
        ),
        Form("file that does not parse beside it", {"plain": Program(files(BROKEN + PLAIN))}),
        Form("Python 2 file", {"plain": with_text("app/two.py", PYTHON_2)}),
        Form("stub", {"plain": with_text("app/typed.pyi", STUB)}),
        Form("notebook", {"plain": with_text("app/notes.ipynb", NOTEBOOK)}),
    ]
    alike: dict[str, dict[str, Program]] = {}
    for (name, variant), text in UNTOUCHED.items():
        tail = '\n\ndef helper():\n    return "helped"\n' if "helper" in text else ""
        exports = "helper = false" if tail else ""
        alike.setdefault(name, {})[variant] = Program(files(text), tail=tail, exports=exports, untouched=True)
    return found + [Form(name, programs) for name, programs in alike.items()]
