"""The program as a process: exit codes, one-line errors, what is imported, what a pipe and a terminal get."""

import json
import os
import re
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from consolidate.cache.memo import stamp
from consolidate.cli import main
from consolidate.commands import COMMANDS
from consolidate.repository import Repository
from planner.planfile import dump
from tests.cli import projects
from tests.cli.projects import git, make_plan

ROOT = Path(__file__).parent.parent.parent
HEAVY = ["git", "libcst", "jinja2", "bowler", "fissix", "pytest", "hypothesis", "multiprocessing", "ast", "difflib"]


def program(*words: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "consolidate", *words],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def imported(*words: str, cwd: Path = ROOT) -> set[str]:
    """Return which heavy modules a run imports."""
    code = (
        "import sys; from consolidate.cli import main; sys.stdout = sys.stderr = open('/dev/null', 'w');"
        f"code = main({list(words)!r}); sys.__stdout__.write(' '.join([str(code), *sys.modules]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    status, *modules = done.stdout.split()
    assert status == "0", done.stderr
    return set(modules) & set(HEAVY)


def test_help_lists_exactly_the_commands_that_there_are():
    result = program("--help")
    assert result.returncode == 0
    listed = result.stdout.partition("Commands:\n")[2].partition("\n\n")[0]
    assert [line.split()[0] for line in listed.splitlines()] == list(COMMANDS)
    assert all((ROOT / f"consolidate/commands/{name.replace('-', '_')}.py").is_file() for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name, capfd):
    assert main([name, "--help"]) == 0
    assert "Example: " in capfd.readouterr().out


def test_help_and_version_import_nothing_heavy():
    assert imported("--help") <= {"ast"}  # click's own, through inspect
    assert imported("--version") <= {"ast"}
    assert imported("apply", "--help") <= {"ast"}


def test_help_is_quick():
    """Processor time, because other processes may be at work here."""
    times = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert program("--help").returncode == 0
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert min(times) < 0.2


def test_status_and_history_import_neither_codemods_nor_templates(run, project):
    head = git(project, "rev-parse", "HEAD")
    config = projects.read_config(project, None)
    (project / ".git/consolidate/plans").mkdir(parents=True)
    plan = make_plan(Repository.open(project), config, head)
    (project / f".git/consolidate/plans/{plan.digest}.json").write_bytes(dump(plan))
    key = f"{head}-{config.sha256[:16]}-{stamp()}"
    (project / f".git/consolidate/plans/{key}").write_text(plan.digest)
    for command in ("status", "history"):
        assert imported(command, cwd=project) & {"libcst", "jinja2", "bowler", "fissix", "pytest"} == set()


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["pln"], "no such command: pln; did you mean `plan`?"),
        (["--colour"], "No such option '--colour'"),
        (["diff"], "Missing option '--phase'"),
        (["apply", "--phase", "x"], "'x' is not a valid integer"),
        (["-C", "/nonexistent", "plan"], "/nonexistent: No such file or directory"),
        (["--config", "nowhere.toml", "plan"], "the configuration file cannot be read; nowhere.toml"),
        (["completion", "tcsh"], "'tcsh' is not one of"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_2(run, project, words, text):
    result = run(*words)
    assert result.code == 2
    assert result.out == ""
    assert result.err.startswith("error: ")
    assert text in result.err
    assert result.err.count("\n") == 1


def test_outside_of_a_repository_it_says_so(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run("plan")
    assert result.code == 2
    assert "not a git repository" in result.err
    assert result.err.count("\n") == 1


def test_a_folder_that_is_gone_is_no_bug(tmp_path):
    gone = tmp_path / "gone"
    gone.mkdir()
    for words in ([], ["--config", "a.toml"], ["-C", "."]):
        start = "import os; os.rmdir(os.getcwd()); from consolidate.cli import main; "
        program = f"{start}raise SystemExit(main({[*words, 'plan']}))"
        gone.mkdir(exist_ok=True)
        done = subprocess.run([sys.executable, "-c", program], cwd=gone, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout) == (2, "")
        assert re.fullmatch(r"error: .*gone.*; .*\n", done.stderr), done.stderr


def test_a_wrong_configuration_names_table_and_key(run, project):
    (project / "consolidate.toml").write_text('[migration]\nname = "x"\ntarget = "a:b"\ntypo = 1\n')
    result = run("plan")
    assert (result.code, result.err.split("; ")[:2]) == (2, ["error: unknown key 'typo'", "migration.typo"])


def test_control_characters_of_an_error_are_escaped(run, project):
    result = run("show", "a\x1b[31m\n.json")
    assert result.code == 2
    assert r"a\x1b[31m\n.json" in result.err
    assert result.err.count("\n") == 1


def test_a_bug_is_exit_70_with_a_report_in_the_git_directory(run, project, monkeypatch):
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("boom\nsecond line")

    monkeypatch.setattr(projects.install(monkeypatch), "make_plan", broken)
    result = run("plan")
    assert result.code == 70
    assert result.err.count("\n") == 1
    assert "a bug in consolidate: RuntimeError: boom" in result.err
    report = next((project / ".git/consolidate").glob("consolidate-crash-*.txt"))
    assert str(report) in result.err
    assert "in broken" in report.read_text()
    assert "Traceback" in run("--traceback", "plan").err
    assert "Traceback" not in result.err


def test_interrupted_is_130(run, project, monkeypatch):
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(projects.install(monkeypatch), "make_plan", stop)
    result = run("plan")
    assert result.code == 130
    assert result.err.count("\n") == 1


def test_sigterm_is_143(run, project, monkeypatch):
    def stop(*_: object, **__: object) -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(10)

    before = signal.getsignal(signal.SIGTERM)
    monkeypatch.setattr(projects.install(monkeypatch), "make_plan", stop)
    assert run("plan").code == 143
    assert signal.getsignal(signal.SIGTERM) is before


def test_a_reader_that_goes_away_is_no_error():
    command = f"{sys.executable} -m consolidate show --schema | head -c 10"
    done = subprocess.run(
        ["bash", "-c", command + '; exit "${PIPESTATUS[0]}"'],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert done.returncode in (0, 141)


def test_a_pipe_gets_no_colours_and_an_option_or_the_environment_forces_them(run, project, monkeypatch):
    assert "\x1b" not in run("plan").out
    assert "\x1b[1m" in run("--color", "always", "plan").out
    assert "\x1b[1m" in run("plan", "--color", "always").out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[1m" in run("plan").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in run("plan").out
    assert "\x1b[1m" in run("--color", "always", "plan").out


def test_options_come_from_the_environment_too(run, project, monkeypatch):
    monkeypatch.setenv("CONSOLIDATE_COLOR", "always")
    monkeypatch.setenv("CONSOLIDATE_PLAN_CHECK", "1")
    result = run("plan")
    assert result.code == 1
    assert "\x1b[1m" in result.out


def test_verbose_and_quiet_stand_before_or_behind_the_command(run, project):
    long = run("-v", "plan").out
    assert long == run("plan", "-v").out
    assert "notes.txt:1  Old" in long
    assert run("history").err
    assert run("history", "-q").err == ""


def test_a_terminal_that_is_not_utf_8_gets_ascii(run, project):
    result = program("show", "--schema", PYTHONIOENCODING="ascii")
    assert result.returncode == 0
    run("plan", "-o", "../plan.json")
    shown = program("-v", "show", "../plan.json", "--phase", "2", cwd=project, PYTHONIOENCODING="ascii")
    assert shown.returncode == 0, shown.stderr
    assert "app.old -> app.new" in shown.stdout
    assert shown.stdout.isascii()
    assert "app/caf\\xe9 bar.py" in shown.stdout


def test_progress_goes_to_a_terminal_only(run, project, monkeypatch):
    def talk(*arguments, jobs=1, progress=None, trust=False, cache=None, executor=None):
        for step in range(50):
            progress("reading", step, 50)
        return projects.make_plan(*arguments)

    monkeypatch.setattr(projects.install(monkeypatch), "make_plan", talk)
    assert run("plan").err == ""


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_name_the_program(run, shell):
    result = run("completion", shell)
    assert result.code == 0
    assert "_CONSOLIDATE_COMPLETE" in result.out


def test_completion_completes_commands():
    done = program(
        _CONSOLIDATE_COMPLETE="bash_complete", COMP_WORDS="consolidate re", COMP_CWORD="1", PYTHONWARNINGS="error"
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["plain,review", "plain,revert", "plain,report"]


def test_json_on_stdout_is_nothing_but_json(run, project):
    json.loads(run("plan", "--json").out)
    json.loads(run("status", "--json").out)
