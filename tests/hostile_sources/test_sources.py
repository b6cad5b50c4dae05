"""A source that crashes or hangs a parser costs one file, not the run: real processes, limits of time and memory."""

import pytest

from tests.hostile_sources import world
from tests.hostile_sources.sources import IMPORT, SOURCES, Source

BY_NAME = {source.name: source for source in SOURCES}
QUICK = ("nots-20000", "sum-newer", "long-line-20MB", "rot13", "python2-deep", "notebook-deep")


def _costs_itself_only(source: Source, folder):
    repository = world.make(folder, {source.path: source.make()})
    before = (repository / source.path).read_bytes()
    plan = world.plan(repository, "--jobs", "1")
    assert world.fate(plan, source.path) in (
        {source.fate} if source.fate != "any" else {"rewritten", "manual", "left", "skipped"}
    )
    assert world.fate(plan, "app/user.py") == "rewritten"
    assert any(item["path"] == source.path for item in plan["references"]), "its reference is told"
    ran = world.run(repository, "--jobs", "1", "apply", "--all")
    assert ran.code == 0, ran.err
    assert b"from app.new import New" in (repository / "app/user.py").read_bytes()
    if source.fate == "skipped":
        assert (repository / source.path).read_bytes() == before
        assert (repository / "app/old.py").exists(), "what cannot be read may need it"
    return repository


@pytest.mark.parametrize("name", QUICK)
def test_a_hostile_file_costs_itself_only(name, tmp_path):
    repository = _costs_itself_only(BY_NAME[name], tmp_path)
    assert world.run(repository, "--jobs", "1", "status").code == 0
    assert world.run(repository, "--jobs", "1", "check").code in (0, 1)


@pytest.mark.slow
@pytest.mark.parametrize("source", [source for source in SOURCES if source.name not in QUICK], ids=lambda s: s.name)
def test_every_hostile_file_costs_itself_only(source, tmp_path):
    _costs_itself_only(source, tmp_path)


def test_the_same_plan_with_any_number_of_processes(tmp_path):
    small = [source for source in SOURCES if "MB" not in source.name and source.path == "app/h.py"]
    chosen = [source for source in small if source.fate == "skipped" and "sum" not in source.name]
    more = {f"app/h{number}.py": source.make() for number, source in enumerate(chosen[::2])}
    # More than a pool is worth, and expressions of every depth around the one at which the interpreter gives up.
    more |= {f"app/deep{terms}.py": IMPORT + b"x = " + b"1+" * terms + b"Old()\n" for terms in range(100, 1100, 100)}
    text = b'"""' + (b"x" * 79 + b"\n") * 6_000 + b'"""\n'  # read at once, and large enough for a pool
    more |= {f"app/many{number}.py": IMPORT + text + b"x = [1, 2, 3]\n" * 1_000 for number in range(6)}
    repository = world.make(tmp_path, more)
    plans = [world.run(repository, "--jobs", str(jobs), "--no-cache", "plan", "--json") for jobs in (1, 2)]
    assert [plan.code for plan in plans] == [0, 0]
    assert plans[0].out == plans[1].out
