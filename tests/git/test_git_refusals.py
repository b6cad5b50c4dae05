"""Refusals of apply: what must not be touched is found beforehand, and the repository stays as it is."""

from __future__ import annotations

import shutil

import pytest

from consolidate.errors import Refused
from planner.model import ChangeSet, FileChange, blob_id
from tests.git.sandbox import assert_applied


def _merge(sandbox):
    sandbox.git("checkout", "-q", "-b", "other")
    sandbox.commit({"other.py": b"1\n"})
    sandbox.git("checkout", "-q", "main")
    sandbox.commit({"other.py": b"2\n"})
    sandbox.git("merge", "other", check=False)


def _conflict(command: str):
    def make(sandbox):
        _merge(sandbox)
        sandbox.git("merge", "--abort")
        sandbox.git(command, "other", check=False)

    return make


def _revert_in_progress(sandbox):
    sandbox.commit({"other.py": b"1\n"})
    sandbox.commit({"other.py": b"2\n"})
    sandbox.git("revert", "--no-edit", "HEAD^", check=False)


def _replace_by_link(sandbox):
    shutil.move(sandbox.root / "pkg", sandbox.root.parent / "moved")
    (sandbox.root / "pkg").symlink_to(sandbox.root.parent / "moved")


def _commit_crlf(sandbox):
    sandbox.git("config", "core.autocrlf", "true")
    (sandbox.root / "a.py").unlink()
    sandbox.git("checkout", "--", "a.py")
    assert sandbox.read("a.py") == b"import old\r\n"


def _filtered(attribute: str):
    return lambda sandbox: sandbox.write(".git/info/attributes", f"*.py {attribute}\n".encode())


def _second_worktree(sandbox):
    sandbox.git("worktree", "add", "-q", "--force", str(sandbox.root.parent / "second"), "main")


def _hidden(flag: str):
    def make(sandbox):
        sandbox.git("update-index", flag, "a.py")
        sandbox.write("a.py", b"hidden edit\n")
        assert sandbox.git("status", "--porcelain") == ""

    return make


def _nobody(sandbox):
    sandbox.git("config", "user.name", "")
    sandbox.git("config", "user.email", "")


REFUSALS = [
    ("modified", lambda s: s.write("a.py", b"edited\n")),
    ("modified", _hidden("--assume-unchanged")),
    ("modified", _hidden("--skip-worktree")),
    ("modified", lambda s: (s.root / "a.py").unlink()),
    ("staged", lambda s: (s.write("a.py", b"edited\n"), s.git("add", "a.py"), s.write("a.py", b"import old\n"))),
    ("staged", lambda s: s.git("rm", "-q", "--cached", "a.py")),
    ("staged", lambda s: (s.write("fresh/made/c.py", b"x"), s.git("add", "--intent-to-add", "fresh/made/c.py"))),
    ("untracked", lambda s: s.write("fresh/made/c.py", b"mine\n")),
    ("untracked", lambda s: s.write("fresh", b"mine\n")),
    ("untracked", lambda s: (s.root / "fresh" / "made" / "c.py").mkdir(parents=True)),
    ("symlink", lambda s: ((s.root / "a.py").unlink(), (s.root / "a.py").symlink_to("other.py"))),
    ("symlink", _replace_by_link),
    ("symlink", lambda s: (s.root / "fresh").symlink_to(s.root.parent)),
    ("sparse", lambda s: (s.git("status"), s.git("sparse-checkout", "set", "--cone", "nothing"))),
    ("line-endings", _commit_crlf),
    ("filtered", _filtered("filter=lfs")),
    ("filtered", _filtered("working-tree-encoding=UTF-16")),
    ("in-progress", _merge),
    ("in-progress", _conflict("rebase")),
    ("in-progress", _conflict("cherry-pick")),
    ("in-progress", _revert_in_progress),
    ("in-progress", lambda s: s.git("bisect", "start")),
    ("detached", lambda s: s.git("checkout", "-q", "--detach")),
    ("branch-elsewhere", _second_worktree),
    ("identity", _nobody),
    ("index-locked", lambda s: s.write(".git/index.lock", b"")),
    ("case-collision", lambda s: s.commit({"Fresh/other.py": b"x\n"})),
    ("stale", lambda s: s.commit({"a.py": b"import old, more\n"})),
    (
        "submodule",
        lambda s: (
            s.git("update-index", "--add", "--cacheinfo", f"160000,{s.head()},fresh"),
            s.git("commit", "-qm", "m"),
        ),
    ),
]


@pytest.mark.parametrize(("code", "make"), REFUSALS, ids=[f"{n}-{code}" for n, (code, _) in enumerate(REFUSALS)])
def test_refused_with_nothing_touched(sandbox, phase, code, make):
    changes = sandbox.changes(phase)
    make(sandbox)
    before = sandbox.state()
    with sandbox.open() as repository:
        head = repository.resolve("HEAD")
        with pytest.raises(Refused) as checked:
            repository.check(changes, expected_head=head)
        with pytest.raises(Refused) as caught:
            repository.apply(changes, expected_head=head)
        assert repository.pending() is None
    assert (caught.value.code, caught.value.exit_code) == (code, 3)
    assert str(checked.value) == str(caught.value)
    assert str(caught.value).isprintable()
    assert sandbox.state() == before
    assert sandbox.git("fsck") == "" or code in ("in-progress",)


def test_refuses_a_head_that_moved(sandbox, phase):
    changes, old = sandbox.changes(phase), sandbox.head()
    sandbox.commit({"other.py": b"moved\n"})
    with sandbox.open() as repository:
        with pytest.raises(Refused) as caught:
            repository.apply(changes, expected_head=old)
        assert caught.value.code == "head-moved"
        # An unrelated commit does not make the change itself stale.
        repository.apply(changes, expected_head=sandbox.head())
    assert_applied(sandbox, phase)


@pytest.mark.parametrize(
    "path",
    [
        "../x.py",
        "/tmp/x.py",
        "a/../../x.py",
        ".git/config",
        "sub/.GIT/hooks/x",
        ".git./x",
        "git~1/x",
        ".g\u200cit/x",
        "a//b",
        "./a",
        "",
        "x\0y",
    ],
)
def test_refuses_paths_outside_of_the_work_tree(sandbox, path):
    before = sandbox.state()
    change = ChangeSet(sandbox.head(), "m\n", (FileChange(path, "100644", "", None, b"x"),))
    with sandbox.open() as repository, pytest.raises(Refused) as caught:
        repository.apply(change, expected_head=sandbox.head())
    assert caught.value.code == "bad-path"
    assert sandbox.state() == before


def test_refuses_contents_that_are_not_the_blob(sandbox):
    blob = blob_id(b"import old\n")
    change = ChangeSet(sandbox.head(), "m\n", (FileChange("a.py", "100644", blob, b"else\n", b"x"),))
    with sandbox.open() as repository, pytest.raises(Refused) as caught:
        repository.apply(change, expected_head=sandbox.head())
    assert caught.value.code == "stale"


@pytest.mark.parametrize("files", [{}, {"a.py": b"import old\n"}])
def test_refuses_to_commit_nothing(sandbox, files):
    with pytest.raises(Refused) as caught:
        sandbox.apply(files)
    assert caught.value.code == "empty"
