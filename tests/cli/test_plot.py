"""`history --plot`: the numbers of real commits, and a picture that is well-formed and needs nothing else."""

import json
import subprocess
import xml.etree.ElementTree as ElementTree

import pytest

from tests.hostile_sources import world
from tests.hostile_sources.sources import IMPORT

USE = IMPORT + b"\nprint(Old())\n"


def commit(folder, files, day):
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    world.git(folder, "add", "-A")
    date = f"2024-01-{day:02}T12:00:00+00:00"
    subprocess.run(
        ["git", "-c", "user.name=A", "-c", "user.email=a@b.c", "commit", "-q", "-m", str(day), "--date", date],
        cwd=folder,
        check=True,
    )
    return world.git(folder, "rev-parse", "HEAD").strip()


@pytest.fixture
def repository(tmp_path):
    """The replacement comes with the second commit, references come and go, then the migration is applied."""
    folder = tmp_path / "project"
    folder.mkdir()
    world.git(folder, "init", "-q", "-b", "main")
    first = {name: data for name, data in world.FILES.items() if name not in ("app/new.py", "consolidate.toml")}
    commit(folder, first, 1)
    commit(folder, {"app/new.py": world.FILES["app/new.py"], "tests/test_it.py": USE}, 2)
    commit(folder, {"app/more.py": USE, "app/most.py": USE}, 3)
    commit(folder, {"app/most.py": b"", "consolidate.toml": world.CONFIG}, 4)
    return folder


def plot(folder, *words):
    ran = world.run(folder, "history", "--plot", "out.svg", "--json", *words)
    assert ran.code == 0, ran.err
    return json.loads(ran.out), ElementTree.fromstring((folder / "out.svg").read_bytes())


def test_each_commit_has_the_references_that_check_finds_there(repository):
    assert world.run(repository, "apply", "--all").code == 0
    facts, _ = plot(repository)
    points = facts["burn_down"]
    assert [point["tests"] > 0 for point in points[:4]] == [False, True, True, True]
    each = points[0]["application"]
    assert [point["application"] for point in points[:4]] == [each, each, 3 * each, 2 * each]
    assert (points[-1]["application"], points[-1]["tests"]) == (0, 0)
    world.git(repository, "checkout", "-q", "--detach", points[3]["commit"])
    found = json.loads(world.run(repository, "check", "--no-baseline", "--format", "json").out)
    assert len(found["findings"]) == points[3]["application"] + points[3]["tests"] > 0


def test_the_picture_is_well_formed_and_marks_the_phases(repository):
    assert world.run(repository, "apply", "--all").code == 0
    facts, root = plot(repository)
    kinds = [element.get("class") for element in root.iter() if element.get("class")]
    assert kinds.count("phase") == len(facts["commits"])
    assert {"all", "application", "axis"} <= set(kinds)
    texts = " ".join(element.text or "" for element in root.iter())
    assert "small: legacy references" in texts
    assert "2024-01-01" in texts
    data = (repository / "out.svg").read_text()
    assert "<script" not in data
    assert data.count("http") == 1  # the name space
    # What is left at the end lies on the axis.
    [path] = [element.get("d") for element in root.iter() if element.get("class") == "all"]
    assert path.endswith("V320.0H780V320.0Z")
    assert not path.startswith("M56.0 320.0V320.0")


def test_commits_are_chosen_in_even_steps_and_since(repository):
    some, _ = plot(repository, "--points", "2")
    every, _ = plot(repository)
    assert [point["commit"] for point in some["burn_down"]] == [every["burn_down"][index]["commit"] for index in (0, 3)]
    later, _ = plot(repository, "--since", "HEAD~2")
    assert later["burn_down"] == every["burn_down"][2:]
    one, _ = plot(repository, "--since", "HEAD~1")
    assert one["burn_down"] == every["burn_down"][3:]


@pytest.mark.parametrize(
    ("words", "tells"),
    [
        (("--since", "HEAD~1"), "--since is for --plot"),
        (("--plot", "out.svg", "--since", "HEAD"), "no commit lies behind HEAD"),
        (("--plot", "out.svg", "--since", "nowhere"), "no such commit: nowhere"),
        (("--plot", "app"), "the file cannot be written"),
        (("--plot", "out.svg", "--points", "1"), "1 is not in the range"),
    ],
)
def test_what_is_wrong_is_one_line(repository, words, tells):
    ran = world.run(repository, "history", *words)
    assert (ran.code, ran.out) == (2, b"")
    assert tells in ran.err
    assert ran.err.count("\n") == 1


def test_sarif_of_the_report_is_what_check_finds(repository):
    reported = json.loads(world.run(repository, "report", "--format", "sarif").out)
    checked = json.loads(world.run(repository, "check", "--no-baseline", "--format", "sarif").out)
    assert reported == checked
    assert reported["runs"][0]["results"]
