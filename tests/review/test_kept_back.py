"""What a rejection keeps back in other files is told beforehand: compared with what plans of the rejection leave."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from consolidate.configuration import read_config
from consolidate.executors.local import Local
from consolidate.planning import make_plan
from consolidate.render.look import Look
from consolidate.repository import Repository
from consolidate.review.decisions import REJECTED
from consolidate.review.interactive import Review
from consolidate.review.items import items_of, ranked
from consolidate.review.kept_back import Answers, Beside, Fate, KeptBack, answers, edited, kept_back
from consolidate.what_if import what_if
from planner.held import Held, with_held
from planner.model import Plan
from tests.hostile_sources import world
from tests.review.test_decisions import decide, plan
from tests.review.test_page import read

FILES = {
    "app/old.py": b"class Old:\n    run = 'ran'\n",
    "app/new.py": b"class New:\n    run = 'ran'\n",
    "app/giver.py": b"from app.old import Old\n\n__all__ = ['Old']\n",
    "app/taker.py": b"from app.giver import Old\n\nprint(Old().run)\n",
    "app/other_taker.py": b"from app.giver import Old\n\nprint(Old)\n",
    "app/alone.py": b"from app.old import Old\n\nprint(Old)\n",
    "app/hands_on.py": b"from app.old import Old\n",
    "app/by_star.py": b"from app.hands_on import *\n\nprint(Old)\n",
    "tests/test_user.py": b"from unittest.mock import patch\n\nimport app.user\n\n\n"
    b'@patch("app.user.Old")\ndef test_it(old):\n    assert app.user.Old is old\n',
    "old2.py": b"from app.old import Old\nprint 'two', Old\n",
    "notes.md": b"Use `app.old.Old`.\n",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return world.make(tmp_path_factory.mktemp("kept"), FILES)


def planned(folder: Path, *held: Held) -> Plan:
    """Return the plan that a command makes once these are rejected."""
    with Repository.open(folder) as repository:
        config = with_held(read_config(repository.root, None), held)
        return make_plan(repository, config, repository.resolve("HEAD"))


def asked(folder: Path) -> tuple[Answers, int]:
    """Return all answers, and how many plans they took."""
    made = 0
    with Repository.open(folder) as repository:
        config, head = read_config(repository.root, None), repository.resolve("HEAD")
        with what_if(repository, config, head, cache=None, executor=Local(1)) as asking:
            base = asking.plan()
            assert base is not None

            def with_them(held: list[Held]) -> Plan | None:
                nonlocal made
                made += 1
                return asking.plan(held)

            return answers(base, edited(base), asking.ties(), with_them), made


@pytest.fixture(scope="module")
def after(folder) -> dict[str, Plan]:
    """The plan of each file's rejection, by path; under "" that of none."""
    before = planned(folder)
    return {"": before} | {path: planned(folder, Held(path, "rejected in review")) for path in edited(before)}


@pytest.fixture(scope="module")
def told(folder) -> Answers:
    return asked(folder)[0]


def test_files_that_take_a_name_from_one_another_are_tied(folder):
    with Repository.open(folder) as repository:
        config, head = read_config(repository.root, None), repository.resolve("HEAD")
        with what_if(repository, config, head, cache=None, executor=Local(1)) as asking:
            found: dict[str, set[str]] = {}
            for path, name in asking.ties().items():
                found.setdefault(name, set()).add(path)
    assert sorted(map(sorted, found.values())) == [
        ["app/by_star.py", "app/hands_on.py"],
        ["app/giver.py", "app/other_taker.py", "app/taker.py"],
        ["app/user.py", "tests/test_user.py"],
    ]


def test_each_answer_is_what_the_plan_of_that_rejection_leaves(after, told):
    before = after[""]
    assert {"app/giver.py", "app/taker.py", "app/old.py", "app/alone.py", "tests/test_user.py"} <= set(edited(before))
    assert not told.unasked
    for path in edited(before):
        really = {
            (item.path, item.fate, item.edits) for item in kept_back(before, after[path], [Held(path, "rejected")])
        }
        assert {(item.path, item.fate, item.edits) for item in told.of.get(path, ())} == really, path


def test_what_is_told_is_what_the_files_become(after, told):
    """Beside what `kept_back` makes of plans: by the contents of the files after them."""
    results = {path: {file.path: file.result for file in _written(plan)} for path, plan in after.items()}
    before = results.pop("")
    for path, made in results.items():
        kept = told.of.get(path, ())
        left = {other for other in before if other not in made and other != path}
        assert {item.path for item in kept if item.fate is Fate.LEFT} == left, path
        differ = {other for other in made if other in before and made[other] != before[other]}
        assert {item.path for item in kept if item.fate in (Fate.PARTLY, Fate.OTHERWISE)} == differ, path
    assert any(item.fate is Fate.LEFT for kept in told.of.values() for item in kept)


def _written(plan: Plan):
    return [file for phase in plan.phases for file in phase.files if not file.deleted]


def test_what_stays_has_the_reason_that_the_plan_has(told):
    (giver,) = [item for item in told.of["app/taker.py"] if item.path == "app/giver.py"]
    assert giver.reason == "app/taker.py:1 takes it from here and stays: rejected in review"


def test_a_file_that_code_in_it_refers_from_keeps_the_shims(tmp_path):
    """The last phase is all or nothing; a document does not hold it."""
    folder = world.make(tmp_path / "r", {"app/alone.py": FILES["app/alone.py"], "notes.md": FILES["notes.md"]})
    found, _ = asked(folder)
    assert found.undeleted == ("app/old.py",)
    assert {path for path, kept in found.of.items() if any(item.fate is Fate.KEPT for item in kept)} == {
        *("app/alone.py", "app/old.py", "app/user.py")
    }
    for path in ("app/alone.py", "notes.md", "app/old.py"):
        deletes = any(file.deleted for phase in planned(folder, Held(path, "no")).phases for file in phase.files)
        assert deletes == all(item.fate is not Fate.KEPT for item in found.of.get(path, ())), path


def test_untied_files_share_a_plan_and_too_many_plans_are_not_made(tmp_path, monkeypatch):
    many = {f"app/alone_{number}.py": FILES["app/alone.py"] for number in range(30)}
    found, made = asked(world.make(tmp_path / "many", many))
    assert made == 2  # all importers at once, and the legacy module by itself
    assert set(found.of) == {*many, "app/user.py", "app/old.py"}  # the shims, which wait for each
    monkeypatch.setattr("consolidate.review.kept_back.MOST_FILES", 1)
    monkeypatch.setattr("consolidate.review.kept_back.FEWEST_PLANS", 1)
    found, made = asked(tmp_path / "many")
    assert (made, found.unasked) == (1, {"app/old.py"})


def test_what_cannot_be_told_apart_is_asked_again_by_halves():
    """Where ties say too little, the answers take more plans, and are the same."""
    folder_paths = ("a.py", "b.py", "c.py", "d.py", "e.py")
    base = _plan(folder_paths)

    def with_them(held):
        left = {item.path for item in held} | ({"e.py"} if any(item.path == "b.py" for item in held) else set())
        return _plan([path for path in folder_paths if path not in left])

    found = answers(base, folder_paths[:4], {}, with_them)
    assert found.of == {"b.py": (KeptBack("e.py", Fate.LEFT, 1),)}


def _plan(paths) -> Plan:
    from planner.model import Edit, FileEdit, Phase, Symbol

    edit = Edit(0, 3, "old", "new", "rewrite-imports", 1)
    files = tuple(FileEdit(path, "1", "2", (edit,)) for path in paths)
    return Plan("c", "m", "s", Symbol("a", "B"), (), (), (Phase(1, "t", (), files),), (), scanned=len(paths))


def test_the_page_announces_what_the_next_plan_leaves(folder, tmp_path):
    assert world.run(folder, "review", "--html", str(tmp_path / "page.html")).code == 0
    data = json.loads(read((tmp_path / "page.html").read_text("utf-8")).raw["script"][0])
    paths = data["paths"]
    kept = {paths[path]: {paths[item[0]] for item in found if item[1] == "left"} for path, found in data["kept"]}
    id_ = next(edit[0] for edit in data["edits"] if paths[edit[2]] == "app/taker.py")
    before = {file["path"] for phase in plan(folder)["phases"] for file in phase["files"]}
    assert decide(folder, {id_: REJECTED}).code == 0
    after = {file["path"] for phase in plan(folder)["phases"] for file in phase["files"]}
    (folder / ".consolidate-review.json").unlink()
    assert before - after == {"app/taker.py"} | kept["app/taker.py"]
    assert kept["app/taker.py"]


def test_a_plan_of_another_configuration_is_not_asked_about(tmp_path):
    folder = world.make(tmp_path / "r", FILES)
    assert world.run(folder, "plan", "-o", "../plan.json").code == 0
    config = folder / "consolidate.toml"
    config.write_text(config.read_text() + "\n[engine.exports]\nhelper = false\n")
    done = world.run(folder, "review", "../plan.json", "--html", "../page.html")
    assert done.code == 0, done.err
    data = json.loads(read((tmp_path / "page.html").read_text("utf-8")).raw["script"][0])
    assert data["kept"] == []
    assert {data["paths"][edit[2]] for edit in data["edits"]} == {data["paths"][path] for path in data["unasked"]}


def test_the_terminal_tells_before_it_asks_and_asks_no_more_about_what_is_kept_back(folder):
    with Repository.open(folder) as repository:
        config, head = read_config(repository.root, None), repository.resolve("HEAD")
        with what_if(repository, config, head, cache=None, executor=Local(1)) as asking:
            base = asking.plan()
            assert base is not None
            mine = [item for item in items_of(repository, base) if item.path in ("app/giver.py", "app/taker.py")]
            said: list[str] = []
            groups = [(shape, [item]) for shape, group in ranked(mine) for item in group]
            groups.sort(key=lambda pair: pair[1][0].path != "app/taker.py")
            answered = iter(["n", ""])

            def ask(question: str) -> str:
                said.append(question)
                return next(answered, "q")

            review = Review(
                Look(colour=True), ask, said.append, lambda *_: None, Beside(base, asking.ties(), asking.plan)
            )
            assert review.run(groups)
    question = next(number for number, text in enumerate(said) if "Accept it" in text)
    shown = "\n".join(said[:question])
    assert "app/giver.py is left as it is" in shown
    assert "app/taker.py:1 takes it from here and stays: rejected in review" in shown
    assert not any("Accept" in text for text in said[question + 1 :])
