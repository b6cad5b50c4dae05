import pytest

from tests.cli.projects import git
from tests.verify.conftest import hook

LOG = "#!/bin/sh\necho $(basename $0) $* >> '{log}'\n"


@pytest.fixture
def log(project, tmp_path):
    file = tmp_path / "log"
    for name in ("pre-commit", "prepare-commit-msg", "commit-msg", "post-commit"):
        hook(project, name, LOG.format(log=file))
    return file


def test_no_hook_runs_unless_asked_for(run, log, project):
    assert run("apply", "--phase", "1").code == 0
    assert run("verify", "--phase", "2", "--tests", "true").code == 0
    assert not log.exists()
    git(project, "commit", "-q", "--allow-empty", "-m", "x")
    assert log.exists(), "plain git would have run them"


def test_hooks_run_as_git_commit_runs_them(run, log, project):
    assert run("apply", "--phase", "1", "--run-hooks").code == 0
    assert log.read_text().splitlines() == [
        "pre-commit",
        "prepare-commit-msg .git/COMMIT_EDITMSG message",
        "commit-msg .git/COMMIT_EDITMSG",
        "post-commit",
    ]


def test_a_hook_sees_the_prepared_commit_as_index_and_the_branch_before_it(run, project, tmp_path):
    head = git(project, "rev-parse", "HEAD")
    seen = tmp_path / "seen"
    hook(
        project,
        "pre-commit",
        f"#!/bin/sh\n(git rev-parse HEAD; git diff --cached --name-only; git diff --name-only; "
        f"git -C {project} rev-parse HEAD; grep -c New app/old.py; git config user.name) > {seen}\n",
    )
    hook(project, "post-commit", f"#!/bin/sh\n(pwd; git rev-parse HEAD) > {seen}.post\n")
    assert run("apply", "--phase", "1", "--run-hooks").code == 0
    assert seen.read_text().splitlines() == [head, "app/old.py", head, "1", "consolidate demo"]
    assert (tmp_path / "seen.post").read_text().split() == [str(project), git(project, "rev-parse", "HEAD")]


@pytest.mark.parametrize("name", ["pre-commit", "prepare-commit-msg", "commit-msg"])
def test_a_rejection_is_exit_4_with_nothing_changed(run, project, state, name):
    hook(project, name, "#!/bin/sh\necho this is not how we do it\nexit 5\n")
    before = state()
    result = run("apply", "--phase", "1", "--run-hooks")
    assert result.code == 4
    assert "this is not how we do it" in result.err
    assert f"error: the hook {name} rejected the commit: exit status 5; " in result.err
    assert state() == before
    assert "cut off" not in run("status").err
    assert run("apply", "--phase", "1").code == 0


@pytest.mark.parametrize(
    ("script", "path"),
    [
        ("echo more >> app/old.py", "app/old.py"),
        ("echo more >> app/old.py; git add app/old.py", "app/old.py"),
        ("echo more >> notes.txt; git add notes.txt", "notes.txt"),
        ("rm app/old.py", "app/old.py"),
        ("git rm -q --cached notes.txt", "notes.txt"),
    ],
)
def test_a_hook_that_rewrites_the_commit_is_refused(run, project, state, script, path):
    hook(project, "pre-commit", f"#!/bin/sh\n{script}\n")
    before = state()
    result = run("apply", "--phase", "1", "--run-hooks")
    assert result.code == 3
    assert f"error: a hook rewrote {path}, and only the planned bytes are proved" in result.err
    assert state() == before


def test_a_message_may_grow_but_not_lose_its_trailers(run, project, state):
    hook(project, "commit-msg", '#!/bin/sh\necho "Change-Id: I1" >> "$1"\n')
    assert run("apply", "--phase", "1", "--run-hooks").code == 0
    assert git(project, "log", "-1", "--format=%(trailers:key=Change-Id,valueonly)") == "I1"
    assert "1 of 3 phases applied" in run("status").out
    hook(project, "commit-msg", '#!/bin/sh\necho mine > "$1"\n')
    before = state()
    result = run("apply", "--phase", "2", "--run-hooks")
    assert result.code == 3
    assert "Consolidate-Phase is lost" in result.err
    assert state() == before


def test_hooks_are_found_as_git_finds_them(run, project, tmp_path):
    mark = tmp_path / "mark"
    hook(project, "pre-commit", f"echo no interpreter line >> {mark}\n", folder="hooks of mine")
    hook(project, "commit-msg", f"#!/bin/sh\necho not executable >> {mark}\n", folder="hooks of mine")
    (project / "hooks of mine/commit-msg").chmod(0o644)
    hook(project, "pre-commit", f"#!/bin/sh\necho wrong folder >> {mark}\n")
    git(project, "config", "core.hooksPath", "hooks of mine")
    assert run("apply", "--phase", "1", "--run-hooks").code == 0
    assert mark.read_text() == "no interpreter line\n"


def test_hooks_come_before_the_tests_and_a_hook_has_no_debris(run, project, tmp_path):
    hook(project, "pre-commit", "#!/bin/sh\necho x > debris\nexit 0\n")
    words = ("apply", "--phase", "1", "--run-hooks", "--verify", f"ls >> {tmp_path / 'ls'}")
    assert run(*words).code == 0
    assert "debris" not in (tmp_path / "ls").read_text()
    assert git(project, "status", "--porcelain") == ""
