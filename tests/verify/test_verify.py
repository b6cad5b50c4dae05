"""`verify` and `apply --verify` on the command line: what they print, what they refuse, and that they touch nothing."""

import json
import os

import pytest

from tests.cli.projects import git
from tests.verify.conftest import COMMAND, commit, lines, runs

GREEN = {"s::a": "passed", "s::b": "passed"}
RED = {"s::a": "passed", "s::b": "failed"}


def test_what_passes_before_and_after_is_exit_0_and_touches_nothing(run, runner, project, state, tmp_path):
    (project / "notes.txt").write_text("dirty\n")
    before = state()
    objects = git(project, "count-objects", "-v")
    result = run("verify", "--tests", runner([GREEN], [GREEN]), *COMMAND)
    assert result.code == 0, result.err
    assert "0 newly failing, 0 gone" in lines(result)
    assert result.out.endswith("Next:\nconsolidate apply --phase 1\n")
    assert (runs(tmp_path, "before"), runs(tmp_path, "after")) == (1, 1)
    assert state() == before
    assert git(project, "count-objects", "-v") == objects
    assert max(map(len, result.out.splitlines())) <= 80


def test_a_test_that_newly_fails_is_exit_1_and_told_with_its_reason(run, runner, project, state, tmp_path):
    before = state()
    result = run("verify", "--tests", runner([GREEN], [RED]), *COMMAND)
    assert result.code == 1
    told = lines(result)
    assert "1 newly failing, 0 gone" in told
    assert told[told.index("Newly failing:") :][:3] == ["Newly failing:", "s::b", "why b"]
    assert runs(tmp_path, "after") == 3, "it ran again twice"
    assert state() == before
    log = project / told[-1].removeprefix("Output: ")
    assert log.read_text() == "ran after\n"
    kept = json.loads((project / ".git/consolidate/verify/phase-1.json").read_text())
    assert kept["newly_failing"] == [["s::b", "failed", "why b", True]]


@pytest.mark.parametrize(
    ("before", "after", "code", "counts"),
    [
        (RED, RED, 0, "0 newly failing, 0 gone, 1 red before and after"),
        (RED, GREEN, 0, "0 newly failing, 0 gone, 1 newly passing"),
        (GREEN, {"s::a": "passed"}, 1, "0 newly failing, 1 gone"),
        (GREEN, {"s::a": "passed", "s::b": "skipped"}, 1, "0 newly failing, 1 gone"),
        (GREEN, {**GREEN, "s::c": "passed"}, 0, "0 newly failing, 0 gone, 1 new"),
    ],
)
def test_the_comparison_is_test_by_test(run, runner, before, after, code, counts):
    result = run("verify", "--reruns", "0", "--tests", runner([before], [after]), *COMMAND)
    assert result.code == code
    assert counts in lines(result)


def test_what_passes_when_run_again_is_flaky_and_blocks_nothing(run, runner, tmp_path):
    result = run("verify", "--tests", runner([GREEN], [RED, RED, GREEN]), *COMMAND)
    assert result.code == 0
    assert "0 newly failing, 0 gone, 1 flaky" in lines(result)
    result = run("verify", "--tests", runner([GREEN], [RED, RED, GREEN]), *COMMAND, "--reruns", "1")
    assert result.code == 1


def test_results_before_are_used_again_but_never_to_refuse(run, runner, tmp_path):
    command = runner([GREEN], [GREEN])
    assert run("verify", "--tests", command, *COMMAND).code == 0
    result = run("verify", "--tests", command, *COMMAND)
    assert any("--fresh" in line for line in lines(result))
    assert runs(tmp_path, "before") == 1
    assert run("verify", "--tests", command, *COMMAND, "--fresh").code == 0
    assert runs(tmp_path, "before") == 2
    command = runner([RED], [RED])  # the world has changed: it is red before, too
    assert run("verify", "--tests", command, *COMMAND).code == 0
    assert (runs(tmp_path, "before"), runs(tmp_path, "after")) == (1, 1)


def test_without_a_report_the_exit_status_is_the_test(run):
    assert run("verify", "--tests", "true").code == 0
    result = run("verify", "--tests", 'echo broken by it; test "$CONSOLIDATE_VERIFY" = before')
    assert result.code == 1
    assert lines(result)[-4:-2] == ["the command itself", "exit status 1: broken by it"]


def test_an_exit_status_that_no_test_explains_is_a_failure(run, runner):
    status = '$([ "$side" = after ] && echo 3 || echo 0)'
    result = run("verify", "--tests", runner([GREEN], [GREEN], status), *COMMAND)
    assert result.code == 1
    assert "the command itself" in lines(result)
    assert run("verify", "--tests", runner([RED], [RED], "1"), *COMMAND).code == 0


def test_phases_one_by_one_all_of_them_and_those_that_are_applied(run, runner, tmp_path):
    command = runner([GREEN], [GREEN])
    result = run("verify", "--all", "--tests", command, *COMMAND)
    assert result.code == 0
    assert [line.split(" ")[3] for line in result.out.splitlines() if line.startswith("Tests of")] == [
        "1/3",
        "2/3",
        "3/3",
    ]
    assert (runs(tmp_path, "before"), runs(tmp_path, "after")) == (1, 3), "after one is before the next"
    assert "phase 3/3" in run("verify", "--phase", "3", "--tests", command, *COMMAND).out
    assert run("apply", "--all").code == 0
    assert run("verify", "--tests", command, *COMMAND).out.startswith("Nothing to do")
    result = run("verify", "--phase", "2", "--tests", "grep -q app.old app/user.py")
    assert result.code == 1, "the applied commit was compared with the one before it"


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("--tests", "no-such-program-here"), "the tests cannot be run: exit status 127"),
        (("--tests", "false"), "no test passes before the phase (exit status 1)"),
        (("--tests", "sleep 30", "--timeout", "0.3"), "took longer than 0 seconds"),
        (("--tests", "echo '<a' > r.xml", "--junit", "r.xml"), "a JUnit report cannot be read: r.xml: not XML"),
        (("--tests", "true", "--phase", "9"), "there is no phase 9"),
        (("--tests", "true", "--phase", "1", "--all"), "which phases?"),
        ((), "Missing option '--tests'"),
    ],
)
def test_what_cannot_be_compared_is_exit_2_and_one_line(run, state, words, error):
    before = state()
    result = run("verify", *words)
    assert result.code == 2
    assert error in result.err
    assert result.err.count("\n") == 1
    assert state() == before


def test_a_run_after_that_takes_too_long_is_no_pass(run):
    result = run("verify", "--timeout", "1", "--tests", '[ "$CONSOLIDATE_VERIFY" = before ] || sleep 30')
    assert result.code == 1
    assert "took longer than 1 seconds and was ended" in result.out


# apply --verify


def test_apply_commits_what_the_tests_let_through(run, runner, project):
    head = git(project, "rev-parse", "HEAD")
    seen = f"$(git rev-parse HEAD) $(git -C '{project}' rev-parse HEAD)"
    command = runner([GREEN], [GREEN]) + f"; echo {seen} >> {project.parent / 'seen'}"
    assert run("apply", "--phase", "1", "--verify", command, *COMMAND).code == 0
    new = git(project, "rev-parse", "HEAD")
    assert git(project, "rev-parse", "HEAD^") == head
    assert (project.parent / "seen").read_text().splitlines() == [f"{head} {head}", f"{new} {head}"]
    assert git(project, "status", "--porcelain") == ""


def test_apply_refuses_with_nothing_touched(run, runner, project, state):
    (project / "notes.txt").write_text("dirty\n")
    before = state()
    result = run("apply", "--phase", "1", "--verify", runner([GREEN], [RED]), *COMMAND)
    assert result.code == 3
    assert result.err.startswith("error: phase 1 was not committed: 1 test newly failing; ")
    assert "s::b" in lines(result)
    assert state() == before
    assert not (project / ".git/consolidate/journal.json").exists()
    assert not (project / ".git/consolidate/scratch").exists()


def test_apply_all_stops_at_the_phase_that_breaks_a_test(run, runner, project):
    result = run("apply", "--all", "--verify", runner([GREEN], [GREEN, RED]), *COMMAND)
    assert result.code == 3
    assert "phase 2 was not committed" in result.err
    assert git(project, "log", "--format=%(trailers:key=Consolidate-Phase,valueonly)").split() == ["1/3"]
    assert run("status").code == 0


def test_what_changed_while_the_tests_ran_is_seen(run, project, state):
    spoil = f'[ "$CONSOLIDATE_VERIFY" = before ] || echo mine >> {project}/app/old.py'
    result = run("apply", "--phase", "1", "--verify", spoil)
    assert result.code == 3
    assert "app/old.py" in result.err
    assert (project / "app/old.py").read_text().endswith("mine\n")
    git(project, "checkout", "-q", "app/old.py")
    move = f'[ "$CONSOLIDATE_VERIFY" = before ] || (cd {project} && git commit -q --allow-empty -m mine)'
    result = run("apply", "--phase", "1", "--verify", move)
    assert result.code == 3
    assert "HEAD has moved" in result.err


@pytest.mark.parametrize("words", [("--phase", "1", "-n"), ("--continue",), ("--abort",)])
def test_verify_goes_with_what_commits(run, words):
    assert run("apply", *words, "--verify", "true").code == 2


def test_pytest_needs_no_options(run, project, monkeypatch):
    for name in [name for name in os.environ if name.startswith("PYTEST_")]:
        monkeypatch.delenv(name)
    commit(
        project,
        {
            "tests/test_shape.py": (
                "from pathlib import Path\nimport app.old\n"
                "def test_where(): assert Path(app.old.__file__).parent.parent == Path.cwd()\n"
                "def test_class():\n    assert 'class Old' in Path('app/old.py').read_text(), 'the class is gone'\n"
                "def test_red_by_design(): assert 0\n"
                "def test_writes(): Path('debris').write_text('x')\n"
            ),
            "tests/test_broken.py": "import nothing_of_that_name\n",
        },
    )
    import sys

    result = run(
        "apply", "--phase", "1", "--reruns", "1", "--verify", f"{sys.executable} -m pytest -q -x --maxfail=9 tests"
    )
    assert result.code == 3
    told = lines(result)
    assert "1 newly failing, 0 gone, 2 red before and after" in told
    assert told[told.index("Newly failing:") :][1:3] == [
        "tests/test_shape.py::test_class",
        "AssertionError: the class is gone",
    ]
    assert git(project, "status", "--porcelain") == ""
