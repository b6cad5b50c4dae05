"""Patch targets: found as Python would run them, and dangling when the name goes."""

import ast

import pytest

from consolidate.proof.dangling import dangling, newly_dangling
from consolidate.proof.imports import facts
from consolidate.proof.patches import patch_targets


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        ('patch("a.b.C")', ["a.b.C"]),
        ('@mock.patch("a.b.C.run", autospec=True)\ndef f(): pass', ["a.b.C.run"]),
        ('with mocker.patch(target="a.b.C"): pass', ["a.b.C"]),
        ('monkeypatch.setattr("a.b.C", 1); monkeypatch.delattr("a.b.D")', ["a.b.C", "a.b.D"]),
        ('patch.multiple("a.b", C=1, D=2, autospec=True)', ["a.b.C", "a.b.D"]),
        ('patch.dict("a.b.table", {})', ["a.b.table"]),
        ('patch("a.b.C", create=True)', []),
        ('# patch("a.b.C")\n"""patch("a.b.C")"""', []),
        ('setattr("a.b.C", 1); dispatch("a.b.C"); patch(f"a.{b}.C"); patch("C"); patch("a b.C")', []),
    ],
)
def test_targets_are_those_that_are_looked_up(code: str, wanted: list[str]) -> None:
    assert [item.target for item in patch_targets(code.encode(), [(ast.parse(code).body, 0)])] == wanted


BEFORE = {"app.legacy": "class Old: pass", "app.main": "from app.legacy import Old", "app": ""}
AFTER = {
    "app.legacy": "class Old: pass",
    "app.main": "from app.new import New",
    "app.new": "class New: pass",
    "app": "",
}


@pytest.mark.parametrize(
    ("target", "fails"),
    [
        ("app.main.Old", True),
        ("app.main.Old.run", True),
        ("app.main.nothing", False),  # it failed before
        ("app.legacy.Old", False),
        ("app.legacy", False),
        ("json.loads", False),  # another's module
    ],
)
def test_a_target_dangles_when_its_name_goes(target: str, fails: bool) -> None:
    test = facts(f'from unittest.mock import patch\npatch("{target}")\n'.encode(), "test_it", False)
    assert test is not None
    found = []
    for tree in (BEFORE, AFTER):
        modules = {name: facts(code.encode(), name, name == "app") for name, code in tree.items()}
        found.append(dangling({"test_it": test}, modules.__contains__, modules.get))
    new = newly_dangling(*found)
    assert bool(new) == fails
    if fails:
        assert str(new[0]) == "line 2 patches Old in app.main, which does not exist"
