"""Names and the scopes that bind them: what shadows, captures or is renamed along with an import."""

from __future__ import annotations

from tests.proof.pairs.allowed import IMPORT, MOVED

ACCEPTED: dict[str, tuple[str, str]] = {
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
    "walrus and star expressions": (
        IMPORT + "if (y := Eng()): print(*[Eng], **{Eng.k: y})\n",
        MOVED + "if (y := UserEng()): print(*[UserEng], **{UserEng.k: y})\n",
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
    "attribute renamed": (IMPORT + "self.Eng = Eng\n", MOVED + "self.UserEng = UserEng\n", "became"),
    "keyword renamed": (IMPORT + "f(Eng=Eng)\n", MOVED + "f(UserEng=UserEng)\n", "'Eng' became 'UserEng'"),
    "local variable renamed": ("Eng = 1\nprint(Eng)\n", "UserEng = 1\nprint(UserEng)\n", "not the same binding"),
    "unbound call renamed": ("Eng()\n", "UserEng()\n", "nothing binds either"),
    "parameter renamed": ("def f(a): pass\n", "def f(b): pass\n", "became"),
    "function renamed": ("def f(): pass\n", "def g(): pass\n", "became"),
    "del relies on the old name": (IMPORT + "Eng()\ndel Eng\n", MOVED + "UserEng()\ndel UserEng\n", "is lost"),
}
