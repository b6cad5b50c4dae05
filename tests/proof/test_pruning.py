"""A proof of what an edit can concern says no other thing than a proof of the whole files."""

from __future__ import annotations

import ast
import random
import re
import unicodedata

import pytest

from consolidate.proof import Allowed, newly_unbound, prove, tree
from consolidate.proof import names as unbound_names
from consolidate.proof.imports import facts, facts_of_both
from consolidate.proof.pruning import pruned
from consolidate.proof.splice import spliced
from tests.proof.corpus import library
from tests.proof.pairs import ACCEPTED, ALLOWED, MODULE, REFUSED
from tests.proof.pairs.allowed import IMPORT, MOVED

PAIRS = {**ACCEPTED, **{name: (old, new) for name, (old, new, _) in REFUSED.items()}}
BED = '''
def helper(value):
    """Help."""
    if value:
        for item in value:
            print(item.name, [other for other in item])
    return {"a": value}


class Holder:
    kind: "str" = "x"

    @property
    def first(self):
        try:
            return helper(self)
        except (KeyError, AttributeError) as error:
            raise ValueError from error

'''
# What a statement that is the same in both versions may do to a name.
DOES = (
    "{name} = 1",
    "{name}: int",
    "del {name}",
    "import {name}",
    "import {name}.sub",
    "import other as {name}",
    "from pkg.other import {name}",
    "from pkg.legacy import {name}",
    "def {name}(): pass",
    "class {name}: pass",
    "for {name} in (): pass",
    "with x as {name}: pass",
    "(lambda {name}: {name})",
    "[{name} for {name} in x]",
    "({name} := 1)",
    "print({name})",
    "print(f'{{{name}}}')",
    "def f(a: {name}, *{name}): return {name}",
    "def f():\n    global {name}\n    {name} = 1",
    "def f():\n    def g(): return {name}\n    {name} = 1",
    "def f():\n    from pkg.other import {name}\n    return {name}",
    "class C:\n    {name} = {name}",
    "try: pass\nexcept E as {name}: pass",
    "try:\n    from pkg.legacy import *\nexcept ImportError: pass",
    "from unknown import *",
    "match x:\n    case {{'a': {name}}}: pass",
    "match x:\n    case [*{name}]: pass",
    "x: '{name}'",
    "x: '\\n{name}'",
    "x: '{first}' '{rest}'",
    "x: '{first}' \\\n'{rest}'",
    "x: ('{first}'  # half\n    '{rest}')",
    "x: '\\x{code}{rest}'",
    "x: '{first}\\\n{rest}'",
    "{wide} = 1",
    "print({wide})",
    "__all__ = ['{name}']",
    "getattr(pkg, '{name}')",
)
_NAME = re.compile(r"[A-Za-z_]\w*")


def verdicts(old: str, new: str, monkeypatch: pytest.MonkeyPatch) -> list[tuple[bool, bool]]:
    """Return whether the proof holds and whether a name is newly unbound: told as ever, and by the whole files."""
    found = []
    for whole in (False, True):
        with monkeypatch.context() as patch:
            if whole:
                for module in (tree, unbound_names):
                    patch.setattr(module, "pruned", lambda *_: None)
            sources = old.encode(), new.encode()
            proved = prove(*sources, ALLOWED, module=MODULE, is_package=False) is None
            found.append((proved, bool(newly_unbound(*sources, MODULE, False, ALLOWED.stars))))
    return found


def touched(old: str, new: str) -> list[str]:
    """Return the names that one version has more often than the other."""
    before, after = _NAME.findall(old), _NAME.findall(new)
    return sorted(name for name in {*before, *after} if before.count(name) != after.count(name) and len(name) > 2)


@pytest.mark.parametrize("case", PAIRS)
def test_other_statements_around_change_nothing(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = PAIRS[case]
    for before, after in ((BED, BED), ("", BED), (BED.replace("helper", "Eng"), BED)):
        part, whole = verdicts(before + old + after, before + new + after, monkeypatch)
        assert part == whole


@pytest.mark.parametrize("case", ACCEPTED)
def test_what_is_done_to_a_touched_name_is_seen(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = ACCEPTED[case]
    dice = random.Random(case)
    for name in touched(old, new):
        wide = chr(ord(name[0]) + 0xFEE0) + name[1:]  # NFKC makes it the same identifier
        words = {"name": name, "first": name[:2], "rest": name[2:], "code": f"{ord(name[0]):02x}", "wide": wide}
        for done in dice.sample(DOES, 20):
            words["rest"] = name[1:] if "{code}" in done else name[2:]
            line = done.format(**words) + "\n"
            before, after = dice.choice(((BED + line, BED), (BED, line + BED)))
            part, whole = verdicts(before + old + after, before + new + after, monkeypatch)
            assert part == whole, line


HIDDEN = {
    "a module's name": (
        "import pkg.legacy, pkg.core\n\ndef f():\n    global pkg\n    pkg = 1\n\npkg .legacy.Eng()\n",
        ("legacy.Eng", "core.UserEng"),
    ),
    "cast": (
        IMPORT + "from typing import cast\ndef f(x):\n    if x:\n        cast = x\n    return cast('Eng', x)\n",
        ("'Eng'", "'UserEng'"),
    ),
    "a generic type": (
        IMPORT + "from typing import List\ndef f(x):\n    if x:\n        List = x\n    return List['Eng']\n",
        ("'Eng'", "'UserEng'"),
    ),
    "a builtin generic type": (
        IMPORT + "def f(x):\n    if x:\n        list = x\n    return list['Eng']\n",
        ("'Eng'", "'UserEng'"),
    ),
    "import_module": (
        (
            "from importlib import import_module\ndef f(x):\n    if x:\n        import_module = x\n"
            "    return import_module('pkg.legacy').Eng\n"
        ),
        ("pkg.legacy').Eng", "pkg.core').UserEng"),
    ),
    "a statement of another kind": ("def f():\n    if Eng:\n        x()\n", ("if Eng:\n        x()", "x()")),
    "a clause less": ("try:\n    x()\nexcept A:\n    y()\nexcept B:\n    y()\n", ("except B:\n    y()\n", "")),
}


@pytest.mark.parametrize("case", HIDDEN)
def test_names_that_decide_how_a_difference_is_read_are_looked_at(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    old, change = HIDDEN[case]
    new = old.replace(*change)
    if old.startswith(IMPORT):
        new = new.replace(IMPORT, MOVED)
    part, whole = verdicts(old, new, monkeypatch)
    assert part == whole == (False, part[1])


@pytest.mark.parametrize(
    ("name", "hidden"),
    [("old_eng", "old\ufe33eng"), ("é", "e\u0301"), ("Eng", "\uff25ng"), ("a·b", "a\u0387b")],
    ids=["a low line of another form", "a combining accent", "a wide letter", "a middle dot of another form"],
)
def test_a_name_is_known_in_every_form_that_means_it(name: str, hidden: str) -> None:
    """PEP 3131: identifiers are compared in NFKC; not all that can stand in one is a letter to the module `re`."""
    assert unicodedata.normalize("NFKC", hidden) == name
    allowed = Allowed(moves=((f"m.{name}", "n.new"),))
    for bound in (hidden, "other"):
        old = f"from m import {name}\n\ndef g():\n    global {bound}\n    {bound} = 1\n\n{name}()\n"
        new = old.replace(f"m import {name}", "n import new").replace(f"{name}()", "new()")
        failure = prove(old.encode(), new.encode(), allowed, module=MODULE, is_package=False)
        assert (failure is None) == (bound == "other")


def test_what_no_difference_concerns_is_left_out() -> None:
    bed = "".join(BED.replace("helper", f"helper{number}") for number in range(50))
    use = "class Use:\n    def one(self):\n        os.x()\n\n    e = Eng\n"
    old = f"import os\nfrom pkg.legacy import Eng\n{bed}\n{use}{bed}"
    new = old.replace("from pkg.legacy import Eng", "from pkg.core import UserEng").replace("e = Eng", "e = UserEng")
    left = pruned(old.encode(), new.encode(), MODULE, False)
    assert left is not None
    assert left.touched == {"Eng", "UserEng"}
    texts = []
    for analysis in (left.old, left.new):
        kept = [item for item in analysis.tree.body if not isinstance(item, ast.Pass)]
        texts.append(ast.unparse(ast.Module(body=kept, type_ignores=[])))
    assert texts == [
        "import os\nfrom pkg.legacy import Eng\n\nclass Use:\n    pass\n    e = Eng",
        "import os\nfrom pkg.core import UserEng\n\nclass Use:\n    pass\n    e = UserEng",
    ]


def test_few_edits_need_the_whole_files() -> None:
    whole = [
        case
        for case, (old, new) in ACCEPTED.items()
        if not tree._proved_in_part(old.encode(), new.encode(), ALLOWED, MODULE, False)
    ]
    assert whole == ["star becomes explicit", "quoted annotations"]


def test_what_is_too_deep_to_be_taken_apart_is_proved_as_a_whole() -> None:
    chain = "if Eng.a:\n    pass\n" + "elif Eng.b:\n    pass\n" * 600
    old, new = IMPORT + chain, MOVED + chain.replace("Eng", "UserEng")
    assert pruned(old.encode(), new.encode(), MODULE, False) is None
    assert prove(old.encode(), new.encode(), ALLOWED, module=MODULE, is_package=False) is None
    assert newly_unbound(old.encode(), new.encode(), MODULE, False, ALLOWED.stars) == ()


def test_pieces_hold_what_the_file_holds() -> None:
    """Against `ast.parse` of the new version, for changes that keep a file valid and for any others."""
    dice = random.Random(3)
    seen = 0
    for path in library():
        old = path.read_bytes()
        lines = old.split(b"\n")
        if len(lines) < 20:
            continue
        for _ in range(4):
            changed = list(lines)
            for _ in range(dice.randrange(1, 4)):
                place = dice.randrange(len(changed))
                other = changed[dice.randrange(len(changed))]
                changed[place : place + dice.randrange(3)] = dice.choice(
                    ([other], [], [other, b"import x"], [b"else:"])
                )
            new = b"\n".join(changed)
            found = spliced(old, new)
            if found is None:
                continue
            seen += 1
            statements = [item for section in found.sections for item in section.new]
            assert list(map(ast.dump, statements)) == list(map(ast.dump, ast.parse(new).body)), path
            assert facts_of_both(old, new, "m", False) == (facts(old, "m", False), facts(new, "m", False)), path
    assert seen > 100


def test_lines_of_both_versions_are_told() -> None:
    bed = "import os\n\n\ndef f():\n    import sys\n    patch('a.b')\n"
    old = f"x = 1\n{bed}from a import b\n{bed}"
    new = f"x = (\n1)\n\n{bed}from a import (\n    b, c)\n{bed}\nimport d\n"
    both = facts_of_both(old.encode(), new.encode(), "m", False)
    assert both is not None
    assert [[(item.line, item.module) for item in found.imports] for found in both] == [
        [(2, "os"), (6, "sys"), (8, "a"), (9, "os"), (13, "sys")],
        [(4, "os"), (8, "sys"), (10, "a"), (10, "a"), (12, "os"), (16, "sys"), (19, "d")],
    ]
    assert [[item.line for item in found.patches] for found in both] == [[7, 14], [9, 17]]


def test_a_longer_body_is_found_in_its_piece() -> None:
    old = b"class A:\n    x = 1\n\ny = 1\n"
    assert spliced(old, old.replace(b"\n\n", b"\n    z = 1\n\n")) is not None
    assert spliced(old, old.replace(b"\n\n", b"\n\n    z = 1\n")) is not None


@pytest.mark.parametrize(
    "mark", [b"\xef\xbb\xbf", b"# coding: gbk\n", b"#!/bin/python\n# vim: set fileencoding=gbk :\n"]
)
def test_other_encodings_are_read_whole(mark: bytes) -> None:
    assert spliced(b"x = 1\n", b"y = 1\n") is not None
    assert spliced(mark + b"x = 1\n", mark + b"y = 1\n") is None


def test_every_file_is_equal_to_itself_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "pruned", lambda *_: None)
    for path in library():
        source = path.read_bytes()
        assert prove(source, source, Allowed(), module=path.stem, is_package=False) is None, path
