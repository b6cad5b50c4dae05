"""A plan file whose digest fits, and whose every edit is consistent, is still only data: `apply` makes it again."""

from __future__ import annotations

import shutil

from planner.model import Edit, apply_edits, blob_id


def _invent(world, path="app/second.py", old="import os", new="import evil as os", **terms):
    """Put an edit of its own into a phase of the saved plan, with everything that the proof takes for granted."""
    plan = world.plan
    file = next(file for phase in plan["phases"] for file in phase["files"] if file["path"] == path)
    data = (world.root / path).read_bytes()
    start = data.index(old.encode())
    edit = {"start": start, "end": start + len(old), "old": old, "new": new, "codemod": "rewrite-imports", "line": 1}
    file["edits"] = sorted([*file["edits"], edit], key=lambda edit: edit["start"])
    edits = tuple(Edit(**edit) for edit in file["edits"])
    file["result"] = blob_id(apply_edits(data, edits))
    file.update({key: [*file[key], *more] for key, more in terms.items()})
    world.save(plan)


def _apply_all(world):
    return world.run("apply", "--all", str(world.plan_file))


def test_an_invented_rename_is_refused_although_the_proof_would_believe_it(world):
    _invent(world, renames=[["os", "evil"]])
    before = world.state()
    ended = _apply_all(world)
    assert (ended.code, ended.one_line) == (2, True), ended
    assert "planning" in ended.err
    assert world.state() == before


def test_it_is_refused_where_no_plan_is_kept_too(world):
    _invent(world, renames=[["os", "evil"]])
    shutil.rmtree(world.root / ".git/consolidate")
    before = world.state()
    assert _apply_all(world).code == 2
    assert world.state() == before


def test_to_look_at_it_makes_nobody_believe_it(world):
    _invent(world, renames=[["os", "evil"]])
    for words in (("show",), ("diff", "--phase", "2"), ("apply", "--phase", "1", "--dry-run")):
        world.run(*words, str(world.plan_file))
    assert _apply_all(world).code == 2


def test_a_right_plan_is_made_where_none_is_kept(world):
    shutil.rmtree(world.root / ".git/consolidate")
    assert _apply_all(world).code == 0


def test_a_plan_by_another_version_of_the_tool_holds_if_its_edits_are_the_same(world):
    plan = world.plan | {"tool": "consolidate 0.0.9", "a key of version 1.9": [1]}
    world.save(plan | {"format_version": "1.9"})
    assert world.run("apply", "--phase", "1", str(world.plan_file)).code == 0
    ended = world.run("apply", "--phase", "2")
    assert ended.code == 0, ended


def test_another_configuration_is_told(world):
    _invent(world, renames=[["os", "evil"]])
    world.configure((world.root / "consolidate.toml").read_text() + '[[phase]]\ntitle = "t"\ncodemods = ["python2"]\n')
    ended = _apply_all(world)
    assert (ended.code, ended.one_line) == (3, True), ended
    assert "another configuration" in ended.err


def test_a_commit_that_is_not_here_is_told(world):
    world.save(world.plan | {"commit": "1" * 40})
    ended = _apply_all(world)
    assert (ended.code, ended.one_line) == (3, True), ended
    assert "111111111111" in ended.err
