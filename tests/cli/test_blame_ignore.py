"""`blame-ignore` in real repositories: what is written, and what git blame then says."""

import json

import pytest

from tests.cli.projects import git

NAME = ".git-blame-ignore-revs"


def revisions(project):
    lines = (project / NAME).read_text().splitlines()
    return [line for line in lines if not line.startswith("#")]


@pytest.fixture
def applied(run, project):
    for phase in ("1", "2"):
        assert run("apply", "--phase", phase).code == 0
    return git(project, "log", "-2", "--reverse", "--format=%H").split()


def test_each_phase_is_a_comment_and_a_commit_that_git_blame_looks_past(run, project, applied):
    result = run("blame-ignore")
    assert result.code == 0
    assert f"git config blame.ignoreRevsFile {NAME}" in result.err
    lines = (project / NAME).read_text().splitlines()
    assert lines[1::2] == applied
    assert lines[0].startswith("# refactor(small): phase 1/3 ")
    assert lines[2] == "# refactor(small): phase 2/3 Application code"
    [path, *_] = git(project, "diff", "-z", "--name-only", "--diff-filter=M", f"{applied[1]}^", applied[1]).split("\0")
    blamed = git(project, "blame", "-s", "-l", "--", path)
    assert applied[1] in blamed
    assert applied[1] not in git(project, "blame", "-s", "-l", "--ignore-revs-file", NAME, "--", path)


def test_what_is_there_stays_and_nothing_is_added_twice(run, project, applied):
    before = f"# ours\r\n{'1' * 40}  # why\r\n\r\n# {applied[1]} is not ignored\r\n{applied[0]}"
    (project / NAME).write_bytes(before.encode())
    assert run("blame-ignore").code == 0
    data = (project / NAME).read_bytes()
    assert data == f"{before}\r\n# refactor(small): phase 2/3 Application code\r\n{applied[1]}\r\n".encode()
    result = run("blame-ignore")
    assert (result.code, result.out) == (0, "")
    assert "names every commit" in result.err
    assert (project / NAME).read_bytes() == data
    assert run("apply", "--phase", "3").code == 0
    assert run("blame-ignore").code == 0
    assert (project / NAME).read_bytes().startswith(data)
    assert len(revisions(project)) == len(set(revisions(project)))


def test_check_writes_nothing_and_says_no(run, project, applied):
    result = run("blame-ignore", "--check")
    assert (result.code, (project / NAME).exists()) == (1, False)
    assert applied[0][:12] in result.out
    assert json.loads(run("blame-ignore", "--check", "--json").out)["missing"] == applied
    assert json.loads(run("blame-ignore", "--json").out)["added"] == applied
    assert run("blame-ignore", "--check").code == 0


def test_a_phase_that_was_reverted_is_not_named(run, project, applied):
    assert run("revert", "--phase", "2").code == 0
    assert run("blame-ignore").code == 0
    assert revisions(project) == applied[:1]


def test_a_squash_of_phases_is_one_commit(run, project, applied):
    messages = git(project, "log", "-2", "--format=%B")
    git(project, "reset", "-q", "--soft", "HEAD~2")
    git(project, "commit", "-q", "-m", f"Squashed\n\n{messages}")
    assert run("blame-ignore").code == 0
    assert revisions(project) == [git(project, "rev-parse", "HEAD").strip()]
    assert sum(line.startswith("# ") for line in (project / NAME).read_text().splitlines()) == 2


def test_without_an_applied_phase_nothing_is_written(run, project):
    result = run("blame-ignore")
    assert (result.code, result.out, (project / NAME).exists()) == (0, "", False)
    assert "No phase is applied" in result.err


def test_a_link_is_not_written_through(run, project, applied):
    (project / NAME).symlink_to("notes.txt")
    result = run("blame-ignore")
    assert (result.code, result.err.count("\n")) == (2, 1)
    assert (project / NAME).is_symlink()
