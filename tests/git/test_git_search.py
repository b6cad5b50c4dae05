"""The search through a commit's files, in the work tree or not: what is found is what the commit has."""

import os
import time

import pytest

from consolidate.gitstep import on_disk, search
from tests.git.sandbox import grep


@pytest.fixture(autouse=True, params=["one by one", "in bulk"])
def _way(request, monkeypatch):
    if request.param == "in bulk":
        monkeypatch.setattr(search, "_FEW", 0)


@pytest.fixture
def settled(sandbox):
    """A repository whose files are older than its index, as they are a moment after any checkout."""
    paths = sandbox.git("ls-files").split("\n")
    for path in paths:
        os.utime(sandbox.root / path, (1_000_000_000, 1_000_000_000))
    time.sleep(0.02)  # more than a tick of the clock by which files are dated
    sandbox.git("update-index", "-q", "--refresh")
    return sandbox


def found(sandbox, *needles):
    with sandbox.open() as repository:
        return grep(repository, "HEAD", list(needles))


def without_blobs(sandbox):
    """Remove every blob of the repository, search it for `old`, and return what was found and what is missing."""
    for folder in (sandbox.root / ".git/objects").iterdir():
        if len(folder.name) == 2:
            for file in folder.iterdir():
                if sandbox.git("cat-file", "-t", folder.name + file.name) == "blob":
                    file.unlink()
    with sandbox.open() as repository:
        entries = repository.entries("HEAD")
        paths = [entry.path for entry in entries]
        hits = repository.search("HEAD", {entry.path: entry for entry in entries}).among(paths, [b"old"])
    return hits.found, hits.missing


def test_what_the_work_tree_holds_is_searched_there(settled):
    assert found(settled, b"old") == {"a.py", "pkg/b.py", "tool.sh"}
    assert without_blobs(settled) == ({"a.py", "pkg/b.py", "tool.sh"}, set())


def test_a_file_as_new_as_the_index_may_have_changed_in_that_moment(settled, monkeypatch):
    """git's Documentation/technical/racy-git: equal times tell nothing then."""
    monkeypatch.setattr(search, "_FEW", 0)  # one by one, each is compared with its id
    files = [settled.root / path for path in settled.git("ls-files").split("\n")]
    moment = min(file.stat().st_ctime_ns for file in files)
    os.utime(settled.root / ".git/index", ns=(moment, moment))
    hits, missing = without_blobs(settled)
    assert hits == set()
    assert {"a.py", "pkg/b.py", "tool.sh"} <= missing


@pytest.mark.parametrize("flag", ["", "--assume-unchanged", "--skip-worktree"])
def test_edits_in_the_work_tree_are_not_seen(settled, flag):
    if flag:
        settled.git("update-index", flag, "a.py", "other.py")
    settled.write("a.py", b"import new\n")
    settled.write("other.py", b"old!!\n")  # as long as before
    os.utime(settled.root / "other.py", (1_000_000_000, 1_000_000_000))
    assert found(settled, b"old") == {"a.py", "pkg/b.py", "tool.sh"}


def test_files_that_are_gone_or_no_files_are_searched_in_the_commit(settled):
    (settled.root / "a.py").unlink()
    (settled.root / "tool.sh").unlink()
    (settled.root / "tool.sh").symlink_to("other.py")
    (settled.root / "pkg/b.py").unlink()
    os.mkfifo(settled.root / "pkg/b.py")
    settled.write("untracked.py", b"old\n")
    assert found(settled, b"old") == {"a.py", "pkg/b.py", "tool.sh"}


def test_another_commit_than_the_one_checked_out(settled):
    first = settled.head()
    settled.commit({"a.py": b"import new\n", "other.py": b"old\n"})
    with settled.open() as repository:
        assert grep(repository, first, [b"old"]) == {"a.py", "pkg/b.py", "tool.sh"}
        assert grep(repository, "HEAD", [b"old"]) == {"other.py", "pkg/b.py", "tool.sh"}


@pytest.mark.parametrize("at_once", [1, 20_000])
def test_contents_behind_another_encoding_are_searched_as_the_commit_has_them(settled, monkeypatch, at_once):
    monkeypatch.setattr(on_disk, "_AT_ONCE", at_once)
    settled.commit({".gitattributes": b"*.txt working-tree-encoding=UTF-16LE\n"})
    names = ("note.txt", "pkg/note.txt")
    for name in names:
        settled.write(name, "old\n".encode("utf-16-le"))
    settled.git("add", *names)
    settled.git("commit", "-q", "-m", "notes")
    for name in names:
        os.utime(settled.root / name, (1_000_000_000, 1_000_000_000))
    settled.git("update-index", "-q", "--refresh")
    assert set(names) <= found(settled, b"old")


def test_a_file_that_changes_between_two_searches(settled):
    with settled.open() as repository:
        entries = repository.entries("HEAD")
        paths = [entry.path for entry in entries]
        one = repository.search("HEAD", {entry.path: entry for entry in entries})
        assert one.among(paths, [b"import"]).found == {"a.py", "pkg/b.py"}
        settled.write("other.py", b"import more\n")
        settled.write("a.py", b"nothing\n")
        assert one.among(paths, [b"import"]).found == {"a.py", "pkg/b.py"}


def test_files_larger_than_are_read_at_once(settled, monkeypatch):
    monkeypatch.setattr(search, "LARGEST", 8)
    settled.commit({"*big*.py": b"x" * 20 + b"old\n", "xbigx.py": b"x" * 20 + b"\n"})
    assert found(settled, b"old") == {"a.py", "pkg/b.py", "tool.sh", "*big*.py"}


def test_every_byte_of_a_needle_stands_for_itself(settled, monkeypatch):
    monkeypatch.setattr(search, "_TOGETHER", 3)
    needles = [
        b"a.b",
        b"a*",
        b"(x",
        b"x)",
        b"[y]",
        b"{2}",
        b"a|b",
        b"^z",
        b"z$",
        b"p+q",
        b"who?",
        b"back\\w",
        b"\xff\xfe",
        "é".encode(),
    ]
    needles += [b"\\.", b"]", b"}", b"{", b"\\", b" two  blanks ", b"a\tb", b"last"]
    contents = {f"plain{number}.py": b"\0\xfd" + needle + b"\0\n" for number, needle in enumerate(needles)}
    contents |= {"near.py": b"axb aa x y 22 b zz pq ppq wh backs \xc3 two blanks a b las\nt"}
    settled.commit(contents)
    for number, needle in enumerate(needles):
        holding = {path for path, data in contents.items() if needle in data}
        assert f"plain{number}.py" in holding
        assert found(settled, needle) & contents.keys() == holding, needle
    assert found(settled, *needles) == contents.keys() - {"near.py"}


def test_only_the_kinds_of_files_that_are_asked_for_are_searched(settled):
    settled.commit({"d/e.PY": b"old", "d/old.md": b"old", "d/py": b"old"})
    with settled.open() as repository:
        entries = repository.entries("HEAD")
        for paths in (["a.py", "pkg/b.py", "other.py"], ["d/e.PY"], ["d/old.md", "a.py"], ["d/py", "tool.sh"]):
            one = repository.search("HEAD", {entry.path: entry for entry in entries})
            assert one.among(paths, [b"old"]).found == set(paths) - {"other.py"}


def test_needles_that_hold_another_one_are_not_looked_for(settled, monkeypatch):
    given = []
    grep = search._grep
    monkeypatch.setattr(search, "_grep", lambda git, needles, where: given.append(needles) or grep(git, needles, where))
    assert found(settled, b"older", b"old", b"very old", b"import") >= {"a.py", "pkg/b.py", "tool.sh"}
    assert given in ([], [[b"old", b"import"]])


def test_git_is_given_one_pattern_for_hundreds_of_needles(settled, monkeypatch):
    monkeypatch.setattr(search, "_FEW", 0)
    told = []
    run = search._grep

    def counted(git, needles, where):
        told.append(len(search._patterns(needles)))
        return run(git, needles, where)

    monkeypatch.setattr(search, "_grep", counted)
    assert found(settled, b"old", *(b"absent%d" % number for number in range(400))) == {"a.py", "pkg/b.py", "tool.sh"}
    assert set(told) == {1}
