"""`init --detect`: which duplicates are found, by which evidence, and what is left out."""

import json
import shutil
import tomllib

import pytest

from planner.config import parse
from tests.hostile_sources import world

ENGINES = "Execution(Engine|Factory)"
ENGINE = b"""class %s:
    def run(self, task): ...
    def stop(self): ...
    def report(self): ...
"""


def repository(folder, files):
    made = world.make(folder, {name: data.encode() if isinstance(data, str) else data for name, data in files.items()})
    world.git(made, "rm", "-q", "consolidate.toml")
    world.git(made, "commit", "-q", "-m", "No configuration")
    return made


def detect(folder, pattern, *words):
    """Return the proposal, and the engines by their names."""
    ran = world.run(folder, "init", "--detect", pattern, "--json", *words)
    assert ran.code == 0, ran.err
    assert not (folder / "consolidate.toml").exists()
    found = json.loads(ran.out)
    return found, {engine["legacy"].partition(":")[2]: engine for engine in found["engines"]}


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """The sample repository, and the configuration that people have written for it."""
    folder = tmp_path_factory.mktemp("sample") / "sample"
    shutil.copytree(world.ROOT / "sample_repo", folder)
    config = parse(tomllib.loads((folder / "consolidate.toml").read_text()))
    (folder / "consolidate.toml").unlink()
    for words in (("init", "-q", "-b", "main"), ("add", "-A"), ("commit", "-q", "-m", "Start")):
        world.git(folder, *words)
    return folder, config


def test_of_the_sample_it_proposes_the_twelve_engines_and_what_takes_their_places(sample):
    folder, config = sample
    found, _ = detect(folder, ENGINES)
    assert found["target"] == str(config.target)
    proposed = {engine["legacy"]: (engine["replacement"], engine["mode"]) for engine in found["engines"]}
    assert len(proposed) == len(config.engines) == 12
    assert proposed == {engine.id: (str(engine.replacement), engine.mode) for engine in config.engines}


def test_what_it_is_sure_of_is_what_people_wrote(sample):
    folder, config = sample
    found, _ = detect(folder, ENGINES)
    written = {(engine.id, name): home for engine in config.engines for name, home in engine.exports}
    sure = {
        (engine["legacy"], item["name"]): item["home"]
        for engine in found["engines"]
        for item in engine["exports"]
        if item["sure"]
    }
    assert {name for _, name in sure} == {"EngineConfig", "ExecutionEngineError"}
    assert all(str(written[key]) == home for key, home in sure.items())


def test_what_it_writes_for_the_sample_can_be_planned(sample, tmp_path):
    folder = tmp_path / "sample"
    shutil.copytree(sample[0], folder)
    ran = world.run(folder, "init", "--detect", ENGINES)
    assert ran.code == 0
    text = ran.out.decode()
    assert max(map(len, text.splitlines())) <= 84  # the longest symbol is not cut
    assert "11 engines, 1 only reported" in text
    written = (folder / "consolidate.toml").read_text()
    assert "# Its name matches; 10 of its 10 public members are also of UserExecutionEngine; imported by 31" in written
    assert "IExecutionEngine: an interface" in written
    assert parse(tomllib.loads(written)).exclude == ("archive/**",)
    plan = world.plan(folder)
    assert len(plan["engines"]) == 12
    assert plan["phases"]


def test_tests_copies_and_test_doubles_are_no_engines(tmp_path):
    files = {
        "app/a.py": ENGINE % b"FirstEngine",
        "app/b.py": ENGINE % b"SecondEngine",
        "app/fakes.py": ENGINE % b"FakeEngine",
        "tests/test_a.py": ENGINE % b"CheckedEngine",
        "archive/old.py": ENGINE % b"ArchivedEngine",
        "app/vendor/x.py": ENGINE % b"VendoredEngine",
    }
    found, engines = detect(repository(tmp_path / "project", files), "Engine")
    assert {found["target"], *engines} == {"app.a:FirstEngine", "SecondEngine"}
    assert found["exclude"] == ["app/vendor/**", "archive/**"]
    assert [item["symbol"] for item in found["look_alikes"]] == ["app.fakes:FakeEngine"]


def test_the_one_that_is_left_can_do_what_the_others_do(tmp_path):
    files = {
        "app/a.py": ENGINE % b"AEngine",
        "app/b.py": (ENGINE % b"BEngine") + b"    def more(self): ...\n",
        "app/c.py": ENGINE % b"CEngine",
        **{f"app/user{number}.py": "from app.a import AEngine\n" for number in range(5)},
    }
    found, engines = detect(repository(tmp_path / "project", files), "Engine")
    assert found["target"] == "app.a:AEngine"  # all can do the same but for `more`, which nobody else has
    assert engines["CEngine"]["shared_members"] == 3
    files["app/c.py"] = (ENGINE % b"CEngine") + b"    def more(self): ...\n    def most(self): ...\n"
    found, engines = detect(repository(tmp_path / "other", files), "Engine")
    assert found["target"] == "app.c:CEngine"
    assert engines["AEngine"]["importers"] == 5


def test_the_one_that_is_left_is_not_one_that_says_it_is_deprecated(tmp_path):
    old = b'"""Deprecated: use app.b."""\n' + (ENGINE % b"AEngine") + b"    def more(self): ...\n"
    files = {"app/a.py": old, "app/b.py": ENGINE % b"BEngine"}
    found, engines = detect(repository(tmp_path / "project", files), "Engine")
    assert found["target"] == "app.b:BEngine"
    assert engines["AEngine"]["deprecated"] is True


def test_the_user_may_name_the_target(tmp_path):
    files = {
        "app/a.py": ENGINE % b"AEngine",
        "app/b.py": (ENGINE % b"BEngine") + b"    def more(self): ...\n",
        "app/c.py": b"class Runner:\n    def start(self): ...\n",
    }
    folder = repository(tmp_path / "project", files)
    for target in ("app.a:AEngine", "app.c:Runner"):
        found, engines = detect(folder, "Engine", "--target", target)
        assert found["target"] == target
        assert {engine["replacement"] for engine in engines.values()} == {target}
        assert "BEngine" in engines
    assert engines["AEngine"]["mode"] == "report"  # a Runner has none of its members


def test_bases_and_members_are_evidence_too(tmp_path):
    files = {
        "app/base.py": "from abc import ABC\nclass IEngine(ABC):\n    def run(self): ...\n",
        "app/a.py": "from app.base import IEngine\nclass AEngine(IEngine):\n    def stop(self): ...\n",
        "app/b.py": "from app import base\nclass EngineAdapter(base.IEngine):\n    def wrap(self): ...\n",
        "app/c.py": "class BFactory:\n    def make_engine(self): ...\n    x = y = 1\n",
        "app/d.py": "class EngineFactory:\n    def make_engine(self): ...\n    x = y = z = 1\n",
        "app/e.py": "class CarFactory:\n    def make_car(self): ...\n    x = y = 1\n",
        "app/f.py": "from app.d import EngineFactory\nclass OwnFactory(EngineFactory):\n    x = 1\n",
        **{f"app/user{number}.py": "from app.a import AEngine\n" for number in range(3)},
        "app/g.py": "class EngineMonitor:\n    def run(self): ...\n    def stop(self): ...\n",
    }
    found, engines = detect(repository(tmp_path / "project", files), "Engine|EngineFactory")
    assert found["target"] == "app.a:AEngine"
    assert engines["EngineAdapter"]["bases"] == ["app.base:IEngine"]
    assert (engines["BFactory"]["found_by"], engines["BFactory"]["shared_members"]) == ("members", 3)
    assert engines["BFactory"]["replacement"] == "app.d:EngineFactory"
    assert set(engines) == {"EngineAdapter", "BFactory"}
    assert [item["symbol"] for item in found["look_alikes"]] == ["app.base:IEngine", "app.g:EngineMonitor"]


def test_a_module_that_hands_out_another_ones_class_is_an_engine(tmp_path):
    files = {
        "app/engine.py": ENGINE % b"RunEngine",
        "app/other.py": ENGINE % b"OtherEngine",
        "app/core/__init__.py": "from app.engine import RunEngine\n",
        "app/core/run_engine.py": "from app.engine import RunEngine\n\n__all__ = ['RunEngine']\n",
        "app/uses_engine.py": "from app.engine import RunEngine\n\ndef go():\n    return RunEngine()\n",
        "tests/test_it.py": "from app.core.run_engine import RunEngine\n",
    }
    found, _ = detect(repository(tmp_path / "project", files), "Engine")
    redirect = [engine for engine in found["engines"] if engine["kind"] == "redirect"]
    assert [(engine["legacy"], engine["test_importers"]) for engine in redirect] == [
        ("app.core.run_engine:RunEngine", 1)
    ]
    assert redirect[0]["replacement"] == found["target"] == "app.engine:RunEngine"


def test_functions_are_found_by_their_names_and_parameters(tmp_path):
    files = {
        "app/a.py": "def make_engine(config, bridge): ...\n",
        "app/b.py": "def make_engine(config, bridge, user=None): ...\ndef helper(x): ...\n",
        "app/c.py": "from app.a import make_engine\n",
    }
    found, engines = detect(repository(tmp_path / "project", files), "make_engine")
    assert (found["target"], engines["make_engine"]["legacy"]) == ("app.b:make_engine", "app.a:make_engine")


def test_a_file_that_cannot_be_read_is_told(tmp_path):
    files = {
        "app/a.py": ENGINE % b"AEngine",
        "app/b.py": ENGINE % b"BEngine",
        "app/c.py": b"class CEngine:\n    x = (\n",
    }
    folder = repository(tmp_path / "project", files)
    found, _ = detect(folder, "Engine")
    assert [item["path"] for item in found["unread"]] == ["app/c.py"]
    assert "1 file could not be read" in world.run(folder, "init", "--detect", "Engine").out.decode()
