"""plan, apply, status, history and revert in a real git repository."""

import json
from dataclasses import replace

import pytest

from planner.model import Skipped
from planner.planfile import dump, load, seal
from tests.cli import projects
from tests.cli.projects import FILES, git


def tree(project) -> str:
    return git(project, "rev-parse", "HEAD^{tree}")


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


def test_each_phase_is_one_commit_with_its_trailers_and_the_tree_stays_clean(run, project):
    assert run("apply", "--phase", "1").code == 0
    assert run("apply", "--phase", "2").code == 0
    message = git(project, "log", "-1", "--format=%B")
    assert message.splitlines()[0] == "refactor(small): phase 2/3 Application code"
    assert "`consolidate revert --phase 2`" in message
    trailers = dict(
        line.split(": ", 1) for line in git(project, "log", "-1", "--format=%(trailers)").splitlines() if line
    )
    assert trailers["Consolidate-Phase"] == "2/3"
    assert trailers["Consolidate-Migration"] == "small"
    assert trailers["Consolidate-Plan"].startswith("sha256:")
    assert "Consolidate-Version" in trailers
    assert git(project, "rev-list", "--count", "HEAD") == "3"
    assert git(project, "status", "--porcelain") == ""
    assert (project / "app/user.py").read_bytes() == b"from app.new import New\r\n\r\nprint(New())"


def test_a_phase_that_is_applied_is_nothing_to_do(run, project):
    run("apply", "--phase", "1")
    head = git(project, "rev-parse", "HEAD")
    result = run("apply", "--phase", "1")
    assert (result.code, result.out) == (0, "Nothing to do: phase 1 is applied already.\n")
    assert git(project, "rev-parse", "HEAD") == head


def test_phases_go_in_order(run, project):
    result = run("apply", "--phase", "3")
    assert result.code == 3
    assert "phase 3 comes after phases 1, 2, not applied yet" in result.err
    assert git(project, "rev-list", "--count", "HEAD") == "1"


def test_there_is_no_phase_nine(run, project):
    result = run("apply", "--phase", "9")
    assert (result.code, result.err) == (2, "error: there is no phase 9; --phase; the plan has phases 1 to 3\n")


def test_all_applies_what_is_open_and_then_there_is_nothing_to_do(run, project):
    run("apply", "--phase", "1")
    result = run("apply", "--all")
    assert result.code == 0, result.err
    assert [line.partition(":")[0] for line in result.out.splitlines()] == [
        "phase 2/3 Application code",
        "phase 3/3 Tests",
    ]
    assert run("plan", "--check").code == 0
    for words in (["apply", "--all"], ["apply", "--phase", "2"]):
        again = run(*words)
        assert again.code == 0
        assert again.out.startswith("Nothing to do")
    assert git(project, "rev-list", "--count", "HEAD") == "4"


def test_plan_check_says_no_while_there_is_work(run, project):
    assert run("plan", "--check").code == 1
    assert run("status", "--check").code == 1


def test_a_dry_run_shows_the_files_of_every_phase_and_touches_nothing(run, project):
    result = run("apply", "--all", "--dry-run")
    assert result.code == 0, result.err
    assert "phase 3/3 Tests: 1 file: would be applied" in result.out
    assert " tests/test_old.py | +2 -2" in result.out
    assert git(project, "rev-list", "--count", "HEAD") == "1"
    assert git(project, "status", "--porcelain") == ""


def test_a_dry_run_refuses_what_apply_would_refuse(run, project):
    (project / "app/old.py").write_bytes(b"changed\n")
    assert run("apply", "--phase", "1", "-n").code == 3
    assert run("apply", "--phase", "1").code == 3
    assert (project / "app/old.py").read_bytes() == b"changed\n"


def test_a_file_that_changed_since_makes_its_phase_stale_and_no_other(run, project):
    run("plan", "-o", "../plan.json")
    (project / "app/user.py").write_bytes(b"from app.old import Old\n")
    (project / "unrelated.txt").write_bytes(b"x\n")
    git(project, "add", "-A")
    git(project, "commit", "-qm", "change")
    assert run("apply", "--phase", "1", "../plan.json").code == 0
    result = run("apply", "--phase", "2", "../plan.json")
    assert result.code == 3
    assert "app/user.py" in result.err
    assert "plan again" in result.err
    assert git(project, "rev-list", "--count", "HEAD") == "3"


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


def test_unproved_files_refuse_their_phase_unless_they_are_skipped(run, project):
    run("plan", "-o", "../plan.json")
    plan = load((project.parent / "plan.json").read_bytes())
    first = replace(plan.phases[0], unproved=(Skipped("app/odd.py", "line 3 differs"),))
    made = seal(replace(plan, phases=(first, *plan.phases[1:])), plan.tool)
    for file in (project.parent / "plan.json", project / f".git/consolidate/plans/{made.digest}.json"):
        file.write_bytes(dump(made))
    result = run("apply", "--phase", "1", "../plan.json")
    assert result.code == 3
    assert "line 3 differs; app/odd.py; " in result.err
    assert run("apply", "--phase", "1", "--skip-unproved", "../plan.json").code == 0


def test_a_phase_whose_proof_fails_at_the_last_moment_is_refused(run, project, monkeypatch):
    from consolidate.proof import Failure

    projects.install(monkeypatch)
    failure = Failure(3, "a name is lost")
    monkeypatch.setattr("consolidate.proving.prove_phase", lambda plan, phase, contents: (failure,))
    result = run("apply", "--phase", "1")
    assert result.code == 3
    assert "cannot be proved: a name is lost; line 3" in result.err
    assert git(project, "rev-list", "--count", "HEAD") == "1"


def test_a_plan_file_that_is_none_is_refused(run, project):
    (project / "plan.json").write_bytes(b"{}")
    for words in (["apply", "--phase", "1"], ["show"], ["diff", "--phase", "1"]):
        result = run(*words, "plan.json")
        assert result.code == 2
        assert result.err.count("\n") == 1
        assert "plan.json: format_version" in result.err


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


def test_a_run_that_was_cut_off_is_announced_and_blocks_changes(run, project, monkeypatch):
    from consolidate.gitstep import rollforward

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(rollforward, "_roll_files", die)
    assert run("apply", "--phase", "1").code == 130
    monkeypatch.undo()
    projects.install(monkeypatch)
    monkeypatch.chdir(project)
    assert "a run was cut off here (apply --phase 1)" in run("status").err
    assert run("apply", "--phase", "2").code == 4
    assert run("revert", "--phase", "1").code == 4
    assert "apply --phase 1 is finished" in run("apply", "--continue").out
    assert git(project, "status", "--porcelain") == ""
    assert run("apply", "--phase", "2").code == 0
    assert run("apply", "--abort").code == 2


def test_apply_wants_exactly_one_thing_to_apply(run, project):
    for words in ([], ["--all", "--phase", "1"], ["--continue", "--abort"]):
        assert run("apply", *words).code == 2


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
