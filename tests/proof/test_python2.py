from __future__ import annotations

import pytest

from consolidate.proof import Allowed
from consolidate.proof.python2 import prove_tokens

ALLOWED = Allowed(
    moves=(
        ("legacy.Eng", "core.UserEng"),
        ("pkg.legacy.Sup", "core.UserEng"),
        ("a.legacy", "a.core"),
        ("a.legacy.Eng", "a.core.UserEng"),
    ),
    strings=(("legacy.Eng", "core.UserEng"),),
)
OLD, NEW = "from legacy import Eng\n", "from core import UserEng\n"

ACCEPTED = {
    "same": ("print 'x', `y` <> 1L\n", "print 'x', `y` <> 1L\n"),
    "rename": (OLD + "print Eng().x\n", NEW + "print UserEng().x\n"),
    "alias": (OLD + "print Eng\n", "from core import UserEng as Eng\nprint Eng\n"),
    "split": (
        "from legacy import Eng, other  # c\nexec 'x' in Eng, other\n",
        "from core import UserEng\nfrom legacy import other  # c\nexec 'x' in UserEng, other\n",
    ),
    "split in a function": (
        "def f():\n    from legacy import (Eng,\n        other)\n    print Eng, other\n",
        "def f():\n    from core import UserEng\n    from legacy import other\n    print UserEng, other\n",
    ),
    "module chain": ("import a.legacy\nprint a.legacy.Eng(), a.x\n", "import a.core\nprint a.core.UserEng(), a.x\n"),
    "module alias": ("import a.legacy as m\nprint m.Eng\n", "import a.core as m\nprint m.UserEng\n"),
    "implicit relative": ("from legacy import Sup\nprint Sup\n", NEW + "print UserEng\n"),
    "string": ("print 'legacy.Eng', u\"legacy.Eng\"\n", "print 'core.UserEng', u\"core.UserEng\"\n"),
    "raise and except": (
        OLD + "try: raise Eng, 'no'\nexcept Eng, e: pass\n",
        NEW + "try: raise UserEng, 'no'\nexcept UserEng, e: pass\n",
    ),
    "attribute and keyword stay": (OLD + "f(Eng=Eng).Eng = 1\n", NEW + "f(Eng=UserEng).Eng = 1\n"),
    "after a colon": ("if x: from legacy import Eng; print Eng\n", "if x: from core import UserEng; print UserEng\n"),
    "octal, unicode, continuation": ("x = 0777 + \\\n  ur'\\x'\n", "x = 0777 + \\\n  ur'\\x'\n"),
}
REFUSED = {
    "use left": (OLD + "print Eng\n", NEW + "print Eng\n", "not the same binding"),
    "import left": (OLD + "print Eng\n", OLD + "print UserEng\n", "not the same binding"),
    "wrong target": (OLD + "print Eng\n", "from core import Eng\nprint Eng\n", "is lost"),
    "sibling lost": ("from legacy import Eng, other\nprint Eng\n", NEW + "print UserEng\n", "legacy.other"),
    "import added": (OLD + "print Eng\n", "import os\n" + NEW + "print UserEng\n", "os is imported"),
    "comment lost": (OLD + "x = 1  # why\n", OLD + "x = 1\n", "became"),
    "comment of an import lost": ("from legacy import Eng  # why\n", NEW, "became"),
    "string": ("print 'Eng'\n", "print 'UserEng'\n", "became"),
    "part of a string": ("print 'legacy.Eng.x'\n", "print 'core.UserEng.x'\n", "became"),
    "string prefix": ("print u'legacy.Eng'\n", "print 'core.UserEng'\n", "became"),
    "number": ("x = 0777\n", "x = 777\n", "became"),
    "indentation": ("if x:\n    print 1\n", "if x:\n\tprint 1\n", "became"),
    "attribute": (OLD + "self.Eng = Eng\n", NEW + "self.UserEng = UserEng\n", "not the same binding"),
    "keyword": (OLD + "f(Eng=1)\n", NEW + "f(UserEng=1)\n", "became"),
    "clash": (OLD + "UserEng = Eng()\n", NEW + "UserEng = UserEng()\n", "not the same binding"),
    "shadow": (OLD + "def f(Eng): return Eng\n", NEW + "def f(Eng): return Eng\n", "not the same binding"),
    "module chain": ("import a.legacy\nprint a.legacy.Eng\n", "import a.core\nprint a.core.Eng\n", "was a.legacy.Eng"),
    "statement lost": ("print 1\nprint 2\n", "print 1\n", ""),
    "hoisted": (
        "def f():\n    from legacy import Eng\n    print Eng\n",
        NEW + "def f():\n    print UserEng\n",
        "",
    ),
    "line ends": ("print 1\r\nprint 2\r\n", "print 1\nprint 2\n", "line end"),
    "f-string": (OLD + "x = f'{a['b']} {Eng}'\n", NEW + "x = f'{a['b']} {Eng}'\n", ""),
    "f-string, quotes inside": (
        OLD + "x = f'{a[\"b\"]} {Eng}'\n",
        NEW + "x = f'{a[\"b\"]} {Eng}'\n",
        "an f-string may use Eng",
    ),
    "open string": ("print 'x'\n", "print 'x\n", "does not end"),
}


@pytest.mark.parametrize(("old", "new"), ACCEPTED.values(), ids=ACCEPTED)
def test_accepts(old: str, new: str) -> None:
    assert prove_tokens(old.encode(), new.encode(), ALLOWED, module="pkg.script") is None
    assert (prove_tokens(old.encode(), new.encode(), Allowed(), module="pkg.script") is None) == (old == new)


@pytest.mark.parametrize(("old", "new", "reason"), REFUSED.values(), ids=REFUSED)
def test_refuses(old: str, new: str, reason: str) -> None:
    failure = prove_tokens(old.encode(), new.encode(), ALLOWED, module="pkg.script")
    assert failure is not None
    assert reason in failure.reason


@pytest.mark.parametrize(
    "source", [b"", b"\0", b"\xff\xfe", b"import", b"from", b"from x", b"((((", b"x = '''", b"import ,"]
)
def test_any_bytes_are_answered(source: bytes) -> None:
    for old, new in ((source, source), (b"print 1\n", source), (source, b"print 1\n")):
        failure = prove_tokens(old, new, ALLOWED)
        assert failure is not None or old == new
