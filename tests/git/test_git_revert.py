"""Reverts: predicted, merged in memory, refused with what is in the way."""

from __future__ import annotations

import pytest

from consolidate.errors import Refused
from consolidate.gitstep.history import NEEDLES, phase_commits, states
from consolidate.gitstep.trailers import format_message

LINES = b"".join(b"line %d\n" % number for number in range(20))


def _message(phase: int) -> str:
    return format_message(
        f"refactor(m): phase {phase}/3 Title",
        ["Body."],
        [("Consolidate-Phase", f"{phase}/3"), ("Consolidate-Migration", "m")],
    )


def _revert_message(phase: int) -> str:
    return format_message("revert", [], [("Consolidate-Reverts", str(phase)), ("Consolidate-Migration", "m")])


def test_newest_first_gives_back_the_tree_of_the_beginning(sandbox, phase):
    tree = sandbox.git("rev-parse", "HEAD^{tree}")
    commits = [
        sandbox.apply(phase, _message(1)),
        sandbox.apply({"other.py": b"2\n", "a.py": b"2\n"}, _message(2)),
        sandbox.apply({"a.py": None, "fresh/made/c.py": b"3\n"}, _message(3)),
    ]
    newest_first = commits[::-1]
    with sandbox.open() as repository:
        assert not any(inverse.blocked for inverse in repository.revert_changes(newest_first))
        made = repository.revert(newest_first, [_revert_message(n) for n in (3, 2, 1)], expected_head=commits[-1])
        assert repository.tree_id("HEAD") == tree
        assert [record.id for record in repository.log()][:3] == list(made[::-1])
        assert repository.log(needles=NEEDLES) is not None
        told = states(phase_commits(repository.log(needles=NEEDLES), "m"))
    assert [(state.phase, state.last.commit, state.last.reverted_by) for state in told] == [
        (1, commits[0], made[2]),
        (2, commits[1], made[1]),
        (3, commits[2], made[0]),
    ]
    assert sandbox.git("status", "--porcelain") == ""
    assert not (sandbox.root / "fresh").exists()


def test_out_of_order_is_refused_with_the_phase_that_blocks(sandbox):
    sandbox.commit({"long.py": LINES})
    first = sandbox.apply({"long.py": LINES.replace(b"line 1\n", b"one\n")}, _message(1))
    # Another line: git would merge it, but phases build on one another.
    second = sandbox.apply({"long.py": LINES.replace(b"line 1\n", b"one\n").replace(b"line 18\n", b"x\n")}, _message(2))
    before = sandbox.state()
    with sandbox.open() as repository:
        (inverse,) = repository.revert_changes([first])
        (blocked,) = inverse.blocked
        assert (blocked.path, blocked.commits, blocked.phases) == ("long.py", (second,), (2,))
        with pytest.raises(Refused, match="phase 2") as caught:
            repository.revert([first], [_revert_message(1)], expected_head=second)
        assert (caught.value.code, caught.value.details) == ("revert-conflict", ("long.py",))
        assert sandbox.state() == before
        repository.revert([second], [_revert_message(2)], expected_head=second)
        repository.revert([first], [_revert_message(1)], expected_head=sandbox.head())
    assert sandbox.read("long.py") == LINES


def test_later_work_on_other_lines_is_kept(sandbox):
    sandbox.commit({"long.py": LINES})
    first = sandbox.apply({"long.py": LINES.replace(b"line 1\n", b"one\n"), "other.py": b"1\n"}, _message(1))
    sandbox.commit({"long.py": sandbox.read("long.py").replace(b"line 18\n", b"mine\n")})
    before = sandbox.state()
    with sandbox.open() as repository:
        (inverse,) = repository.revert_changes([first])
        assert [delta.path for delta in inverse.files] == ["long.py", "other.py"]
        assert sandbox.state() == before
        repository.revert([first], [_revert_message(1)], expected_head=sandbox.head())
    assert sandbox.read("long.py") == LINES.replace(b"line 18\n", b"mine\n")
    assert sandbox.git("status", "--porcelain") == ""


def test_later_work_on_the_same_lines_is_a_conflict_that_names_the_commit(sandbox):
    first = sandbox.apply({"a.py": b"import new\n", "other.py": b"1\n"}, _message(1))
    later = sandbox.commit({"a.py": b"import newer\n"})
    with sandbox.open() as repository:
        (inverse,) = repository.revert_changes([first])
        assert [(blocked.path, blocked.commits, blocked.phases) for blocked in inverse.blocked] == [
            ("a.py", (later,), ())
        ]
        with pytest.raises(Refused, match=later[:12]):
            repository.revert([first], [_revert_message(1)], expected_head=later)


def test_a_created_file_that_was_changed_since_is_not_deleted(sandbox):
    first = sandbox.apply({"shim.py": b"shim\n"}, _message(1))
    later = sandbox.commit({"shim.py": b"shim\nmine\n"})
    with sandbox.open() as repository, pytest.raises(Refused, match=r"shim\.py"):
        repository.revert([first], [_revert_message(1)], expected_head=later)


def test_a_reverted_phase_can_be_applied_and_reverted_again(sandbox, phase):
    tree = sandbox.git("rev-parse", "HEAD^{tree}")
    for _ in range(2):
        commit = sandbox.apply(phase, _message(1))
        with sandbox.open() as repository:
            repository.revert([commit], [_revert_message(1)], expected_head=commit)
            assert repository.tree_id("HEAD") == tree
            (state,) = states(phase_commits(repository.log(), "m"))
            assert not state.applied
    with sandbox.open() as repository, pytest.raises(Refused) as caught:
        repository.revert([commit], [_revert_message(1)], expected_head=sandbox.head())
    assert caught.value.code == "empty"


def test_a_revert_has_the_preconditions_of_apply(sandbox, phase):
    commit = sandbox.apply(phase, _message(1))
    sandbox.write("a.py", b"edited\n")
    before = sandbox.state()
    with sandbox.open() as repository, pytest.raises(Refused) as caught:
        repository.revert([commit], [_revert_message(1)], expected_head=commit)
    assert caught.value.code == "modified"
    assert sandbox.state() == before
