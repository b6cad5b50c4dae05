"""`init` on real repositories, as a process: what is written, and what is refused."""

import tomllib

import pytest

from planner.config import parse
from tests.hostile_sources import world


@pytest.fixture
def repository(tmp_path):
    folder = world.make(tmp_path / "project", {})
    world.git(folder, "rm", "-q", "consolidate.toml")
    world.git(folder, "commit", "-q", "-m", "No configuration")
    return folder


def test_the_first_configuration_is_read_as_one_and_wants_to_be_filled_in(repository):
    ran = world.run(repository, "init")
    assert (ran.code, ran.out) == (0, b"")
    assert "name target and engines in it" in ran.err
    config = parse(tomllib.loads((repository / "consolidate.toml").read_text()))
    assert str(config.target) == "package.module:Name"
    planned = world.run(repository, "plan")
    assert planned.code == 2
    assert "package.module" in planned.err


def test_filled_in_by_options_it_can_be_planned(repository):
    ran = world.run(repository, "init", "--target", "app.new:New", "--legacy", "app.old:Old")
    assert ran.code == 0
    text = (repository / "consolidate.toml").read_text()
    assert all(len(line) <= 120 for line in text.splitlines() if "tests = " not in line)
    assert parse(tomllib.loads(text)).name == "new"
    assert [engine["id"] for engine in world.plan(repository)["engines"]] == ["app.old:Old"]


@pytest.mark.parametrize(
    ("words", "tells"),
    [
        (("--target", "app.nw:New"), ("no module app.nw", "--target", "'app.new'")),
        (("--target", "app.new:Nev"), ("app/new.py has no name Nev", "--target", "'New'")),
        (("--legacy", "app.old:"), ("'app.old:' is no symbol", "--legacy", "package.module:Name")),
        (("--json",), ("--json is for --detect", "add --detect")),
        (("--detect", "("), ("no regular expression", "--detect", "Python's re")),
        (("--detect", "Nw"), ("no class or function matches 'Nw'", "--detect", "'New'")),
        (("--detect", "Old"), ("only app.old:Old matches", "--detect")),
        (("--detect", "Old|New"), ("no two of them have much in common", "--detect", "--target")),
        (("--detect", "Old", "--legacy", "app.old:Old"), ("--legacy does not go with --detect",)),
        (("-o", "nowhere/c.toml"), ("the file cannot be written", "nowhere/c.toml", "-o")),
    ],
)
def test_what_is_wrong_is_one_line_and_nothing_is_written(repository, words, tells):
    ran = world.run(repository, "init", *words)
    assert (ran.code, ran.out) == (2, b"")
    assert ran.err.count("\n") == 1
    for text in tells:
        assert text in ran.err
    assert world.git(repository, "status", "--porcelain") == ""


def test_a_configuration_that_is_there_is_never_written_over(repository):
    place = repository / "consolidate.toml"
    place.write_text("mine")
    ran = world.run(repository, "init")
    assert (ran.code, place.read_text()) == (2, "mine")
    assert "there is a configuration already" in ran.err
    place.unlink()
    (repository / "pyproject.toml").write_text('[tool.consolidate.migration]\nname = "x"\n')
    ran = world.run(repository, "init")
    assert (ran.code, place.exists()) == (2, False)
    assert "pyproject.toml: tool.consolidate" in ran.err
    assert world.run(repository, "init", "-o", "other.toml").code == 0
    assert world.run(repository, "init", "-o", "other.toml").code == 2
    assert world.run(repository, "--config", "third.toml", "init").code == 0
    assert (repository / "third.toml").read_bytes() == (repository / "other.toml").read_bytes()


def test_a_folder_of_sources_becomes_a_source_root(tmp_path):
    folder = world.make(tmp_path / "project", {"src/shop/__init__.py": b"", "src/shop/one.py": b"class One: ...\n"})
    ran = world.run(folder, "init", "-o", "shop.toml", "--target", "shop.one:One", "--legacy", "app.old:Old")
    assert ran.code == 0, ran.err
    config = parse(tomllib.loads((folder / "shop.toml").read_text()))
    assert config.source_roots == (".", "src")
