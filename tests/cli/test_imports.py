"""Which heavy modules each command imports: what a command does not need, its user does not wait for."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from consolidate.commands import COMMANDS
from tests.hostile_sources import world

HEAVY = {
    *("asyncio", "bowler", "concurrent.futures.process", "dask", "distributed", "fissix", "git", "hypothesis"),
    *("jinja2", "libcst", "multiprocessing", "pytest", "sqlite3"),
}
READING = {"sqlite3"}
CHANGING = READING | {"git"}
PLANNING = READING | {"jinja2"}  # the shims that there would be
# In a repository of which the plan is kept, and its first phase is applied. `demo` runs other commands, as processes.
IMPORTED: dict[str, tuple[list[str], set[str]]] = {
    "init": (["-o", "new.toml"], READING),
    "plan": ([], PLANNING | {"libcst"}),
    "show": ([], READING),
    "diff": (["--phase", "2"], READING),
    "review": (["--html", "review.html"], PLANNING),
    "apply": (["--phase", "2", "-n"], CHANGING),
    "status": ([], READING),
    "history": ([], READING),
    "revert": (["--phase", "1", "--check"], CHANGING),
    "verify": (["--tests", "true"], CHANGING),
    "check": (["app/new.py"], READING),
    "report": ([], READING),
    "campaign": (["repos.txt", "report"], set()),
    "export": (["--format", "ruff"], READING),
    "blame-ignore": ([], READING),
    "doctor": ([], PLANNING),  # it tries the configuration
    "completion": (["bash"], set()),
}


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = world.make(tmp_path_factory.mktemp("imports"), {"repos.txt": b"."})
    for key, value in (("user.name", "A"), ("user.email", "a@example.org")):
        world.git(folder, "config", key, value)
    assert world.run(folder, "apply", "--phase", "1").code == 0
    return folder


def imported(folder: Path, *words: str) -> set[str]:
    program = (
        "import sys; from consolidate.cli import main; sys.stdout = sys.stderr = open('/dev/null', 'w');"
        f"code = main({list(words)!r}); sys.__stdout__.write(' '.join([str(code), *sys.modules]))"
    )
    environment = {**os.environ, "PYTHONPATH": str(world.ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=folder, env=environment, capture_output=True, text=True, check=True
    )
    code, *modules = done.stdout.split()
    assert code == "0"
    return set(modules) & HEAVY


def test_every_command_is_told_of():
    assert [*IMPORTED, "demo"] == sorted(COMMANDS, key=[*IMPORTED, "demo"].index)


@pytest.mark.parametrize("name", IMPORTED)
def test_a_command_imports_what_it_needs(repository, name):
    words, wanted = IMPORTED[name]
    if name == "plan":  # nothing is kept of the commit that it plans
        assert imported(repository, "--no-cache", name) == wanted
    else:
        assert imported(repository, name, *words) == wanted


def test_the_help_of_no_command_imports_anything_heavy(tmp_path):
    program = "import sys; from consolidate.cli import main; codes = [main([name, '--help']) for name in {}];"
    tell = "sys.stderr.write(' '.join(sys.modules)); sys.exit(any(codes))"
    done = subprocess.run(
        [sys.executable, "-c", program.format(list(COMMANDS)) + tell],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(world.ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert set(done.stderr.split()) & HEAVY == set()


def test_a_plan_after_a_commit_imports_libcst_only_for_statements_that_nobody_has_seen(tmp_path):
    folder = world.make(tmp_path, {})

    def change(text: bytes) -> None:
        path = folder / "app/user.py"
        path.write_bytes(text + path.read_bytes() + text)
        world.git(folder, "commit", "-qam", "change")

    assert "libcst" in imported(folder, "plan")
    change(b"# more\n")
    assert "libcst" not in imported(folder, "plan")
    change(b"from app.old import (Old)\n")
    assert "libcst" in imported(folder, "plan")
