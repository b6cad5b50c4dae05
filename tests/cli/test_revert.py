"""Phases reverted in a real git repository, and what status and history tell of them."""

import json

from tests.cli.projects import FILES, git, tree


def test_reverting_newest_first_gives_back_the_first_tree(run, project):
    first = tree(project)
    trees = []
    for number in (1, 2, 3):
        trees.append(tree(project))
        assert run("apply", "--phase", str(number)).code == 0
    for number in (3, 2, 1):
        assert run("revert", "--phase", str(number)).code == 0
        assert tree(project) == trees[number - 1]
    assert tree(project) == first
    assert git(project, "status", "--porcelain") == ""


def test_through_reverts_everything_after_it_with_a_commit_each(run, project):
    first = tree(project)
    run("apply", "--all")
    result = run("revert", "--phase", "1", "--through")
    assert result.code == 0, result.err
    assert tree(project) == first
    assert git(project, "rev-list", "--count", "HEAD") == "7"
    reverts = git(project, "log", "--format=%(trailers:key=Consolidate-Reverts,valueonly)").split()
    assert reverts == ["1", "2", "3"]


def test_shims_cannot_be_reverted_under_their_importers(run, project):
    run("apply", "--all")
    result = run("revert", "--phase", "1")
    assert result.code == 3
    assert "phase 1 is needed by phases 2, 3" in result.err
    assert "--through" in result.err


def test_phases_that_share_nothing_are_reverted_alone_and_applied_again(run, project):
    run("apply", "--all")
    last = tree(project)
    assert run("revert", "--phase", "2").code == 0
    assert (project / "app/user.py").read_bytes() == FILES["app/user.py"]
    assert run("revert", "--phase", "2").out == "Nothing to do: phase 2 is not applied.\n"
    status = json.loads(run("status", "--json").out)
    assert [phase["state"] for phase in status["phases"]] == ["applied", "reverted", "applied"]
    assert run("apply", "--all").code == 0
    assert tree(project) == last


def test_the_last_phase_that_was_reverted_is_not_applied_as_any_other(run, project):
    run("apply", "--all")
    run("revert", "--phase", "1", "--through")
    for number in ("1", "3"):
        result = run("revert", "--phase", number)
        assert (result.code, result.out) == (0, f"Nothing to do: phase {number} is not applied.\n")
    result = run("revert", "--phase", "4")
    assert (result.code, result.err) == (
        2,
        "error: there is no phase 4; --phase; applied or reverted are: 1, 2, 3\n",
    )
    run("apply", "--phase", "1")
    run("revert", "--phase", "1")
    assert run("revert", "--phase", "1").out == "Nothing to do: phase 1 is not applied.\n"


def test_reverting_everything_and_applying_again_goes_through(run, project):
    run("apply", "--all")
    last = tree(project)
    run("revert", "--phase", "1", "--through")
    result = run("apply", "--all")
    assert result.code == 0, result.err
    assert tree(project) == last


def test_check_predicts_a_revert_and_touches_nothing(run, project):
    run("apply", "--all")
    head = git(project, "rev-parse", "HEAD")
    assert run("revert", "--phase", "3", "--check").code == 0
    assert run("revert", "--phase", "1", "--check").code == 3
    assert "phase 1: can be reverted" in run("revert", "--phase", "1", "--through", "--check").out
    assert git(project, "rev-parse", "HEAD") == head


def test_a_revert_over_later_changes_of_the_same_lines_is_refused(run, project):
    run("apply", "--all")
    (project / "tests/test_old.py").write_bytes(b"something else\n")
    git(project, "commit", "-qam", "change")
    for words in (["--check"], []):
        result = run("revert", "--phase", "3", *words)
        assert result.code == 3
        assert "tests/test_old.py" in result.err


def test_a_phase_that_was_never_there_cannot_be_reverted(run, project):
    assert run("revert", "--phase", "1").code == 2
    run("apply", "--all")
    assert run("revert", "--phase", "9").code == 2


def test_status_and_history_tell_what_the_commits_say(run, project):
    assert run("history").err == "No phase was ever applied.\n"
    assert json.loads(run("history", "--json").out)["commits"] == []
    run("apply", "--phase", "1")
    run("apply", "--phase", "2")
    run("revert", "--phase", "2")
    page = run("status").out
    assert "Migration small: 1 of 3 phases applied" in page
    assert page.splitlines()[-1] == "consolidate apply --phase 2"
    facts = json.loads(run("status", "--json").out)
    assert [phase["state"] for phase in facts["phases"]] == ["applied", "reverted", "pending"]
    assert facts["engines"] == [{"id": "app.old:Old", "open": 8, "manual": 1, "left": 0}]
    told = json.loads(run("history", "--json").out)["commits"]
    second, first = git(project, "rev-list", "--max-count=2", "--skip=1", "HEAD").split()
    assert [(item["phase"], item["commit"], item["reverted_by"]) for item in told] == [
        (2, second, git(project, "rev-parse", "HEAD")),
        (1, first, None),
    ]
    lines = run("history").out.splitlines()
    assert lines[1].split()[0] == "2/3"
    assert lines[1].endswith(git(project, "rev-parse", "HEAD")[:12])
    assert lines[2].split()[0] == "1/3"
    run("apply", "--all")
    assert run("status", "--check").code == 0
