"""Phases applied in a real git repository, each as one commit, in order, or refused."""

from msgspec.structs import replace

from planner.model import Skipped
from planner.planfile import dump, load, seal
from tests.cli import projects
from tests.cli.projects import git


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


def test_a_run_that_was_cut_off_is_announced_and_blocks_changes(run, project, monkeypatch):
    projects.cut_off(run, project, monkeypatch)
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
