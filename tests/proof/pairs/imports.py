"""Names imported from a module: moved, merged, split, guarded by `try` and `TYPE_CHECKING`, dropped and added."""

from __future__ import annotations

from tests.proof.pairs.allowed import IMPORT, MOVED

ACCEPTED: dict[str, tuple[str, str]] = {
    "nothing changed": (IMPORT + "Eng()\n", IMPORT + "Eng()\n"),
    "rename import and use": (IMPORT + "x = Eng()\n", MOVED + "x = UserEng()\n"),
    "keep the local name": (IMPORT + "x = Eng()\n", "from pkg.core import UserEng as Eng\nx = Eng()\n"),
    "alias collapses": ("from pkg.legacy import Eng as UserEng\nUserEng()\n", MOVED + "UserEng()\n"),
    "alias stays": (
        "from pkg.legacy import Eng as E\nE()\n",
        "from pkg.core import UserEng as E\nE()\n",
    ),
    "split by destination": (
        "from pkg.legacy import (\n    Eng,\n    Context,\n    other,\n)\nEng(Context, other)\n",
        (
            "from pkg.core import UserEng\nfrom pkg.context import Context\nfrom pkg.legacy import other\n"
            "UserEng(Context, other)\n"
        ),
    ),
    "merge with the import that precedes": (
        MOVED + IMPORT + "a = Eng, UserEng\n",
        MOVED + "a = UserEng, UserEng\n",
    ),
    "merge inside one statement": (
        "from pkg.legacy import Eng, Sup\nEng, Sup\n",
        "from pkg.core import UserEng\nUserEng, UserEng\n",
    ),
    "merge further up": (MOVED + "import os\nx = 1\n" + IMPORT + "Eng()\n", MOVED + "import os\nx = 1\nUserEng()\n"),
    "both names end up the same": (
        "from pkg.legacy import Eng\nfrom pkg import Eng as Other\nEng(Other)\n",
        "from pkg.core import UserEng\nUserEng(UserEng)\n",
    ),
    "relative import": (
        "from .legacy import Eng\nEng()\n",
        "from ..core import UserEng\nUserEng()\n",
    ),
    "relative becomes absolute": ("from .legacy import Eng\nEng()\n", MOVED + "UserEng()\n"),
    "function-local import": (
        "def f():\n    from pkg.legacy import Eng\n    return Eng()\n",
        "def f():\n    from pkg.core import UserEng\n    return UserEng()\n",
    ),
    "function-local import beside the module's": (
        MOVED + "def f():\n    from pkg.legacy import Eng\n    return Eng(UserEng)\n",
        MOVED + "def f():\n    from pkg.core import UserEng\n    return UserEng(UserEng)\n",
    ),
    "TYPE_CHECKING": (
        (
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n"
            "    from pkg.legacy import Eng\ndef f(x: 'Eng') -> Eng: ...\n"
        ),
        (
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from pkg.core import UserEng\n"
            "def f(x: 'UserEng') -> UserEng: ...\n"
        ),
    ),
    "try with a fallback keeps the local name": (
        "try:\n    from pkg.legacy import Eng\nexcept ImportError:\n    Eng = None\nEng\n",
        "try:\n    from pkg.core import UserEng as Eng\nexcept ImportError:\n    Eng = None\nEng\n",
    ),
    "try without a fallback": (
        "try:\n    from pkg.legacy import Eng\nexcept ImportError:\n    raise\nEng()\n",
        "try:\n    from pkg.core import UserEng\nexcept ImportError:\n    raise\nUserEng()\n",
    ),
    "two alternatives become one": (
        "try:\n    from pkg.legacy import Eng\nexcept ImportError:\n    from pkg import Eng\nEng()\n",
        "try:\n    from pkg.core import UserEng\nexcept ImportError:\n    from pkg.core import UserEng\nUserEng()\n",
    ),
    "two alternatives, one moves": (
        "try:\n    from pkg.legacy import Eng\nexcept ImportError:\n    from vendor import Eng\nEng()\n",
        (
            "try:\n    from pkg.core import UserEng\nexcept ImportError:\n"
            "    from vendor import Eng as UserEng\nUserEng()\n"
        ),
    ),
    "imported twice in a row": (
        "from vendor import Eng\n" + IMPORT + "Eng()\n",
        "from vendor import Eng as UserEng\n" + MOVED + "UserEng()\n",
    ),
    "imported twice as the same": (
        "from pkg.core import UserEng\nfrom pkg.legacy import other, Eng as UserEng\nUserEng(other)\n",
        "from pkg.core import UserEng\nfrom pkg.legacy import other\nUserEng(other)\n",
    ),
    "imported twice as the same, another name in between": (
        "from pkg.core import UserEng\nfrom vendor import x\nfrom pkg.legacy import Eng as UserEng\nUserEng(x)\n",
        "from pkg.core import UserEng\nfrom vendor import x\nUserEng(x)\n",
    ),
    "renamed name of an importer": (
        "from pkg.importer import Eng\nEng()\n",
        "from pkg.importer import UserEng\nUserEng()\n",
    ),
}

# name: (before, after, part of the reason)
REFUSED: dict[str, tuple[str, str, str]] = {
    "try body emptied": (
        "try:\n    from pkg.legacy import Eng\nexcept ImportError:\n    raise\n",
        "try:\n    pass\nexcept ImportError:\n    raise\n",
        "statement was added",
    ),
    "import hoisted out of a try": (
        "try:\n    from pkg.legacy import Eng\n    x = 1\nexcept ImportError:\n    raise\nEng\n",
        MOVED + "try:\n    x = 1\nexcept ImportError:\n    raise\nUserEng\n",
        "which no import here was",
    ),
    "function-local import hoisted": (
        "def f():\n    from pkg.legacy import Eng\n    return Eng()\n",
        MOVED + "def f():\n    return UserEng()\n",
        "which no import here was",
    ),
    "TYPE_CHECKING import hoisted": (
        (
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n"
            "    from pkg.legacy import Eng\n    from a import b\nx: 'Eng'\n"
        ),
        (
            "from typing import TYPE_CHECKING\nfrom pkg.core import UserEng\n"
            "if TYPE_CHECKING:\n    from a import b\nx: 'UserEng'\n"
        ),
        "which no import here was",
    ),
    "merged into a TYPE_CHECKING import": (
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from pkg.core import UserEng\n" + IMPORT + "Eng()\n",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from pkg.core import UserEng\nUserEng()\n",
        "is lost",
    ),
    "use relies on a TYPE_CHECKING import": (
        "if T:\n    from pkg.core import UserEng\n" + IMPORT + "Eng()\n",
        "if T:\n    from pkg.core import UserEng\n" + IMPORT + "UserEng()\n",
        "not imported where",
    ),
    "function relies on a TYPE_CHECKING import": (
        "if T:\n    from pkg.core import UserEng\ndef f():\n    from pkg.legacy import Eng\n    Eng()\n",
        "if T:\n    from pkg.core import UserEng\ndef f():\n    from pkg.legacy import Eng\n    UserEng()\n",
        "may not be bound yet",
    ),
    "merged with an import that follows": (
        IMPORT + "x = Eng()\n" + MOVED,
        "x = UserEng()\n" + MOVED,
        "is lost",
    ),
    "local import used before it": (
        MOVED + "def f():\n    UserEng()\n    from pkg.legacy import Eng\n    return Eng()\n",
        MOVED + "def f():\n    UserEng()\n    from pkg.core import UserEng\n    return UserEng()\n",
        "may not be bound yet",
    ),
    "a later import of the same name wins": (
        IMPORT + "from other import Eng\nEng()\n",
        "from other import Eng\n" + IMPORT + "Eng()\n",
        "not imported in the same order",
    ),
    "imported twice as the same, but another import of the name stands in between": (
        "from pkg.core import UserEng\nfrom vendor import UserEng\nfrom pkg.legacy import Eng as UserEng\nUserEng()\n",
        "from pkg.core import UserEng\nfrom vendor import UserEng\nUserEng()\n",
        "not imported in the same order",
    ),
    "imported twice as the same, but the first is gone": (
        "from vendor import UserEng\nfrom pkg.core import UserEng\nfrom pkg.legacy import Eng as UserEng\nUserEng()\n",
        "from vendor import UserEng\nUserEng()\n",
        "not imported in the same order",
    ),
    "imported twice as the same, but a star stands in between": (
        "from pkg.core import UserEng\nfrom vendor import *\nfrom pkg.legacy import Eng as UserEng\nUserEng()\n",
        "from pkg.core import UserEng\nfrom vendor import *\nUserEng()\n",
        "not imported in the same order",
    ),
    "wrong module": (IMPORT + "Eng()\n", "from pkg.factory import UserEng\nUserEng()\n", "is lost"),
    "wrong name": (IMPORT + "Eng()\n", "from pkg.core import UserEngine\nUserEngine()\n", "is lost"),
    "legacy path, new name": (IMPORT + "Eng()\n", "from pkg.legacy import UserEng\nUserEng()\n", "is lost"),
    "look-alike renamed": (
        "from pkg.legacy import EngFactory\nEngFactory()\n",
        "from pkg.core import UserEngFactory\nUserEngFactory()\n",
        "is lost",
    ),
    "same name from elsewhere": ("from vendor import Eng\nEng()\n", MOVED + "UserEng()\n", "is lost"),
    "sibling name dropped": (
        "from pkg.legacy import Eng, other\nEng()\n",
        MOVED + "UserEng()\n",
        "import of pkg.legacy.other",
    ),
    "unused import dropped": ("import os\n" + IMPORT + "Eng\n", MOVED + "UserEng\n", "import of os"),
    "import added": (IMPORT + "Eng()\n", "import os\n" + MOVED + "UserEng()\n", "os is imported"),
    "import moved below its use": (
        IMPORT + "x = Eng()\n",
        "x = UserEng()\n" + MOVED,
        "",
    ),
    "fallback loses its name": (
        "try:\n    from pkg.legacy import Eng\nexcept ImportError:\n    Eng = None\nEng\n",
        "try:\n    from pkg.core import UserEng\nexcept ImportError:\n    Eng = None\nEng\n",
        "is lost",
    ),
    "fallback renamed as well": (
        "try:\n    from pkg.legacy import Eng\nexcept ImportError:\n    Eng = None\nEng\n",
        "try:\n    from pkg.core import UserEng\nexcept ImportError:\n    UserEng = None\nUserEng\n",
        "is lost",
    ),
    "alternatives in another order": (
        "try:\n    from pkg.legacy import Eng\nexcept ImportError:\n    from vendor import Eng\nEng()\n",
        "try:\n    from vendor import Eng\nexcept ImportError:\n    from pkg.legacy import Eng\nEng()\n",
        "is lost",
    ),
}
