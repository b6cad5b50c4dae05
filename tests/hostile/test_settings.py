"""What a repository brings along is never run: not by its git settings, not because it lies where we are started."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from consolidate.commands import COMMANDS
from consolidate.gitstep import search
from tests.hostile.settings import SETTINGS, Mine

# What each command is asked, in an order in which it has something to do; others are asked without words.
WORDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "plan": (("plan",), ("--jobs", "2", "plan", "--json"), ("plan", "--check", "--commit", "HEAD")),
    "show": (("show",), ("show", "--format", "markdown", "../plan.json")),
    "diff": (("diff", "--phase", "2"), ("diff", "--phase", "1", "--stat")),
    "review": (("review", "--html", "../review.html"),),
    "status": (("status",), ("status", "--json")),
    "check": (("check",), ("check", "app")),
    "apply": (("apply", "--all", "-n"), ("apply", "--phase", "1"), ("apply", "--all"), ("apply", "--abort")),
    "history": (("history",),),
    "revert": (("revert", "--phase", "4", "--check"), ("revert", "--phase", "1", "--through")),
    "completion": (("completion", "bash"),),
    "demo": (),  # below, as a process
}
IN_ORDER = [*WORDS, *(name for name in COMMANDS if name not in WORDS)]


@pytest.fixture
def mine(world, monkeypatch):
    monkeypatch.setattr(search, "_FEW", 0)  # so that git looks through the work tree, as it does in a large repository
    return Mine(world)


def test_there_are_sixteen_settings_at_least():
    assert len({setting.name for setting in SETTINGS}) == len(SETTINGS) >= 16


@pytest.mark.parametrize("setting", SETTINGS, ids=[setting.name for setting in SETTINGS])
def test_plain_git_runs_it(mine, setting):
    variables = setting.lay(mine)
    mine.world.write("consolidate.toml", b"# changed\n")
    setting.spring(mine, variables)
    assert mine.sung() != []


def test_no_command_runs_any_of_them(mine, monkeypatch):
    world = mine.world
    variables: dict[str, str] = {}
    for setting in SETTINGS:
        if setting.name != "gpg-ssh":  # the other format of signatures
            variables |= setting.lay(mine)
    for name in ("notes.txt", "consolidate.toml"):
        os.utime(world.root / name, (1, 1))  # so that git would have to look into them
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    for command in IN_ORDER:
        for words in WORDS.get(command, ((command,),)):
            for name, value in variables.items():
                monkeypatch.setenv(name, value)  # opening a repository forgets some of them
            ended = world.run(*words)
            assert ended.code in ((0, 1) if command in WORDS and "--abort" not in words else (0, 1, 2, 3)), ended
            assert mine.sung() == [], words
    monkeypatch.undo()


LYING_THERE = {
    "git": "#!/bin/sh\n: > '{}/git'\n",
    **{
        name: "open('{}/" + name + "', 'w')\n"
        for name in (
            *("sitecustomize.py", "usercustomize.py", "conftest.py", "click.py", "git.py", "libcst.py", "jinja2.py"),
            *("planner.py", "templates.py", "codemods.py", "app/__init__.py", "tests/__init__.py", "ast.py", "json.py"),
        )
    },
    "pytest.ini": "[pytest]\npython_files = *.py\n",
}


@pytest.fixture
def lying(mine):
    for name, text in LYING_THERE.items():
        mine.world.write(name, text.replace("{}", str(mine.canaries))).chmod(0o755)
    mine.world.commit()
    return mine


def test_a_plain_interpreter_runs_what_lies_there(lying):
    subprocess.run([sys.executable, "-c", "import click"], cwd=lying.world.root, check=True)
    subprocess.run(["./git"], cwd=lying.world.root, check=True)
    assert lying.sung() == ["click.py", "git"]


@pytest.mark.parametrize("program", ["consolidate", "python -m consolidate"])
def test_what_lies_where_we_are_started_is_not_run(lying, program):
    root = Path(__file__).parent.parent.parent
    scripts = Path(sysconfig.get_path("scripts"))
    command = [str(scripts / "consolidate")] if program == "consolidate" else [sys.executable, "-m", "consolidate"]
    if program == "consolidate" and not (scripts / "consolidate").exists():
        pytest.skip("consolidate is not installed")
    environment = {**os.environ, "PYTHONPATH": str(root)}
    for words in (["plan"], ["apply", "--all"], ["check"], ["status"]):
        done = subprocess.run(
            [*command, "--jobs", "2", *words], cwd=lying.world.root, env=environment, capture_output=True, check=False
        )
        assert done.returncode in (0, 1), done.stderr
        assert lying.sung() == []


def test_the_demo_runs_nothing_of_where_it_is_started(lying):
    ended = lying.world.process("demo", str(lying.world.base / "demo"))
    assert ended.code == 0, ended
    assert lying.sung() == []
