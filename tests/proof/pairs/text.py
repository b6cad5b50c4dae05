"""The text around the names: comments, line ends, encoding, statements that are none of the edit."""

from __future__ import annotations

from tests.proof.pairs.allowed import IMPORT, MOVED

ACCEPTED: dict[str, tuple[str, str]] = {
    "comments survive": (
        "from pkg.legacy import (  # a\n    Eng,  # b\n)  # c\nEng()  # d '#'\n",
        "from pkg.core import (  # a\n    UserEng,  # b\n)  # c\nUserEng()  # d '#'\n",
    ),
    "one line with a semicolon": ("from pkg.legacy import Eng; Eng()\n", "from pkg.core import UserEng; UserEng()\n"),
    "no last newline, CRLF": ("from pkg.legacy import Eng\r\nEng()", "from pkg.core import UserEng\r\nUserEng()"),
}

# name: (before, after, part of the reason)
REFUSED: dict[str, tuple[str, str, str]] = {
    "as twice does not parse": (
        "from pkg.legacy import Eng as X\nX\n",
        "from pkg.core import UserEng as X as X\nX\n",
        "does not parse",
    ),
    "comment lost": (
        "from pkg.legacy import (  # why\n    Eng,\n)\nEng()\n",
        MOVED + "UserEng()\n",
        "comment",
    ),
    "comment order": ("a = 1  # one\nb = 2  # two\n", "a = 1  # two\nb = 2  # one\n", "comment '# one' became"),
    "comment added": (IMPORT + "Eng()\n", MOVED + "UserEng()  # moved\n", "is new"),
    "number changed": ("x = 1\n", "x = 1.0\n", "became"),
    "operator changed": ("x = a < b\n", "x = a <= b\n", "became"),
    "statement lost": ("a = 1\nb = 2\n", "a = 1\n", "statement was added or removed"),
    "else block lost": ("if a:\n    b\nelse:\n    c\n", "if a:\n    b\n", "vanished"),
    "async lost": ("async def f(): pass\n", "def f(): pass\n", "became"),
    "BOM lost": ("\ufeffx = 1\n", "x = 1\n", "byte order mark"),
    "line ends changed": ("x = 1\r\ny = 2\r\n", "x = 1\ny = 2\n", "line end"),
    "mixed line ends": (
        "from pkg.legacy import Eng\r\nEng\r\n",
        "from pkg.core import UserEng\nUserEng\r\n",
        "line end",
    ),
    "last newline added": (IMPORT + "Eng", MOVED + "UserEng\n", "end of the last line"),
    "cookie changed": ("# coding: latin-1\nx = 1\n", "# coding: utf-8\nx = 1\n", "encoding declaration"),
    "NUL byte": ("x = 1\n", "x = 1\0\n", "does not parse"),
    "future import late": (
        "from __future__ import annotations\n" + IMPORT + "Eng\n",
        MOVED + "from __future__ import annotations\nUserEng\n",
        "does not compile",
    ),
}
