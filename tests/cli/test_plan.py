"""A plan in a real git repository: what plan, show, diff and check tell of it, and which plan is under way."""

import json

import pytest

from planner.planfile import load
from tests.cli.projects import FILES, git, tree


def test_the_plan_ends_with_the_command_that_applies_its_first_phase(run, project):
    result = run("plan")
    assert result.code == 0, result.err
    assert result.out.splitlines()[-1] == "consolidate apply --phase 1"
    assert "2  Application code" in result.out
    assert run("apply", "--phase", "1").code == 0


def test_the_advised_command_repeats_the_options_before_the_command(run, project, monkeypatch):
    monkeypatch.chdir(project.parent)
    assert run("-C", "project", "plan").out.splitlines()[-1] == "consolidate -C project apply --phase 1"


def test_plan_writes_the_same_bytes_to_a_file_and_to_stdout(run, project):
    result = run("plan", "--json", "-o", "../plan.json")
    data = (project.parent / "plan.json").read_bytes()
    assert result.out.encode() == data
    assert load(data).commit == git(project, "rev-parse", "HEAD")
    shown = run("plan", "-o", "../plan.json")
    assert shown.out.splitlines()[-1] == "consolidate apply --phase 1 ../plan.json"


def test_planning_touches_nothing_that_git_sees(run, project):
    before = git(project, "status", "--porcelain", "--ignored"), tree(project), git(project, "reflog")
    run("plan")
    run("diff", "--phase", "1")
    run("apply", "--all", "-n")
    run("status")
    assert (git(project, "status", "--porcelain", "--ignored"), tree(project), git(project, "reflog")) == before


def test_plan_check_says_no_while_there_is_work(run, project):
    assert run("plan", "--check").code == 1
    assert run("status", "--check").code == 1


def test_the_plan_under_way_goes_on_after_other_commits(run, project):
    run("apply", "--phase", "1")
    (project / "unrelated.txt").write_bytes(b"x\n")
    git(project, "add", "-A")
    git(project, "commit", "-qm", "change")
    result = run("apply", "--phase", "2")
    assert result.code == 0, result.err
    plans = set(git(project, "log", "--format=%(trailers:key=Consolidate-Plan)").split()) - {"Consolidate-Plan:"}
    assert len(plans) == 1


def test_a_lost_plan_is_made_again_and_must_be_the_same(run, project):
    import shutil

    run("apply", "--phase", "1")
    shutil.rmtree(project / ".git/consolidate/plans")
    assert run("apply", "--phase", "2").code == 0
    shutil.rmtree(project / ".git/consolidate/plans")
    (project / "consolidate.toml").write_bytes(FILES["consolidate.toml"] + b'[engine.exports]\nother = "a.b:c"\n')
    result = run("apply", "--phase", "3")
    assert result.code == 3
    assert "is lost" in result.err


def test_a_kept_plan_that_was_tampered_with_is_not_used(run, project):
    run("apply", "--phase", "1")
    plans = list((project / ".git/consolidate/plans").glob("*.json"))
    for file in plans:
        file.write_bytes(file.read_bytes().replace(b"app.new", b"app.bad"))
    assert run("apply", "--phase", "2").code == 0
    assert b"app.new" in (project / "app/user.py").read_bytes()


def test_a_plan_file_that_is_none_is_refused(run, project):
    (project / "plan.json").write_bytes(b"{}")
    for words in (["apply", "--phase", "1"], ["show"], ["diff", "--phase", "1"]):
        result = run(*words, "plan.json")
        assert result.code == 2
        assert result.err.count("\n") == 1
        assert "plan.json: format_version" in result.err


@pytest.mark.parametrize("number", [1, 2, 3])
def test_the_diff_of_a_phase_applies_after_those_before_it(run, project, number):
    run("plan", "-o", "../plan.json")
    for earlier in range(1, number):
        run("apply", "--phase", str(earlier))
    result = run("diff", "--phase", str(number), "../plan.json")
    git(project, "apply", "--check", "-", stdin=result.out.encode("utf-8", "surrogateescape"))
    assert run("diff", "--phase", str(number)).out == result.out
    git(project, "apply", "--cached", "-", stdin=result.out.encode("utf-8", "surrogateescape"))
    made = git(project, "write-tree")
    git(project, "reset", "-q", "--hard")
    run("apply", "--phase", str(number))
    assert tree(project) == made


def test_diff_exit_code_and_stat(run, project):
    assert run("diff", "--phase", "1", "--exit-code").code == 1
    assert run("diff", "--phase", "1", "--stat").out.splitlines()[-1] == (
        " 1 file changed, 1 insertions(+), 1 deletions(-)"
    )


def test_another_plan_under_way_is_said_and_a_plan_file_takes_over(run, project):
    run("apply", "--phase", "1")
    result = run("plan")
    assert "is under way" in result.out
    assert result.out.splitlines()[-1] == "consolidate apply --phase 2"
    run("plan", "-o", "../new.json")
    assert run("apply", "--phase", "1", "../new.json").code == 0
    assert b"app.new" in (project / "app/user.py").read_bytes()
    assert run("apply", "--all").code == 0
    assert run("plan", "--check").code == 0


def test_check_names_places_and_what_to_do(run, project):
    result = run("check")
    assert result.code == 1
    assert "app/user.py:1:1: from-import of Old: " in result.out
    assert "→ use app.new" in result.out
    assert "app/old.py" not in result.out
    assert "notes.txt" not in result.out
    assert run("check", "app/new.py").code == 0
    assert run("check", "tests").out.count("\n") == 3
    assert run("check", "nowhere").code == 2
    assert run("check", "../").code == 2
    (project / "tests/test_old.py").write_bytes(b"")
    assert run("check", "tests").code == 0
    run("plan")


def test_show_in_every_form(run, project):
    run("plan", "-o", "../plan.json")
    saved = (project.parent / "plan.json").read_bytes()
    assert run("show", "--format", "json", "../plan.json").out.encode() == saved
    assert run("show", "--format", "json").out.encode() == saved
    assert run("show", "--format", "markdown", "../plan.json").out.startswith("# Plan of the migration small")
    assert run("show", "--format", "mermaid").out.startswith("flowchart LR")
    assert run("show", "--format", "csv", "--phase", "3").out.count("\n") == 4
    assert "Phase 2 of 3: Application code" in run("show", "--phase", "2").out
    assert run("show", "--phase", "2", "--format", "json").code == 2
    assert json.loads(run("show", "--schema").out)["title"].startswith("A plan of consolidate")
