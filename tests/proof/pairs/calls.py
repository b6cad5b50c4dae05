"""Calls: those that a rule rewrites, and arguments."""

from __future__ import annotations

from tests.proof.pairs.allowed import IMPORT, MOVED

ACCEPTED: dict[str, tuple[str, str]] = {
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
    "call rule, local name kept": (
        "from pkg.legacy import Ctor as C\nC(r, b)\n",
        "from pkg.core import UserEng as C\nC.create_from_legacy(r, b)\n",
    ),
    "call rule left alone with its import": (
        "from pkg.legacy import Ctor, Eng\nCtor(*args)\nEng\n",
        "from pkg.legacy import Ctor\nfrom pkg.core import UserEng\nCtor(*args)\nUserEng\n",
    ),
}

# name: (before, after, part of the reason)
REFUSED: dict[str, tuple[str, str, str]] = {
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
}
