"""A clone in which the plan under way cannot be had: what is applied is told all the same, by the commits."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest

from tests.cli.projects import FILES, git


def _other_configuration(project, monkeypatch):
    shutil.rmtree(project / ".git/consolidate/plans")
    (project / "consolidate.toml").write_bytes(FILES["consolidate.toml"] + b'[engine.exports]\nother = "a.b:c"\n')
    return "planning again gives another one"


def _shallow_clone(project, monkeypatch):
    depth = int(git(project, "rev-list", "--count", "HEAD")) - 1  # all but the commit before the first phase
    url = f"file://{project}"
    subprocess.run(["git", "clone", "-q", "--depth", str(depth), url, project.parent / "shallow"], check=True)
    monkeypatch.chdir(project.parent / "shallow")
    return "the commit that it was made of is not here"


@pytest.mark.parametrize("lose", [_other_configuration, _shallow_clone])
def test_status_tells_phases_by_their_commits_and_says_what_is_unknown(run, project, monkeypatch, lose):
    run("apply", "--phase", "1")
    run("apply", "--phase", "2")
    known = json.loads(run("status", "--json").out)
    run("revert", "--phase", "2")
    why = lose(project, monkeypatch)
    facts = json.loads(run("status", "--json").out)
    assert [phase["state"] for phase in facts["phases"]] == ["applied", "reverted", "pending"]
    assert [phase["number"] for phase in facts["phases"]] == [1, 2, 3]
    for same in ("commit", "title"):
        assert [phase[same] for phase in facts["phases"][:2]] == [phase[same] for phase in known["phases"][:2]]
    assert facts["phases"][1]["reverted_by"] == git(project, "rev-parse", "HEAD")
    assert facts["phases"][2]["title"] is None
    assert (facts["migration"], facts["plan"]) == (known["migration"], known["plan"])
    assert known["unknown"] is None
    assert why in facts["unknown"]
    assert (facts["engines"], facts["commit"]) == (None, None)
    shown = run("status")
    assert (shown.code, shown.err) == (0, "")
    assert "Migration small: 1 of 3 phases applied" in shown.out
    line = next(line for line in shown.out.splitlines() if line.startswith("What is still legacy is not known here: "))
    assert why in line
    assert run("status", "--check").code == 1
    assert run("apply", "--phase", "2").code == 3


def test_status_check_says_yes_where_every_phase_of_a_lost_plan_is_applied(run, project, monkeypatch):
    run("apply", "--all")
    _other_configuration(project, monkeypatch)
    ended = run("status", "--check")
    assert ended.code == 0
    assert "3 of 3 phases applied" in ended.out


def test_a_clone_makes_the_plan_again(run, project, monkeypatch):
    run("apply", "--phase", "1")
    known = run("status", "--json").out
    subprocess.run(["git", "clone", "-q", project, project.parent / "clone"], check=True)
    monkeypatch.chdir(project.parent / "clone")
    assert run("status", "--json").out == known
