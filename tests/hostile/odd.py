"""Names and contents that are odd, but right: git and Python take them, so nothing of them may be lost.

To add one: a name in NAMES, or contents in CONTENTS. Every file refers to the engine as `from app.legacy import
OldEngine` and `OldEngine(…)`, so that `migrated` can say byte for byte what must become of it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from itertools import cycle

_IMPORT = b"from app.legacy import OldEngine"
_PLAIN = _IMPORT + b"\n\nengine = OldEngine('a')\n"

NAMES: tuple[bytes, ...] = (
    b"-rf.py",
    b"--output=x.py",
    b":(top)x.py",
    b":!x.py",
    b"!x.py",
    b"#x.py",
    b"~x.py",
    b".py",
    b"...py",
    b" .py",
    b"*.py",
    b"app/new\nline.py",
    b"app/\n.py",
    b"app/return\r.py",
    b"app/tab\t.py",
    b"app/single'quote.py",
    b'app/double"quote.py',
    b'"app\\057x.py"/x.py',
    b"app/-C.py",
    b"app/st*r.py",
    b"app/qu?stion.py",
    b"app/br[a]cket.py",
    b"app/[.py",
    b"app/{a,b}.py",
    b"app/back\\slash.py",
    b"app/back\\.py",
    b"app/$(touch x).py",
    b"app/`x`;&|<>.py",
    b"app/%41%0a.py",
    b"app/ leading.py",
    b"app/trailing .py",
    b"trailing /user.py",
    b"trailing./user.py",
    b"app/latin-\xe9.py",
    b"app/\xff\xfe.py",
    b"\xff/[\xfe]/x.py",
    b"app/cut-short-\xf0\x9f.py",
    "app/\u00e9.py".encode(),
    "app/e\u0301.py".encode(),
    "app/\U0001f680.py".encode(),
    "app/\u202etxt.py".encode(),
    "app/\ufeff.py".encode(),
    "app/\u2028.py".encode(),
    b"app/aux.py",
    b"app/USER.py",
    b"app/gitignore.py",
    b"app/.gitx/x.py",
    b"app/" + b"l" * 252 + b".py",
    b"/".join([b"d" * 200] * 8) + b"/x.py",
)

CONTENTS: Mapping[str, bytes] = {
    "plain": _PLAIN,
    "CRLF": _PLAIN.replace(b"\n", b"\r\n"),
    "CR": _PLAIN.replace(b"\n", b"\r"),
    "mixed line ends": b"import os\r\n" + _IMPORT + b"\n\r\r\n\nengine = OldEngine(os.name)\rlast = 1\n\r",
    "byte order mark": b"\xef\xbb\xbf" + _PLAIN,
    "byte order mark and CRLF": b"\xef\xbb\xbf" + _PLAIN.replace(b"\n", b"\r\n"),
    "byte order mark and cookie": b"\xef\xbb\xbf# coding: utf-8\n" + _PLAIN,
    "form feeds": b"\x0cimport os\n\x0c\n\x0c" + _IMPORT + b"\x0c\n\x0c\n\x0cengine = OldEngine(\x0cos.name)\n\x0c",
    "no newline at the end": _PLAIN.removesuffix(b"\n"),
    "nothing but the import": _IMPORT,
    "latin-1": b"# -*- coding: latin-1 -*-\ncaf\xe9 = '\xe9'; "
    + _IMPORT
    + b"  # \xe9\nx = '\xe9', OldEngine('\xfc')  # \xa0\n",
    "cp1252 below a shebang": b"#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\n"
    + _IMPORT
    + b"\n'\x80', OldEngine('\x99')\n",
    "tabs": b"def make():\n\t" + _IMPORT + b"\n\tif\tTrue:\n\t\treturn\tOldEngine(\t'a'\t)\t\n\t\n",
    "tabs and blanks": b"if True:\n        if 1:\n\t    " + _IMPORT + b"\n\t    OldEngine('a')\n",
    "trailing blanks": _IMPORT + b" \t \n  \n\t\n\nengine = OldEngine('a')   \n \n\n\n",
    "a docstring and an import": b'"""Text.\r\n\n\tMore.   \n"""\n' + _IMPORT + b"\n",
    "one line": b"'''Text'''; import os; " + _IMPORT + b"; OldEngine(os.name);",
    "wide characters": "\U0001d4b3 = 1; ".encode()
    + _IMPORT
    + "\nx = '\U0001f680\u2028\x85\u0301', OldEngine('\U0001f680')  # \u202e\n".encode(),
    "comments between": b"# a\n\n# b\n" + _IMPORT + b"  # c\n# d\n\n\n# e\nOldEngine(  # f\n    'a'  # g\n    ,)\n# h",
    "continued lines": b"import os\n" + _IMPORT + b"\nx = \\\n  OldEngine(\\\n'a')\n\\\n\n",
    "several uses": _IMPORT + b"\nOldEngine('a');OldEngine ('b')\n",
}


def migrated(data: bytes) -> bytes:
    """Return what must become of contents, told by nothing but their text."""
    return data.replace(b"app.legacy", b"app.engine").replace(b"OldEngine", b"Engine")


def files() -> dict[str, bytes]:
    """Return every odd name, each with other contents, and all contents below plain names."""
    odd = dict(zip(map(os.fsdecode, NAMES), cycle(CONTENTS.values())))
    return odd | {f"contents/c{number}.py": data for number, data in enumerate(CONTENTS.values())}
