"""Phases told from history that was squashed, rebased, amended, cherry-picked or merged, by git itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.projects import git

PHASES = (1, 2, 3)


def states(run) -> list[str]:
    return [phase["state"] for phase in json.loads(run("status", "--json").out)["phases"]]


def facts(run) -> list[tuple[str, bool | None]]:
    return [(phase["state"], phase["in_tree"]) for phase in json.loads(run("status", "--json").out)["phases"]]


def tree(folder: Path) -> str:
    return git(folder, "rev-parse", "HEAD^{tree}")


def branch(run, project: Path) -> str:
    """Apply all phases on a branch of their own, and go back to main, which has a commit of its own meanwhile."""
    git(project, "switch", "-q", "-c", "topic")
    assert run("apply", "--all").code == 0
    git(project, "switch", "-q", "main")
    (project / "unrelated.txt").write_bytes(b"1\n")
    git(project, "add", "unrelated.txt")
    git(project, "commit", "-qm", "Unrelated")
    return tree(project)


def github(project: Path, base: str, tip: str, subject: str = "Consolidate the engines (#12)") -> str:
    """Return the message that GitHub proposes for a squash: the subjects behind bullets, oldest first."""
    commits = git(project, "rev-list", "--reverse", f"{base}..{tip}").split()
    messages = [git(project, "show", "-s", "--format=%B", commit) for commit in commits]
    bullets = "\n\n".join(f"* {message}" for message in messages)
    return f"{subject}\n\n{bullets}\n\n---------\n\nCo-authored-by: A <a@example.invalid>\n"


def squash(project: Path, form: str) -> None:
    git(project, "merge", "-q", "--squash", "topic")
    if form == "git":
        git(project, "commit", "-q", "--no-edit")
    elif form == "github":
        git(project, "commit", "-q", "-F", "-", stdin=github(project, "main", "topic").encode())
    elif form == "rebase":  # messages below one another
        messages = git(project, "log", "--reverse", "--format=%B", "main..topic")
        git(project, "commit", "-q", "-F", "-", stdin=messages.encode())
    else:
        git(project, "commit", "-q", "-m", "One engine")


@pytest.mark.parametrize("form", ["git", "github", "rebase"])
def test_a_squash_merge_is_a_commit_of_every_phase_in_its_message(run, project, form):
    first = branch(run, project)
    squash(project, form)
    last, head = tree(project), git(project, "rev-parse", "HEAD")
    assert facts(run) == [("applied", None)] * 3
    page = json.loads(run("status", "--json").out)
    assert [phase["commit"] for phase in page["phases"]] == [head] * 3
    assert run("status", "--check").code == 0
    assert [line.split()[:2] for line in run("history").out.splitlines()[1:]] == [
        [f"{n}/3", head[:12]] for n in (3, 2, 1)
    ]
    assert run("apply", "--all").out.startswith("Nothing to do")

    for number in (2, 3):
        result = run("revert", "--phase", str(number))
        assert result.code == 3
        assert f"phase {number} was squashed into one commit with phases " in result.err
        assert "`consolidate revert --phase 1 --through`" in result.err
        assert run("revert", "--phase", str(number), "--through", "--check").code == 3
    assert git(project, "rev-parse", "HEAD") == head

    check = run("revert", "--phase", "1", "--through", "--check")
    assert check.out.startswith("phases 1, 2, 3: can be reverted")
    assert run("revert", "--phase", "1", "--through").code == 0
    assert tree(project) == first
    assert git(project, "log", "-1", "--format=%(trailers:key=Consolidate-Reverts,valueonly)").split() == list("321")
    assert states(run) == ["reverted"] * 3
    assert run("apply", "--all").code == 0
    assert tree(project) == last
    assert states(run) == ["applied"] * 3


def test_a_squash_whose_message_was_thrown_away_is_told_from_the_tree(run, project):
    branch(run, project)
    squash(project, "none")
    assert facts(run) == [("applied", True)] * 3
    assert run("status").out.count("applied (in the tree)") == 3
    assert run("status", "--check").code == 0
    assert run("apply", "--all").out.startswith("Nothing to do")
    head = git(project, "rev-parse", "HEAD")
    for words in (["--phase", "2"], ["--phase", "1", "--through"], ["--phase", "3", "--check"]):
        result = run("revert", *words)
        assert result.code == 3
        assert "no commit says that it did so" in result.err
        assert head[:12] in result.err
        assert result.err.count("\n") == 1
    git(project, "revert", "--no-edit", "HEAD")
    assert states(run) == ["pending"] * 3
    assert run("apply", "--all").code == 0
    assert states(run) == ["applied"] * 3


def test_a_part_of_the_phases_squashed_without_a_message_goes_on_with_the_same_plan(run, project):
    git(project, "switch", "-q", "-c", "topic")
    run("apply", "--phase", "1")
    run("apply", "--phase", "2")
    git(project, "switch", "-q", "main")
    squash(project, "none")
    assert facts(run) == [("applied", True), ("applied", True), ("pending", None)]
    assert run("revert", "--phase", "1").code == 3
    assert run("apply", "--all").code == 0
    assert facts(run) == [("applied", True), ("applied", True), ("applied", None)]
    # The third has a commit of its own, and nothing needs it.
    assert run("revert", "--phase", "3").code == 0


def test_a_fixup_that_swallowed_the_next_phase_is_not_reverted_under_it(run, project):
    run("apply", "--all")
    # Phases 2 and 3 become one commit with the message of phase 2.
    git(project, "reset", "-q", "--soft", "HEAD~2")
    git(project, "commit", "-q", "-C", "ORIG_HEAD~1")
    assert facts(run) == [("applied", None), ("applied", None), ("applied", True)]
    result = run("revert", "--phase", "1")
    assert (result.code, "needed by phases 2, 3" in result.err) == (3, True)
    assert run("revert", "--phase", "2").code == 3  # its commit is that of phase 3, too
    assert run("revert", "--phase", "3").code == 3


def test_a_phase_and_its_revert_in_one_squash(run, project):
    git(project, "switch", "-q", "-c", "topic")
    run("apply", "--all")
    run("revert", "--phase", "3")
    git(project, "revert", "--no-edit", "HEAD~2")  # phase 2, by hand
    for form in ("git", "github"):
        git(project, "switch", "-q", "-C", form, "main")
        squash(project, form) if form == "git" else github_squash(project)
        assert facts(run) == [("applied", None), ("reverted", None), ("reverted", None)], form
        assert run("revert", "--phase", "1", "--check").code == 0
        assert run("apply", "--all").code == 0
        assert tree(project) == git(project, "rev-parse", "topic~2^{tree}")


def github_squash(project: Path) -> None:
    git(project, "merge", "-q", "--squash", "topic")
    git(project, "commit", "-q", "-F", "-", stdin=github(project, "main", "topic").encode())


def test_a_revert_that_lost_its_message_is_told_from_the_tree(run, project):
    run("apply", "--all")
    git(project, "revert", "--no-commit", "HEAD")
    git(project, "commit", "-q", "-m", 'Revert "One engine (#12)" (#13)')
    assert facts(run) == [("applied", None), ("applied", None), ("reverted", False)]
    assert "reverted (in the tree)" in run("status").out
    assert run("revert", "--phase", "3").out == "Nothing to do: phase 3 is not applied.\n"
    assert run("apply", "--phase", "3").code == 0
    assert facts(run)[2] == ("applied", None)


def test_rebased_phases_and_a_revert_by_hand_whose_commit_has_gone(run, project):
    git(project, "switch", "-q", "-c", "topic")
    run("apply", "--all")
    git(project, "revert", "--no-edit", "HEAD")
    git(project, "switch", "-q", "main")
    (project / "unrelated.txt").write_bytes(b"1\n")
    git(project, "add", "unrelated.txt")
    git(project, "commit", "-qm", "Unrelated")
    git(project, "rebase", "-q", "main", "topic")
    assert facts(run) == [("applied", None), ("applied", None), ("reverted", None)]
    git(project, "revert", "--no-edit", "HEAD")  # and again
    assert facts(run) == [("applied", None)] * 3
    git(project, "commit", "-q", "--amend", "--no-edit", "--date=2001-01-01T00:00:00")
    assert run("revert", "--phase", "3").code == 0
    assert facts(run)[2] == ("reverted", None)


def test_an_amended_phase_is_reverted_as_it_is_now(run, project):
    run("apply", "--all")
    before = git(project, "rev-parse", "HEAD~1^{tree}")
    (project / "more.txt").write_bytes(b"by the user\n")
    git(project, "add", "more.txt")
    git(project, "commit", "-q", "--amend", "--no-edit")
    assert facts(run) == [("applied", None)] * 3
    assert run("revert", "--phase", "3").code == 0
    assert tree(project) == before


def test_a_phase_picked_into_another_branch_and_merged_back(run, project):
    git(project, "switch", "-q", "-c", "release")
    git(project, "switch", "-q", "main")
    run("apply", "--all")
    git(project, "switch", "-q", "release")
    (project / "release.txt").write_bytes(b"1\n")
    git(project, "add", "release.txt")
    git(project, "commit", "-qm", "Release")
    first = tree(project)
    git(project, "cherry-pick", "-x", "main~2", "main~1", "main")
    assert facts(run) == [("applied", None)] * 3
    git(project, "merge", "-q", "--no-edit", "main")
    assert facts(run) == [("applied", None)] * 3
    assert run("revert", "--phase", "1", "--through").code == 0
    assert states(run) == ["reverted"] * 3
    assert tree(project) == first


@pytest.mark.parametrize("order", [("main", "topic"), ("topic", "main")])
def test_a_revert_on_one_branch_does_not_speak_for_the_other(run, project, order):
    """Main applies and reverts a phase, topic applies it as well: the merge has it, whichever branch it is made on."""
    git(project, "switch", "-q", "-c", "topic")
    run("apply", "--phase", "1")
    git(project, "switch", "-q", "main")
    git(project, "commit", "-q", "--allow-empty", "-m", "Main goes on")
    run("apply", "--phase", "1")
    run("revert", "--phase", "1")
    git(project, "switch", "-q", order[0])
    git(project, "merge", "-q", "--no-edit", order[1])
    assert b"app.new" in (project / "app/old.py").read_bytes()
    assert facts(run)[0] == ("applied", None)  # by its commit, not only by the tree
    assert run("revert", "--phase", "1").code == 0
    assert facts(run)[0] == ("reverted", None)


def test_other_work_in_a_squash_is_told_before_it_is_reverted(run, project):
    git(project, "switch", "-q", "-c", "topic")
    run("apply", "--all")
    (project / "more.txt").write_bytes(b"by the user\n")
    git(project, "add", "more.txt")
    git(project, "commit", "-qm", "Something else")
    git(project, "switch", "-q", "main")
    github_squash(project)
    result = run("revert", "--phase", "1", "--through", "--check")
    assert result.code == 0
    assert "more.txt" in result.err
