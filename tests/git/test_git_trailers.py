"""Commit messages and the history that is told from them."""

from __future__ import annotations

import subprocess
import textwrap

import pytest

from consolidate.gitstep.history import phase_commits, states
from consolidate.gitstep.log import CommitRecord, parse_commit
from consolidate.gitstep.trailers import format_message, parse_trailers

PAIRS = (("Consolidate-Phase", "2/5"), ("Consolidate-Migration", "engine"), ("Consolidate-Plan", "sha256:" + "a" * 64))


def test_git_and_we_read_the_same_trailers():
    message = format_message("refactor(engine): phase 2/5 Application code", ["What: changed.", "- a\n- b"], PAIRS)
    git = subprocess.run(
        ["git", "interpret-trailers", "--parse"], input=message.encode(), capture_output=True, check=True
    )
    assert git.stdout.decode() == "".join(f"{key}: {value}\n" for key, value in PAIRS)
    assert parse_trailers(message) == PAIRS


def test_wraps_at_72_and_keeps_lists():
    message = format_message("x" * 90, ["word " * 40, "- " + "item " * 30 + "\n- second"], PAIRS)
    subject, *rest = message.splitlines()
    assert len(subject) == 72
    assert subject.endswith("…")
    assert max(len(text) for text in rest[: -len(PAIRS)]) <= 72
    assert "\n- second\n" in message


def test_a_line_end_in_a_value_makes_no_second_trailer():
    message = format_message(
        "title\n\nConsolidate-Phase: 9/9", [], [("Consolidate-Migration", "x\nConsolidate-Phase: 1/1")]
    )
    assert message.count("\n") == 3
    assert parse_trailers(message) == (("Consolidate-Migration", "x Consolidate-Phase: 1/1"),)


@pytest.mark.parametrize(
    ("message", "trailers"),
    [
        ("Key: value", ()),
        ("subject\n\nbody\nKey: value\n", ()),
        ("subject\n\nKey: value\n  more\n", (("Key", "value more"),)),
        ("s\r\n\r\nKey: value\r\n", (("Key", "value"),)),
        ("s\n\nKey: 1\n\nSigned-off-by: x <y>\n", (("Key", "1"), ("Signed-off-by", "x <y>"))),
        ("s\n\nKey: 1\n(cherry picked from commit 1234)\n", (("Key", "1"),)),
        ("s\n\nKey: 1\n\nsome text\n", ()),
        ("", ()),
    ],
)
def test_trailers_are_the_paragraphs_at_the_end(message, trailers):
    assert parse_trailers(message) == trailers


def _record(number: int, subject: str, body: str = "", *trailers: tuple[str, str]) -> CommitRecord:
    return CommitRecord(f"{number:040x}", (), "", "Dev", "2024-01-01T00:00:00+00:00", subject, body, trailers)


def _phase(number: int, phase: str, migration: str = "m", plan: str = "sha256:1") -> CommitRecord:
    title = f"refactor({migration}): phase {phase} Title of {phase}"
    pairs = (("Consolidate-Phase", phase), ("Consolidate-Migration", migration), ("Consolidate-Plan", plan))
    return _record(number, title, "", *pairs, ("Consolidate-Version", "0.1.0"))


def _revert(number: int, phase: str, migration: str = "m") -> CommitRecord:
    return _record(number, "revert", "", ("Consolidate-Reverts", phase), ("Consolidate-Migration", migration))


def _told(*records: CommitRecord, plan: str = "") -> dict[int, list[str]]:
    """Return by phase, for each commit of it, the number of the commit that reverted it ("" for none)."""
    commits = phase_commits(reversed(records), "m", plan)
    return {state.phase: [commit.reverted_by.lstrip("0") for commit in state.commits] for state in states(commits)}


def test_phases_in_order_with_what_they_are():
    first, second = phase_commits([_phase(2, "2/2"), _phase(1, "1/2")], "m")
    assert (first.phase, first.total, first.title, first.plan, first.version) == (
        1,
        2,
        "Title of 1/2",
        "sha256:1",
        "0.1.0",
    )
    assert second.phase == 2


@pytest.mark.parametrize(
    ("records", "told"),
    [
        ([_phase(1, "1/2"), _phase(2, "2/2"), _revert(3, "2")], {1: [""], 2: ["3"]}),
        ([_phase(1, "1/2"), _revert(2, "1/2"), _phase(3, "1/2")], {1: ["2", ""]}),
        ([_phase(1, "1/2"), _revert(2, "1"), _phase(3, "1/2"), _revert(4, "1")], {1: ["2", "4"]}),
        ([_phase(1, "1/2"), _revert(2, "1", "another")], {1: [""]}),
        ([_phase(1, "1/2"), _phase(2, "1/2", "another")], {1: [""]}),
        ([_phase(1, "1/2"), _record(2, "Revert", f"This reverts commit {1:040x}.")], {1: ["2"]}),
        ([_phase(1, "1/2"), _record(2, "Revert", f"This reverts commit {7:040x}.")], {1: [""]}),
        (
            [
                _phase(1, "1/2"),
                _record(2, "Revert", f"This reverts commit {1:040x}."),
                _record(3, "Reapply", f"This reverts commit {2:040x}."),
            ],
            {1: [""]},
        ),
        ([_phase(1, "1/2"), _revert(2, "1"), _record(3, "Reapply", f"This reverts commit {2:040x}.")], {1: [""]}),
        ([_phase(1, "one/2"), _revert(2, "x")], {}),
    ],
)
def test_which_phases_are_applied(records, told):
    assert _told(*records) == told


def test_a_plan_digest_restricts():
    records = (_phase(1, "1/2", plan="sha256:1"), _phase(2, "1/2", plan="sha256:2"))
    assert _told(*records, plan="sha256:2") == {1: [""]}
    assert _told(*records) == {1: ["", ""]}


def _message(number: int, phase: str) -> str:
    pairs = [("Consolidate-Phase", phase), ("Consolidate-Migration", "m"), ("Consolidate-Plan", "sha256:1")]
    return format_message(f"refactor(m): phase {phase} Title {number}", ["Body.", "- a\n- b"], pairs)


def _of(message: str) -> CommitRecord:
    return parse_commit("9" * 40, b"tree 1\nauthor A <a> 0 +0000\n\n" + message.encode())


@pytest.mark.parametrize(
    "message",
    [
        f"Squash (#1)\n\n* {_message(1, '1/2')}\n* Some fix\n\n  * with a list\n\n* {_message(2, '2/2')}",
        f"Squash\r\n\r\n* {_message(1, '1/2')}\r\n* {_message(2, '2/2')}\r\n\r\n---------\r\n\r\nCo-authored-by: A <a>",
        f"{_message(1, '1/2')}\nfix\n\n{_message(2, '2/2')}\nanother fix\n",
    ],
)
def test_a_squash_holds_the_messages_of_several_phases(message):
    commits = phase_commits([_of(message)], "m")
    assert [(commit.phase, commit.title, commit.reverted_by) for commit in commits] == [
        (1, "Title 1", ""),
        (2, "Title 2", ""),
    ]


@pytest.mark.parametrize(
    "message",
    [
        "docs\n\nA phase has the trailers\n\nConsolidate-Phase: 1/2\nConsolidate-Migration: m\n\nand more.\n",
        f"docs\n\nSuch as:\n\n{textwrap.indent(_message(1, '1/2'), '    ')}\nand more.\n",
        f"docs\n\n> {_message(1, '1/2')}".replace("\nConsolidate", "\n> Consolidate") + "\nand more.\n",
    ],
)
def test_prose_about_trailers_is_no_phase(message):
    assert phase_commits([_of(message)], "m") == ()


def test_a_revert_says_of_which_plan_the_phase_was():
    pairs = (("Consolidate-Reverts", "1"), ("Consolidate-Migration", "m"), ("Consolidate-Plan", "sha256:1"))
    records = [_phase(1, "1/2", plan="sha256:1"), _phase(2, "1/2", plan="sha256:2"), _record(3, "revert", "", *pairs)]
    assert _told(*records, plan="sha256:1") == {1: ["3"]}
    assert _told(*records, plan="sha256:2") == {1: [""]}


@pytest.mark.parametrize(
    ("subjects", "reverted"),
    [
        (['Revert "refactor(m): phase 1/2 Title"'], True),
        (['Revert "refactor(m): phase 1/2 Title"', 'Reapply "refactor(m): phase 1/2 Title"'], False),
        (['Revert "refactor(m): phase 1/2 T"', 'Revert "Revert "refactor(m): phase 1/2 T""'], False),
        (['Revert "refactor(other): phase 1/2 Title"'], False),
        (['Revert "refactor(m): phase 2/2 Title"'], False),
        (['Revert "revert(m): phase 1/2 Title"'], False),
    ],
)
def test_a_revert_by_hand_whose_commit_was_rewritten_is_told_by_its_subject(subjects, reverted):
    by_hand = [_record(n, text, f"This reverts commit {7:040x}.") for n, text in enumerate(subjects, 2)]
    assert bool(_told(_phase(1, "1/2"), *by_hand)[1][0]) == reverted


@pytest.mark.parametrize(
    ("below", "told"),
    [((2,), ["", "3"]), ((1,), ["3", ""]), ((1, 2), ["3", "3"]), ((), ["3", "3"])],
)
def test_of_two_branches_a_revert_speaks_for_its_own(below, told):
    records = [_revert(3, "1"), _phase(2, "1/2"), _phase(1, "1/2")]
    ids = {f"{number:040x}" for number in below}
    commits = phase_commits(records, "m", reaches=lambda commit, ancestor: ancestor in ids)
    assert [commit.reverted_by.lstrip("0") for commit in commits] == told
    (state,) = states(commits)
    assert state.applied == ("" in told)
