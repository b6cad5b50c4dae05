from __future__ import annotations

import pytest

from consolidate.proof import Allowed, CallRule, Failure
from consolidate.proof.insertion import prove_insertion
from consolidate.proof.shim import Shim, prove_shim, served_names
from planner.callrule import parse_rule
from planner.model import Symbol
from templates.render import render_shim, render_warning_block
from templates.shim import Shim as ShimValue
from templates.shim import ShimName

LEGACY = b'''"""The engine that came first."""
from json import dumps
import app.extra as extra

__all__ = ["Eng", "make"]


class Eng: ...


def make(): ...


def _helper(): ...
'''
RULE = ("(registry, bridge, context=None)", "UserEng.create(registry, bridge, context)")
ALLOWED = Allowed(
    moves=(("app.old.Eng", "app.new.UserEng"), ("app.old.make", "app.new.create"), ("app.old._helper", "app.new._h")),
)
RULED = Allowed(moves=ALLOWED.moves, calls=(("app.old.Eng", CallRule(*RULE)),))

SHIM = '''"""Moved."""
import importlib
import warnings
from typing import TYPE_CHECKING

__all__ = ["Eng", "make"]
_MOVED = {
    "Eng": ("app.new", "UserEng"),
    "make": ("app.new", "create"),
    "_helper": ("app.new", "_h"),
    "dumps": ("json", "dumps"),
    "extra": ("app.extra", ""),
}

if TYPE_CHECKING:
    from app.new import UserEng as Eng, create as make


def __getattr__(name):
    try:
        module, new = _MOVED[name]
    except KeyError:
        raise AttributeError(name) from None
    warnings.warn(name, DeprecationWarning, stacklevel=2)
    found = importlib.import_module(module)
    return getattr(found, new) if new else found


def __dir__():
    return sorted(_MOVED)
'''


def prove(new: str, allowed: Allowed = ALLOWED, old: bytes = LEGACY) -> Shim | Failure:
    return prove_shim(old, new.encode(), allowed, module="app.old", is_package=False)


def value(*names: ShimName, all_names: tuple[str, ...] = ("Eng", "make")) -> ShimValue:
    return ShimValue("app.old", names, all_names, False, "engines", "1.0", "2.0")


NAMES = (
    ShimName("Eng", Symbol("app.new", "UserEng")),
    ShimName("make", Symbol("app.new", "create")),
    ShimName("_helper", Symbol("app.new", "_h")),
    ShimName("dumps", Symbol("json", "dumps")),
)


def test_tells_what_a_shim_serves() -> None:
    found = prove(SHIM)
    assert isinstance(found, Shim)
    assert found.serves == {"Eng", "make", "_helper", "dumps", "extra"}
    assert served_names(SHIM.encode()) == found.serves
    assert dict(found.moved)["extra"] == "app.extra"


@pytest.mark.parametrize("source", [b"x = 1\n", b"_MOVED = dict(a=1)\n", b"_MOVED = {'a': 'b'}\n", b"x = (\n"])
def test_other_modules_serve_nothing(source: bytes) -> None:
    assert served_names(source) is None


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('("app.new", "UserEng")', '("app.new", "UserEngine")', "not where it moves"),
        ('("app.new", "UserEng")', '("app.new", "")', "not where it moves"),
        ('("json", "dumps")', '("json", "dump")', "not where it moves"),
        ('    "_helper": ("app.new", "_h"),\n', "", "does not serve _helper"),
        ('["Eng", "make"]', '["Eng", "gone"]', "names gone"),
        ('__all__ = ["Eng", "make"]\n', "", "no literal __all__"),
        ("def __dir__", "def _dir", "no __dir__"),
        ("def __getattr__", "def _getattr", "no __getattr__"),
        ("import warnings\n", "import warnings\nimport app.side_effect\n", "imports app.side_effect"),
        ("import warnings\n", "import warnings\nopen('x', 'w')\n", "Expr has no place"),
        ("import warnings\n", "import warnings\nfor x in y: pass\n", "For has no place"),
        ("UserEng as Eng", "Other as Eng", "type checkers see Eng as app.new.Other"),
        ("_MOVED = {", "_MOVED = {**x, ", "no literal _MOVED"),
        ("def __dir__():", "def __dir__(:", "does not parse"),
        ("    return sorted(_MOVED)", "    return sorted(_MOVED)\nawait x", "does not compile"),
    ],
)
def test_refuses_other_modules(old: str, new: str, reason: str) -> None:
    assert SHIM.count(old) == 1 or old.startswith("UserEng")
    failure = prove(SHIM.replace(old, new))
    assert isinstance(failure, Failure)
    assert reason in failure.reason


def test_a_name_of_the_module_itself_needs_a_destination() -> None:
    failure = prove(SHIM, Allowed())
    assert isinstance(failure, Failure)


def test_a_rule_needs_an_adapter() -> None:
    failure = prove(SHIM, RULED)
    assert isinstance(failure, Failure)
    assert "no adapter" in failure.reason


@pytest.mark.parametrize("ruled", [False, True])
def test_proves_what_the_templates_render(ruled: bool) -> None:
    first = ShimName("Eng", Symbol("app.new", "UserEng"), parse_rule(*RULE) if ruled else None)
    found = prove(render_shim(value(first, *NAMES[1:])), RULED if ruled else ALLOWED)
    assert isinstance(found, Shim), found
    assert found.adapted == (("Eng",) if ruled else ())
    assert found.serves == {"Eng", "make", "_helper", "dumps"}


def test_an_adapter_with_arguments_in_another_order_is_refused() -> None:
    first = ShimName("Eng", Symbol("app.new", "UserEng"), parse_rule(*RULE))
    text = render_shim(value(first, *NAMES[1:])).replace("(registry, bridge, context)", "(bridge, registry, context)")
    assert isinstance(prove(text, RULED), Failure)


def test_a_module_that_moved_as_a_whole() -> None:
    text = render_shim(value(ShimName("*", Symbol("app.new")), all_names=("Eng",)))
    found = prove(text, Allowed(moves=(("app.old", "app.new"),)))
    assert isinstance(found, Shim), found
    assert found.serves == {"*"}
    assert isinstance(prove(text, Allowed(moves=(("app.old", "app.other"),))), Failure)


NOTICE = render_warning_block(value(*NAMES))
FUTURE = '"""Doc."""\nfrom __future__ import annotations\n\n'
BODY = "class Eng:\n    pass  # here\n"


@pytest.mark.parametrize("head", ["", '"""Doc."""\n', FUTURE, "# coding: utf-8\n" + FUTURE])
def test_a_notice_only_warns(head: str) -> None:
    old, new = (head + BODY).encode(), (head + NOTICE + "\n" + BODY).encode()
    assert prove_insertion(old, new) is None
    assert prove_insertion(new, old) is not None


@pytest.mark.parametrize(
    ("notice", "reason"),
    [
        ("open('x', 'w')\n", "does more than warn"),
        ("import os\n", "does more than warn"),
        ("import warnings\nwarnings.filters.clear()\n", "does more than warn"),
        ("import sys\nsys.modules[__name__] = None\n", "does more than warn"),
        ("Eng = None\n", "binds 'Eng'"),
        ("class Eng(DeprecationWarning):\n    pass\n", "binds 'Eng'"),
        ("def _notice():\n    import warnings\n    global Eng\n    Eng = 1\n", "does more than warn"),
        ("del Eng\n", "does more than warn"),
        ("class W(DeprecationWarning):\n    open('x')\n", "does more than warn"),
    ],
)
def test_refuses_notices_that_do_more(notice: str, reason: str) -> None:
    failure = prove_insertion((FUTURE + BODY).encode(), (FUTURE + notice + BODY).encode())
    assert failure is not None
    assert reason in failure.reason


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (FUTURE + BODY, NOTICE + FUTURE + BODY, ""),
        ('"""Doc."""\n' + BODY, NOTICE + '"""Doc."""\n' + BODY, "docstring"),
        (FUTURE + BODY, FUTURE + NOTICE + BODY.replace("  # here", ""), "more than an insertion"),
        (FUTURE + BODY, FUTURE, "more than an insertion"),
        (BODY, BODY + "    x = 1\n", "changed"),
        (BODY, BODY + "x = (\n", "does not parse"),
        ("x = (\n", "x = (\n1)\n", "does not parse"),
    ],
)
def test_refuses_other_insertions(old: str, new: str, reason: str) -> None:
    failure = prove_insertion(old.encode(), new.encode())
    assert failure is not None
    assert reason in failure.reason
