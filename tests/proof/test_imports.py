from __future__ import annotations

from collections.abc import Mapping

import pytest

from consolidate.proof.cycles import import_cycles, new_cycles
from consolidate.proof.dangling import Dangling, dangling, newly_dangling
from consolidate.proof.imports import Imported, ModuleFacts, facts

SHIM = (
    "__all__ = ['Eng']\n_MOVED = {'Eng': ('pkg.core', 'UserEng'), '_x': ('pkg.core', '_y')}\n"
    "if TYPE_CHECKING:\n    from pkg.core import UserEng as Eng, z as Typed\n"
    "def __getattr__(name): ...\ndef __dir__(): ...\n"
)
PACKAGE = {
    "pkg": "from pkg.core import UserEng\n",
    "pkg.core": "class UserEng: ...\n_y = 1\nif x:\n    z = 1\nelse:\n    w = 1\n",
    "pkg.shim": SHIM,
    "pkg.star": "from pkg.core import *\nfrom pkg.ring import *\n",
    "pkg.ring": "from pkg.star import *\n",
    "pkg.listed": "__all__ = ['UserEng']\nfrom pkg.core import UserEng, z\n",
    "pkg.relisted": "from pkg.listed import *\n",
    "pkg.outside": "from vendor import *\n",
    "pkg.lazy": "def __getattr__(name): ...\n",
    "pkg.dynamic": "globals()['a'] = 1\n",
    "pkg.replaced": "import sys\nsys.modules[__name__] = object()\n",
    "pkg.typed": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    Only = 1\nelse:\n    Real = 1\n",
    "pkg.broken": "x = (\n",
    "pkg.sub": "",
    "pkg.sub.leaf": "",
    "pkg.binds": (
        "import a.b, c as d\nfrom e import f as g\ndef h(): ...\nasync def i(): ...\nclass j:\n    inner = 1\n"
        "k, *[l, m.n] = o = 1\np: int = 1\nfor q in r: s = 1\nwith t as u: pass\n"
        "try: v = 1\nexcept E as w: pass\nfinally: x = 1\ndef y():\n    global z\n    z = 1\n    local = 1\n"
        "if (aa := 1): pass\nmatch bb:\n    case [cc, *dd] | {'k': cc, **dd}: ee = 1\n    case ff: pass\n"
        "while x: gg = 1\n"
        "[(hh := 1) for _ in ()]\nlambda: (ii := 1)\n"
    ),
}
PACKAGES = {"pkg", "pkg.sub", "pkg.namespace"}


def load(module: str) -> ModuleFacts | None:
    if module == "pkg.namespace":
        return ModuleFacts(module, True)
    return facts(PACKAGE[module].encode(), module, module in PACKAGES)


def exists(module: str) -> bool:
    return module in PACKAGE or module in ("pkg.namespace", "pkg.namespace.leaf")


def found(source: str, module: str = "pkg.user") -> set[tuple[str, str]]:
    read = facts(source.encode(), module, False)
    assert read is not None
    return {(item.module, item.name) for item in dangling({module: read}, exists, load)}


@pytest.mark.parametrize(
    "source",
    [
        "import pkg, pkg.core, pkg.sub.leaf as x",
        "import vendor.whatever",
        "from vendor import thing",
        "from pkg import core, UserEng, sub",
        "from . import core",
        "from .core import UserEng, _y, z, w, __doc__, __file__",
        "from pkg.core import *",
        "from pkg.shim import Eng, _x",
        "from pkg.star import UserEng, z",
        "from pkg.relisted import UserEng",
        "from pkg.outside import anything",
        "from pkg.lazy import anything",
        "from pkg.dynamic import anything",
        "from pkg.replaced import anything",
        "from pkg.broken import anything",
        "from pkg.typed import Real",
        "from pkg.namespace import leaf",
        "from pkg.binds import a, d, g, h, i, j, k, l, o, p, q, s, u, v, w, x, z, aa, cc, dd, ee, ff, gg, hh",
        SHIM,
    ],
)
def test_imports_that_lead_somewhere(source: str) -> None:
    assert found(source) == set()


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import pkg.gone", {("pkg.gone", "")}),
        ("from pkg.gone import a, b", {("pkg.gone", "a"), ("pkg.gone", "b")}),
        ("from pkg import gone", {("pkg", "gone")}),
        ("from .gone import x", {("pkg.gone", "x")}),
        ("from pkg.core import UserEng, Eng", {("pkg.core", "Eng")}),
        ("from pkg.shim import Eng, Other, Typed", {("pkg.shim", "Other"), ("pkg.shim", "Typed")}),
        ("from pkg.star import _y, nothing", {("pkg.star", "_y"), ("pkg.star", "nothing")}),
        ("from pkg.relisted import z", {("pkg.relisted", "z")}),
        ("from pkg.typed import Only", {("pkg.typed", "Only")}),
        ("from pkg.namespace import other", {("pkg.namespace", "other")}),
        ("def f():\n    from pkg.core import Eng", {("pkg.core", "Eng")}),
        ("class A:\n    if x:\n        from pkg.core import Eng", {("pkg.core", "Eng")}),
        ("match x:\n    case 1:\n        from pkg.core import Eng", {("pkg.core", "Eng")}),
        ("from ... import x", {("...", "x")}),
        (
            "from pkg.binds import inner, m, n, local, ii, f, _",
            {("pkg.binds", name) for name in ("inner", "m", "n", "local", "ii", "f", "_")},
        ),
        ("_MOVED = {'Eng': ('pkg.core', 'Gone'), 'b': ('pkg.gone', '')}\n", {("pkg.core", "Gone"), ("pkg.gone", "")}),
    ],
)
def test_imports_that_dangle(source: str, expected: set[tuple[str, str]]) -> None:
    assert found(source) == expected


def test_guards_are_told() -> None:
    read = facts(
        b"try:\n    from pkg.core import Eng\nexcept ImportError:\n    from pkg.core import Eng2\n"
        b"try:\n    from pkg.core import Eng3\nexcept ValueError:\n    pass\n"
        b"if TYPE_CHECKING:\n    from pkg.core import Eng4\n",
        "pkg.user",
        False,
    )
    assert read is not None
    items = sorted(dangling({"pkg/user.py": read}, exists, load))
    assert items == [
        Dangling("pkg/user.py", 2, "pkg.core", "Eng", guarded=True),
        Dangling("pkg/user.py", 4, "pkg.core", "Eng2", guarded=True),
        Dangling("pkg/user.py", 6, "pkg.core", "Eng3"),
        Dangling("pkg/user.py", 10, "pkg.core", "Eng4", typing=True),
    ]


def test_only_what_an_edit_adds_counts_and_lines_do_not() -> None:
    before = frozenset({Dangling("a", 3, "m", "x"), Dangling("a", 4, "m", "gone")})
    after = frozenset({Dangling("a", 9, "m", "x"), Dangling("b", 3, "m", "x"), Dangling("a", 1, "m", "y")})
    assert newly_dangling(before, after) == (Dangling("a", 1, "m", "y"), Dangling("b", 3, "m", "x"))


def test_facts_of_imports() -> None:
    read = facts(b"import a.b\ndef f():\n    from . import c\nclass A:\n    from .d import *\n", "p.q", False)
    assert read is not None
    assert read.imports == (
        Imported(1, "a.b"),
        Imported(3, "p", "c", top=False),
        Imported(5, "p.d", "*"),
    )
    assert read.exports == {"a", "f", "A"}
    assert facts(b"x = (\n", "p", False) is None


def modules(**sources: str) -> Mapping[str, ModuleFacts]:
    """Return the facts about modules; a name with a trailing underscore is a package, `__` stands for a dot."""
    found = {}
    for name, source in sources.items():
        module = name.rstrip("_").replace("__", ".")
        read = facts(source.encode(), module, name.endswith("_"))
        assert read is not None
        found[module] = read
    return found


def test_cycles_at_module_level() -> None:
    assert import_cycles(modules(a="import b", b="from c import x", c="if x:\n    import a", d="import a")) == (
        ("a", "b", "c"),
    )
    assert import_cycles(modules(a="import b", b="def f():\n    import a")) == ()
    assert import_cycles(modules(a="import b", b="if TYPE_CHECKING:\n    import a")) == ()
    assert import_cycles(modules(a="import b", b="class A:\n    import a")) == (("a", "b"),)


def test_a_submodule_does_not_import_its_own_package() -> None:
    assert import_cycles(modules(p_="from p.a import x", p__a="from . import b", p__b="")) == ()
    assert import_cycles(modules(p_="from p.a import x", p__a="from p import y")) == (("p", "p.a"),)


def test_importing_a_submodule_runs_its_package() -> None:
    assert import_cycles(modules(p_="import a", p__b="", a="from p.b import x")) == (("a", "p"),)


def test_the_import_that_closes_a_cycle_is_told_with_the_shortest_way_back() -> None:
    before = modules(a="import b", b="import c", c="import d", d="", e="import f", f="import e")
    after = modules(a="import b", b="import c", c="import d\nimport a", d="import b", e="import f", f="import e")
    assert [str(cycle) for cycle in new_cycles(before, after)] == ["a -> b -> c -> a", "b -> c -> d -> b"]
    assert new_cycles(after, before) == ()


def test_a_shorter_cycle_among_the_same_modules_is_none_that_is_new() -> None:
    before = modules(a="import b", b="import c", c="import a")
    after = modules(a="import b\nimport c", b="import c", c="import a")
    assert new_cycles(before, after) == ()


def test_a_long_chain_needs_no_recursion() -> None:
    chain = {f"m{n}": f"import m{(n + 1) % 3000}" for n in range(3000)}
    assert [len(group) for group in import_cycles(modules(**chain))] == [3000]
