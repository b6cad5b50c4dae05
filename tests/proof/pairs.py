"""Edits that the proof must accept and wrong edits that it must refuse, as text before and after.

The module under proof is `pkg.app.user`. What may change: `ALLOWED`.
"""

from __future__ import annotations

from consolidate.proof import Allowed, CallRule

MODULE = "pkg.app.user"

ALLOWED = Allowed(
    moves=(
        ("pkg.legacy.Eng", "pkg.core.UserEng"),
        ("pkg.legacy.Sup", "pkg.core.UserEng"),
        ("pkg.legacy.make", "pkg.factory.create"),
        ("pkg.legacy.Context", "pkg.context.Context"),
        ("pkg.legacy.Ctor", "pkg.core.UserEng"),
        ("pkg.legacy.Call", "pkg.core.UserEng"),
        ("pkg.legacy.build", "pkg.factory.Factory.create"),
        ("pkg.Eng", "pkg.core.UserEng"),
        ("pkg.app.legacy.Eng", "pkg.core.UserEng"),
        ("pkg.oldmod", "pkg.newmod"),
        ("pkg.oldmod.Thing", "pkg.newmod.Item"),
        ("pkg.app.user.Eng", "pkg.app.user.UserEng"),
        ("pkg.importer.Eng", "pkg.importer.UserEng"),
        ("legacy.Eng", "core.UserEng"),
    ),
    calls=(
        (
            "pkg.legacy.Ctor",
            CallRule(
                "(registry, bridge, context=None)",
                "UserEng.create_from_legacy(registry, bridge, context)",
            ),
        ),
        ("pkg.legacy.build", CallRule("(a)", "Factory.create(a, kind=str(1))")),
        ("pkg.legacy.Call", CallRule("(a, b, *, c=1)", "await UserEng.make(second=b, first=a, third=c)")),
    ),
    strings=(("pkg.legacy.Eng", "pkg.core.UserEng"), ("pkg.app.user.Eng", "pkg.app.user.UserEng")),
    stars=(("pkg.legacy", ("Eng", "Sup", "make", "Context", "other")),),
)

IMPORT, MOVED = "from pkg.legacy import Eng\n", "from pkg.core import UserEng\n"

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
    "module alias": (
        "import pkg.oldmod as m\nm.Thing(), m.rest\n",
        "import pkg.newmod as m\nm.Item(), m.rest\n",
    ),
    "module alias to explicit import": ("import pkg.legacy as m\nm.Eng()\n", MOVED + "UserEng()\n"),
    "module alias, one name moves": (
        "import pkg.legacy as m\nm.Eng(m.other)\n",
        "import pkg.legacy as m\nfrom pkg.core import UserEng\nUserEng(m.other)\n",
    ),
    "plain dotted import": (
        "import pkg.legacy\nx = pkg.legacy.Eng()\n",
        "import pkg.core\nx = pkg.core.UserEng()\n",
    ),
    "plain dotted import of another top package": (
        "import legacy\nx = legacy.Eng()\n",
        "import core\nx = core.UserEng()\n",
    ),
    "plain dotted import, another one stays": (
        "import pkg.legacy\nimport pkg.other\npkg.legacy.Eng(pkg.other.x)\n",
        "import pkg.core\nimport pkg.other\npkg.core.UserEng(pkg.other.x)\n",
    ),
    "from package import module": (
        "from pkg import oldmod\noldmod.Thing(oldmod.x)\n",
        "from pkg import newmod\nnewmod.Item(newmod.x)\n",
    ),
    "star becomes explicit": (
        "from pkg.legacy import *\nEng(make, other)\n",
        (
            "from pkg.core import UserEng\nfrom pkg.factory import create\nfrom pkg.legacy import other\n"
            "UserEng(create, other)\n"
        ),
    ),
    "star stays, one import beside it": (
        "from pkg.legacy import *\nEng(other)\n",
        "from pkg.legacy import *\nfrom pkg.core import UserEng\nUserEng(other)\n",
    ),
    "class attribute import keeps its name": (
        "class A:\n    from pkg.legacy import Eng\n    e = Eng\n",
        "class A:\n    from pkg.core import UserEng as Eng\n    e = Eng\n",
    ),
    "subclass, isinstance, except, decorator": (
        IMPORT + "@Eng.wrap\nclass B(Eng, metaclass=Eng.M):\n    pass\ntry:\n    isinstance(B, (Eng, B))\n"
        "except Eng.Error as e:\n    raise e\n",
        MOVED + "@UserEng.wrap\nclass B(UserEng, metaclass=UserEng.M):\n    pass\n"
        "try:\n    isinstance(B, (UserEng, B))\nexcept UserEng.Error as e:\n    raise e\n",
    ),
    "a parameter shadows": (
        IMPORT + "def f(Eng):\n    return Eng\nEng\n",
        MOVED + "def f(Eng):\n    return Eng\nUserEng\n",
    ),
    "a keyword argument is no name": (IMPORT + "f(Eng=Eng)\n", MOVED + "f(Eng=UserEng)\n"),
    "a comprehension's own name": (
        IMPORT + "x = [Eng for Eng in Eng.all() if Eng]\n",
        MOVED + "x = [Eng for Eng in UserEng.all() if Eng]\n",
    ),
    "use in a lambda, default and f-string": (
        IMPORT + "f = lambda x=Eng: f'{Eng.name} of {x!r:>{Eng.w}}'\n",
        MOVED + "f = lambda x=UserEng: f'{UserEng.name} of {x!r:>{UserEng.w}}'\n",
    ),
    "a method does not see the class's name": (
        IMPORT + "class A:\n    Eng = 1\n    def f(self):\n        return Eng\n",
        "from pkg.core import UserEng\nclass A:\n    Eng = 1\n    def f(self):\n        return UserEng\n",
    ),
    "global import in a function": (
        "def f():\n    global Eng\n    from pkg.legacy import Eng\ndef g():\n    return Eng\n",
        "def f():\n    global UserEng\n    from pkg.core import UserEng\ndef g():\n    return UserEng\n",
    ),
    "match class pattern": (
        IMPORT + "match x:\n    case Eng(a=1) | Eng.B:\n        pass\n",
        MOVED + "match x:\n    case UserEng(a=1) | UserEng.B:\n        pass\n",
    ),
    "quoted annotations": (
        "from typing import List, Optional, cast, TypeVar, Annotated\n" + IMPORT + "x: 'Optional[Eng]' = None\n"
        "y: List['Eng'] = []\nz = cast('Eng', y)\nT = TypeVar('T', bound='Eng')\na: Annotated['Eng', 'Eng'] = 1\n"
        "D = dict['Eng', int]\n",
        "from typing import List, Optional, cast, TypeVar, Annotated\n" + MOVED + "x: 'Optional[UserEng]' = None\n"
        "y: List['UserEng'] = []\nz = cast('UserEng', y)\nT = TypeVar('T', bound='UserEng')\n"
        "a: Annotated['UserEng', 'Eng'] = 1\nD = dict['UserEng', int]\n",
    ),
    "Literal is no annotation": (
        "from typing import Literal\n" + IMPORT + "x: Literal['Eng'] = Eng\n",
        "from typing import Literal\n" + MOVED + "x: Literal['Eng'] = UserEng\n",
    ),
    "__all__ is renamed with its name": (
        IMPORT + "__all__ = ['Eng', 'x']\nx = 1\n",
        MOVED + "__all__ = ['UserEng', 'x']\nx = 1\n",
    ),
    "__all__ extended": (
        IMPORT + "__all__ = []\n__all__ += ['Eng']\n__all__.extend(['Eng'])\n",
        MOVED + "__all__ = []\n__all__ += ['UserEng']\n__all__.extend(['UserEng'])\n",
    ),
    "__all__ keeps the name": (
        IMPORT + "__all__ = ['Eng']\n",
        "from pkg.core import UserEng as Eng\n__all__ = ['Eng']\n",
    ),
    "dotted strings": (
        "with patch('pkg.legacy.Eng') as m, patch('pkg.app.user.Eng'): m()\n",
        "with patch('pkg.core.UserEng') as m, patch('pkg.app.user.UserEng'): m()\n",
    ),
    "patch.object by name": (
        "import pkg.oldmod as m\npatch.object(m, 'Thing')\n",
        "import pkg.newmod as m\npatch.object(m, 'Item')\n",
    ),
    "getattr through a module left alone": (
        "import pkg.oldmod as m\ngetattr(m, 'Thing', None)\n",
        "import pkg.newmod as m\ngetattr(m, 'Item', None)\n",
    ),
    "renamed name of an importer": (
        "from pkg.importer import Eng\nEng()\n",
        "from pkg.importer import UserEng\nUserEng()\n",
    ),
    "call rule": (
        "from pkg.legacy import Ctor\nCtor(reg(), bridge=b(), context=c)\n",
        MOVED + "UserEng.create_from_legacy(reg(), b(), c)\n",
    ),
    "call rule, default omitted": (
        "from pkg.legacy import Ctor\nCtor(r, b)\n",
        MOVED + "UserEng.create_from_legacy(r, b)\n",
    ),
    "call rule, default spelled": (
        "from pkg.legacy import Ctor\nCtor(r, b)\n",
        MOVED + "UserEng.create_from_legacy(r, b, None)\n",
    ),
    "call rule, names may be reordered": (
        "from pkg.legacy import Ctor\nCtor(bridge=b, registry=r)\n",
        MOVED + "UserEng.create_from_legacy(r, b)\n",
    ),
    "call rule, nested": (
        "from pkg.legacy import Ctor\nCtor(Ctor(1, 2), f(Ctor(3, 4)))\n",
        MOVED + "UserEng.create_from_legacy(UserEng.create_from_legacy(1, 2), f(UserEng.create_from_legacy(3, 4)))\n",
    ),
    "call rule with await": (
        "from pkg.legacy import Call\nasync def f(x, y):\n    return Call(x, y)\n",
        MOVED + "async def f(x, y):\n    return await UserEng.make(second=y, first=x, third=1)\n",
    ),
    "call rule through a module": (
        "import pkg.legacy\npkg.legacy.Ctor(r, b)\n",
        "import pkg.core\npkg.core.UserEng.create_from_legacy(r, b)\n",
    ),
    "call rule to a method": (
        "from pkg.legacy import build\nbuild(1)\n",
        "from pkg.factory import Factory\nFactory.create(1, kind=str(1))\n",
    ),
    "function to a method": (
        "from pkg.legacy import build\nf = build\n",
        "from pkg.factory import Factory\nf = Factory.create\n",
    ),
    "symbol to its module": (IMPORT + "Eng()\n", "from pkg import core\ncore.UserEng()\n"),
    "call rule, local name kept": (
        "from pkg.legacy import Ctor as C\nC(r, b)\n",
        "from pkg.core import UserEng as C\nC.create_from_legacy(r, b)\n",
    ),
    "call rule left alone with its import": (
        "from pkg.legacy import Ctor, Eng\nCtor(*args)\nEng\n",
        "from pkg.legacy import Ctor\nfrom pkg.core import UserEng\nCtor(*args)\nUserEng\n",
    ),
    "comments survive": (
        "from pkg.legacy import (  # a\n    Eng,  # b\n)  # c\nEng()  # d '#'\n",
        "from pkg.core import (  # a\n    UserEng,  # b\n)  # c\nUserEng()  # d '#'\n",
    ),
    "one line with a semicolon": ("from pkg.legacy import Eng; Eng()\n", "from pkg.core import UserEng; UserEng()\n"),
    "walrus and star expressions": (
        IMPORT + "if (y := Eng()): print(*[Eng], **{Eng.k: y})\n",
        MOVED + "if (y := UserEng()): print(*[UserEng], **{UserEng.k: y})\n",
    ),
    "no last newline, CRLF": ("from pkg.legacy import Eng\r\nEng()", "from pkg.core import UserEng\r\nUserEng()"),
    "assignment through a module": (
        "import pkg.oldmod as m\nm.Thing = 1\ndel m.Thing\n",
        "import pkg.newmod as m\nm.Item = 1\ndel m.Item\n",
    ),
    "nonlocal import": (
        (
            "def f():\n    from pkg.legacy import Eng\n    def g():\n"
            "        nonlocal Eng\n        from pkg import Eng\n    Eng\n"
        ),
        (
            "def f():\n    from pkg.core import UserEng\n    def g():\n        nonlocal UserEng\n"
            "        from pkg.core import UserEng\n    UserEng\n"
        ),
    ),
}

# name: (before, after, part of the reason)
REFUSED: dict[str, tuple[str, str, str]] = {
    "use renamed, import left": (IMPORT + "Eng()\n", IMPORT + "UserEng()\n", "'UserEng' is not bound"),
    "import renamed, use left": (IMPORT + "Eng()\n", MOVED + "Eng()\n", "'Eng' is not bound"),
    "one of two uses left": (IMPORT + "Eng()\nEng.x\n", MOVED + "UserEng()\nEng.x\n", "'Eng' is not bound"),
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
    "parameter captures": (
        IMPORT + "def f(UserEng):\n    return Eng(UserEng)\n",
        MOVED + "def f(UserEng):\n    return UserEng(UserEng)\n",
        "not the same binding",
    ),
    "local variable captures": (
        IMPORT + "def f():\n    UserEng = Eng()\n    return UserEng\n",
        MOVED + "def f():\n    UserEng = UserEng()\n    return UserEng\n",
        "not the same binding",
    ),
    "module variable clashes": (
        IMPORT + "UserEng = Eng()\n",
        MOVED + "UserEng = UserEng()\n",
        "which no import here was",
    ),
    "class named like its base": (
        IMPORT + "class UserEng(Eng): pass\n",
        MOVED + "class UserEng(UserEng): pass\n",
        "which no import here was",
    ),
    "another import has the name": (
        "from other import UserEng\n" + IMPORT + "UserEng(Eng)\n",
        "from other import UserEng\n" + MOVED + "UserEng(UserEng)\n",
        "may be other.UserEng",
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
    "another import further down has the name": (
        IMPORT + "Eng()\nx = 1\nfrom other import UserEng\nUserEng\n",
        MOVED + "UserEng()\nx = 1\nfrom other import UserEng\nUserEng\n",
        "",
    ),
    "a renamed import shadows a builtin name": (
        "from pkg.legacy import make\nmake()\ncreate\n",
        "from pkg.factory import create\ncreate()\ncreate\n",
        "is captured",
    ),
    "shadowed name renamed": (
        IMPORT + "def f(Eng):\n    return Eng\nEng\n",
        MOVED + "def f(Eng):\n    return UserEng\nUserEng\n",
        "not the same binding",
    ),
    "comprehension name renamed": (
        IMPORT + "x = [Eng for Eng in Eng.all()]\n",
        MOVED + "x = [UserEng for UserEng in UserEng.all()]\n",
        "not the same binding",
    ),
    "class-scope name taken for the module's": (
        IMPORT + "class A:\n    Eng = Eng\n",
        MOVED + "class A:\n    Eng = Eng\n",
        "'Eng' is not bound",
    ),
    "class attribute import renamed": (
        "class A:\n    from pkg.legacy import Eng\n    e = Eng\n",
        "class A:\n    from pkg.core import UserEng\n    e = UserEng\n",
        "is lost",
    ),
    "method uses the class's name": (
        IMPORT + "class A:\n    UserEng = 1\n    def f(self):\n        return Eng\n",
        IMPORT + "class A:\n    UserEng = 1\n    def f(self):\n        return UserEng\n",
        "'UserEng' is not bound",
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
    "attribute renamed": (IMPORT + "self.Eng = Eng\n", MOVED + "self.UserEng = UserEng\n", "became"),
    "keyword renamed": (IMPORT + "f(Eng=Eng)\n", MOVED + "f(UserEng=UserEng)\n", "'Eng' became 'UserEng'"),
    "local variable renamed": ("Eng = 1\nprint(Eng)\n", "UserEng = 1\nprint(UserEng)\n", "not the same binding"),
    "unbound call renamed": ("Eng()\n", "UserEng()\n", "nothing binds either"),
    "module alias, wrong member": (
        "import pkg.oldmod as m\nm.Thing()\n",
        "import pkg.newmod as m\nm.Thing()\n",
        "which it does not move to",
    ),
    "module alias, member renamed only": (
        "import pkg.oldmod as m\nm.Thing()\n",
        "import pkg.oldmod as m\nm.Item()\n",
        "which it does not move to",
    ),
    "plain import loses another submodule": (
        "import pkg.legacy\npkg.legacy.Eng(pkg.legacy.other)\n",
        "import pkg.core\npkg.core.UserEng(pkg.legacy.other)\n",
        "not imported where",
    ),
    "plain import, submodule not loaded": (
        "import pkg.legacy\nimport pkg.app\npkg.legacy.Eng()\n",
        "import pkg.legacy\nimport pkg.app\npkg.core.UserEng()\n",
        "not imported where",
    ),
    "plain import, another name loses its binding": (
        "import legacy\nlegacy.Eng(legacy.x)\n",
        "import core\ncore.UserEng(legacy.x)\n",
        "'legacy' is not bound",
    ),
    "guarded module alias, member renamed": (
        "try:\n    import pkg.oldmod as m\nexcept ImportError:\n    m = None\nm.Thing\n",
        "try:\n    import pkg.newmod as m\nexcept ImportError:\n    m = None\nm.Thing\n",
        "which it does not move to",
    ),
    "star dropped, one use without import": (
        "from pkg.legacy import *\nEng(make)\n",
        MOVED + "UserEng(make)\n",
        "'make' is not bound",
    ),
    "unknown star dropped": ("from vendor import *\nEng()\n", MOVED + "Eng()\n", "is lost"),
    "quoted annotation left": (IMPORT + "x: 'Eng' = Eng()\n", MOVED + "x: 'Eng' = UserEng()\n", "'Eng' is not bound"),
    "quoted annotation broken": (IMPORT + "x: 'Eng'\n", MOVED + "x: 'User Eng'\n", "annotation"),
    "cast left": (
        "from typing import cast\n" + IMPORT + "cast('Eng', 1)\n",
        "from typing import cast\n" + MOVED + "cast('Eng', 1)\n",
        "'Eng' is not bound",
    ),
    "Literal changed": (
        "from typing import Literal\n" + IMPORT + "x: Literal['Eng'] = Eng\n",
        "from typing import Literal\n" + MOVED + "x: Literal['UserEng'] = UserEng\n",
        "became",
    ),
    "__all__ left": (IMPORT + "__all__ = ['Eng']\n", MOVED + "__all__ = ['Eng']\n", "'Eng' is not bound"),
    "__all__ renamed without the name": (
        IMPORT + "__all__ = ['Eng']\n",
        IMPORT + "__all__ = ['UserEng']\n",
        "'UserEng' is not bound",
    ),
    "__all__ renamed without agreement": (
        "from pkg.legacy import make\n__all__ = ['make']\n",
        "from pkg.factory import create\n__all__ = ['create']\n",
        "not agreed",
    ),
    "string changed": ("log('Eng started')\n", "log('UserEng started')\n", "became"),
    "string changed to the wrong value": ("patch('pkg.legacy.Eng')\n", "patch('pkg.core.Eng')\n", "became"),
    "docstring changed": (
        IMPORT + "def f():\n    'pkg.legacy.Eng'\n    return Eng\n",
        MOVED + "def f():\n    'pkg.core.UserEng'\n    return UserEng\n",
        "became",
    ),
    "f-string text changed": (IMPORT + "f'{Eng} Eng'\n", MOVED + "f'{UserEng} UserEng'\n", "became"),
    "f-string expression left": (IMPORT + "f'{Eng}'\n", MOVED + "f'{Eng}'\n", "'Eng' is not bound"),
    "f-string debug text": (IMPORT + "f'{Eng=}'\n", MOVED + "f'{UserEng=}'\n", "became"),
    "getattr name left": (
        "import pkg.oldmod as m\ngetattr(m, 'Thing')\n",
        "import pkg.newmod as m\ngetattr(m, 'Thing')\n",
        "which it does not move to",
    ),
    "arguments swapped": (
        "from pkg.legacy import Ctor\nCtor(r, b)\n",
        MOVED + "UserEng.create_from_legacy(b, r)\n",
        "became",
    ),
    "argument lost": (
        "from pkg.legacy import Ctor\nCtor(r, b, c)\n",
        MOVED + "UserEng.create_from_legacy(r, b)\n",
        "not what its rule",
    ),
    "required argument lost": (
        "from pkg.legacy import Ctor\nCtor(r, b)\n",
        MOVED + "UserEng.create_from_legacy(r)\n",
        "not what its rule",
    ),
    "default of another value": (
        "from pkg.legacy import Ctor\nCtor(r, b)\n",
        MOVED + "UserEng.create_from_legacy(r, b, 0)\n",
        "the default of 'context'",
    ),
    "arguments left as they were": (
        "from pkg.legacy import Ctor\nCtor(r, b)\n",
        MOVED + "UserEng(r, b)\n",
        "not what its rule",
    ),
    "star arguments rewritten": (
        "from pkg.legacy import Ctor\nCtor(*a)\n",
        MOVED + "UserEng.create_from_legacy(*a)\n",
        "* or ** arguments",
    ),
    "call does not fit the rule": (
        "from pkg.legacy import Ctor\nCtor(r)\n",
        MOVED + "UserEng.create_from_legacy(r, None)\n",
        "lacks the argument 'bridge'",
    ),
    "unknown keyword": (
        "from pkg.legacy import Ctor\nCtor(r, b, user=u)\n",
        MOVED + "UserEng.create_from_legacy(r, b, u)\n",
        "'user' does not fit",
    ),
    "evaluation order": (
        "from pkg.legacy import Ctor\nCtor(bridge=b(), registry=r())\n",
        MOVED + "UserEng.create_from_legacy(r(), b())\n",
        "another order",
    ),
    "a name of the rule is something else here": (
        "from pkg.legacy import build\nstr = repr\nbuild(1)\n",
        "from pkg.factory import Factory\nstr = repr\nFactory.create(1, kind=str(1))\n",
        "'str' of the call rule is something else",
    ),
    "symbol to a package that may not have loaded the module": (
        IMPORT + "Eng()\n",
        "import pkg\npkg.core.UserEng()\n",
        "not imported where",
    ),
    "module alias to a package that may not have loaded it": (
        "import pkg.oldmod as m\nm.Thing()\n",
        "import pkg as p\np.newmod.Item()\n",
        "not imported where",
    ),
    "wrong constructor method": (
        "from pkg.legacy import Ctor\nCtor(r, b)\n",
        MOVED + "UserEng.create(r, b)\n",
        "not what its rule",
    ),
    "await lost": (
        "from pkg.legacy import Call\nasync def f(x, y):\n    return Call(x, y)\n",
        MOVED + "async def f(x, y):\n    return UserEng.make(second=y, first=x)\n",
        "not what its rule",
    ),
    "await where it is not legal": (
        "from pkg.legacy import Call\ndef f(x, y):\n    return Call(x, y)\n",
        MOVED + "def f(x, y):\n    return await UserEng.make(second=y, first=x)\n",
        "does not compile",
    ),
    "plain argument changed": (IMPORT + "Eng(a, b)\n", MOVED + "UserEng(b, a)\n", "became"),
    "plain argument dropped": (IMPORT + "Eng(a, b)\n", MOVED + "UserEng(a)\n", "not the same arguments"),
    "number changed": ("x = 1\n", "x = 1.0\n", "became"),
    "operator changed": ("x = a < b\n", "x = a <= b\n", "became"),
    "statement lost": ("a = 1\nb = 2\n", "a = 1\n", "statement was added or removed"),
    "else block lost": ("if a:\n    b\nelse:\n    c\n", "if a:\n    b\n", "vanished"),
    "async lost": ("async def f(): pass\n", "def f(): pass\n", "became"),
    "parameter renamed": ("def f(a): pass\n", "def f(b): pass\n", "became"),
    "function renamed": ("def f(): pass\n", "def g(): pass\n", "became"),
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
    "del relies on the old name": (IMPORT + "Eng()\ndel Eng\n", MOVED + "UserEng()\ndel UserEng\n", "is lost"),
}
