"""Contents that nothing is new about are neither read nor asked again, and what is known of them stays true."""

import tomllib

import pytest

from consolidate.cache.memo import Answers, Memo
from consolidate.cache.store import Store
from consolidate.planning import make_plan, trial_of
from consolidate.repository import Repository
from consolidate.scanning import Scanner
from consolidate.snapshots import CommitSnapshot
from consolidate.workers import Workers
from planner import planfile
from planner.config import parse
from planner.contents import Blob, Contents
from planner.facts import FileFacts, Interest
from planner.model import blob_id
from planner.scans import Question
from planner.surveyor import Surveyor
from tests.hostile_sources import world
from tests.hostile_sources.sources import IMPORT
from tests.planner.trees import MemorySnapshot, config_of


class Counting(MemorySnapshot):
    """A snapshot that tells what was read of it, call by call."""

    def __init__(self, tree, unknown=()):
        super().__init__(tree)
        self.asked, self._unknown = [], unknown

    def read(self, paths):
        self.asked.append(list(paths))
        return super().read(paths)

    def known(self, paths):
        return {path: name for path, name in super().known(paths).items() if path not in self._unknown}


def test_contents_are_read_when_they_are_wanted_and_once() -> None:
    snapshot = Counting({"a": b"1", "b": b"2"}, unknown=("b",))
    contents = Contents.of(snapshot, ["a", "b", "gone"])
    assert snapshot.asked == [["b", "gone"]]
    assert sorted(contents) == ["a", "b"]
    assert contents.blobs["a"].id == blob_id(b"1")
    assert contents.blobs["b"].id == blob_id(b"2")
    assert snapshot.asked == [["b", "gone"]]
    assert (contents["a"], contents["a"]) == (b"1", b"1")
    assert snapshot.asked == [["b", "gone"], ["a"]]


def test_what_is_forgotten_is_read_again_if_it_can_be() -> None:
    snapshot = Counting({"a": b"1", "b": b"2"}, unknown=("b",))
    contents = Contents.of(snapshot, ["a", "b"])
    for blob in (contents.blobs["a"], contents.blobs["b"], made := Blob.made("id", lambda: b"3")):
        before = blob.data
        blob.forget()
        assert blob.data == before
    assert made.data == b"3"
    assert snapshot.asked == [["b"], ["a"], ["a"]]


def test_what_vanishes_before_it_is_read() -> None:
    tree = {"a": b"1"}
    contents = Contents.of(MemorySnapshot(tree), ["a"])
    tree.clear()
    with pytest.raises(LookupError, match="gone"):
        _ = contents["a"]


def test_a_question_reads_what_it_was_not_asked_about_all_at_once(tmp_path) -> None:
    question = Question("length", lambda data: str(len(data)))
    tree = {"a": b"12", "b": b"345", "same": b"12"}

    def ask(question, tree):
        snapshot = Counting(tree)
        with Store(tmp_path / "facts") as store, Workers(memo=Memo(store)) as workers:
            found = Scanner(workers, lambda *_: None).ask(question, Contents.of(snapshot, sorted(tree)).blobs)
        return found, [paths for paths in snapshot.asked if paths]

    assert ask(question, tree) == ({"a": "2", "b": "3", "same": "2"}, [["a", "b", "same"]])
    assert ask(question, tree) == ({"a": "2", "b": "3", "same": "2"}, [])
    assert ask(question, tree | {"b": b"3456"}) == ({"a": "2", "b": "4", "same": "2"}, [["b"]])
    assert ask(Question("first", lambda data: chr(data[0])), {"a": b"12"}) == ({"a": "1"}, [["a"]])


def test_facts_of_a_file_whose_name_is_not_text_are_remembered(tmp_path) -> None:
    name = "app/caf\udce9.py"
    for read in ([[name]], []):
        snapshot = Counting({name: IMPORT})
        with Store(tmp_path / "facts") as store, Workers(memo=Memo(store)) as workers:
            blobs = Contents.of(snapshot, [name]).blobs
            found = Scanner(workers, lambda *_: None).many(Interest(frozenset({"Old"}), frozenset()), blobs)[name]
        assert isinstance(found, FileFacts)
        assert found.path == name
        assert [paths for paths in snapshot.asked if paths] == read


def test_a_survey_does_not_hold_the_contents_of_importers() -> None:
    tree = {**world.FILES, "app/by.py": IMPORT}
    snapshot, config = Counting(tree), config_of(tree)
    with Workers() as workers:
        found = Surveyor(snapshot, config, Scanner(workers, lambda *_: None), trial_of(workers)).survey()
    snapshot.asked.clear()
    assert found.contents["app/by.py"] == IMPORT
    assert found.contents["app/user.py"] == tree["app/user.py"]
    assert snapshot.asked == [["app/by.py"], ["app/user.py"]]


def test_answers_about_what_is_gone_are_let_go() -> None:
    memo = Memo()
    table = memo.table("x")
    for number in range(2000):
        table.put(str(number), "")
    assert len(table.worth_keeping()) == 2000
    for number in range(100):
        table.get(str(number))
    assert len(table.worth_keeping()) == 2000  # a look at a few files
    for number in range(300):
        table.get(str(number))
    assert table.worth_keeping() == {str(number): "" for number in range(300)}
    assert isinstance(table, Answers)


def test_the_same_bytes_have_one_id() -> None:
    assert Blob(b"x").id == Blob(b"x").id == blob_id(b"x")
    assert Blob(b"x").id != Blob(b"y").id


def test_a_plan_after_a_commit_reads_what_it_edits_and_what_is_new(tmp_path, monkeypatch) -> None:
    files = {f"app/by{number}.py": IMPORT + b"import os  # 0%d\n" % number for number in range(5)}
    files |= {f"app/none{number}.py": b"'''app.old.Old'''\nx = %d\n" % number for number in range(5)}
    repository = world.make(tmp_path, files)
    read = []
    original = CommitSnapshot.read

    def counted(self, paths):
        read.extend(paths)
        return original(self, paths)

    def plan():
        read.clear()
        opened = Repository.open(repository)
        config = parse(tomllib.loads((repository / "consolidate.toml").read_text()))
        found = make_plan(opened, config, opened.resolve("HEAD"), cache=tmp_path / "facts")
        return planfile.dump(found)

    monkeypatch.setattr(CommitSnapshot, "read", counted)
    plan()
    assert "app/none1.py" in read
    (repository / "app/none3.py").write_bytes(b"'''app.old.Old'''\nx = 'new'\n")
    world.git(repository, "commit", "-qam", "new")
    warm = plan()
    assert {path for path in read if path.startswith("app/none")} == {"app/none3.py"}
    (tmp_path / "facts").unlink()
    assert plan() == warm
