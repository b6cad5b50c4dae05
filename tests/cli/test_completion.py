"""What a shell is offered for phases and engines, and what `show --engine` shows of one."""

import csv
import os
import subprocess
import sys

import pytest

from tests.hostile_sources import world


@pytest.fixture(scope="module")
def planned(tmp_path_factory):
    folder = world.make(tmp_path_factory.mktemp("completion"), {"docs/a.md": b"`app.old.Old` is old.\n"})
    for key, value in (("user.name", "A"), ("user.email", "a@example.org")):
        world.git(folder, "config", key, value)
    assert world.run(folder, "plan", "-o", "../plan.json").code == 0
    assert world.run(folder, "apply", "--phase", "1").code == 0
    return folder


def completed(folder, words):
    """Return what zsh is given: each completion with its description."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(world.ROOT),
        "_CONSOLIDATE_COMPLETE": "zsh_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split(" ")) - 1),
    }
    done = subprocess.run(
        [sys.executable, "-m", "consolidate"], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.strip().splitlines()
    return [f"{kind} {name}: {told}" for kind, name, told in zip(*(lines[n::3] for n in range(3)), strict=True)]


@pytest.mark.parametrize("command", ["apply", "diff", "revert", "review", "show", "report", "verify"])
def test_phases_with_state_and_title(planned, command):
    found = completed(planned, f"consolidate {command} --phase ")
    assert found[0] == "plain 1: Put shims in place of the legacy modules (applied)"
    assert found[1] == "plain 2: Move the application's importers (open)"
    assert completed(planned, f"consolidate {command} --phase 2") == [found[1]]


def test_phases_of_a_plan_file_and_of_another_folder(planned, tmp_path):
    assert completed(planned, "consolidate diff ../plan.json --phase 2")[0].startswith("plain 2: Move the application")
    assert completed(tmp_path, f"consolidate -C {planned} diff --phase 2")[0].startswith("plain 2: Move the app")


def test_engines(planned):
    assert completed(planned, "consolidate show --engine O") == ["plain Old: app.old"]
    assert completed(planned, "consolidate show --engine x") == []


def test_files_are_the_shells(planned):
    assert completed(planned, "consolidate check app/u") == ["file app/u: _"]


def test_where_nothing_is_known_nothing_is_said(tmp_path):
    for words in ("consolidate diff --phase ", "consolidate -C nowhere diff --phase ", "consolidate show --engine "):
        assert completed(tmp_path, words) == []


def test_one_engine(planned):
    shown = world.run(planned, "show", "--engine", "Old", "../plan.json")
    assert (shown.code, shown.err) == (0, "")
    text = shown.out.decode()
    assert "rewritten: " in text
    assert world.run(planned, "show", "--engine", "app.old:Old", "../plan.json").out == shown.out
    assert "app/user.py:1" in world.run(planned, "-v", "show", "--engine", "Old", "../plan.json").out.decode()
    every = world.run(planned, "show", "--format", "csv", "../plan.json").out.decode().splitlines()
    rows = list(csv.DictReader(every))
    table = world.run(planned, "show", "--engine", "Old", "--format", "csv", "../plan.json").out.decode().splitlines()
    assert list(csv.DictReader(table)) == [row for row in rows if row["engine"] == "app.old:Old"] != []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--engine", "Odl"], "error: there is no engine Odl; --engine; did you mean 'Old'?"),
        (["--engine", "Old", "--phase", "1"], "error: --phase does not go with --engine; --engine; name one of them"),
        (["--engine", "Old", "--format", "json"], "error: --engine does not go with --format json; --engine; use text"),
    ],
)
def test_wrong_words(planned, words, said):
    found = world.run(planned, "show", *words, "../plan.json")
    assert found.code == 2
    assert found.err.startswith(said)
