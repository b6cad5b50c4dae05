"""Apply: one commit, the work tree and the index brought along, everything else left alone."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from consolidate.errors import HalfWay, Refused
from consolidate.gitstep import worktree
from consolidate.repository import Repository
from planner.model import ChangeSet, FileChange, blob_id
from tests.git.sandbox import Sandbox


def _assert_applied(sandbox, phase) -> None:
    for path, data in phase.items():
        assert sandbox.read(path) == data
        shown = subprocess.run(
            ["git", "cat-file", "blob", f"HEAD:{path}"], cwd=sandbox.root, capture_output=True, check=False
        )
        assert (shown.stdout if shown.returncode == 0 else None) == data
    assert not list(sandbox.root.rglob(".consolidate-*"))
    assert not (sandbox.root / ".git" / "index.lock").exists()


def test_one_commit_that_leaves_everything_clean(sandbox, phase):
    before = sandbox.head()
    commit = sandbox.apply(phase, "refactor(x): phase 1/1 y\n\nBody\n\nConsolidate-Phase: 1/1\n")
    assert sandbox.head() == commit
    assert sandbox.git("rev-parse", "HEAD^") == before
    assert (
        sandbox.git("log", "-1", "--format=%an <%ae>|%s")
        == "A Developer <dev@example.invalid>|refactor(x): phase 1/1 y"
    )
    _assert_applied(sandbox, phase)
    assert os.access(sandbox.root / "tool.sh", os.X_OK)
    assert not (sandbox.root / "pkg" / "deep").exists()
    assert sandbox.git("status", "--porcelain") == ""
    assert sandbox.git("reflog", "-1", "--format=%gs") == "consolidate: apply"
    assert sandbox.git("fsck") == ""


def test_other_work_stays_as_it_is(sandbox, phase):
    sandbox.write("other.py", b"dirty\n")
    sandbox.write("staged.py", b"half staged\n")
    sandbox.git("add", "staged.py")
    sandbox.write("staged.py", b"and more\n")
    sandbox.write("untracked.py", b"untracked\n")
    sandbox.write("ignored.log", b"ignored\n")
    sandbox.write("empty/intended.py", b"x\n")
    sandbox.git("add", "--intent-to-add", "empty/intended.py")
    before, status = sandbox.state(), sandbox.git("status", "--porcelain")
    sandbox.apply(phase)
    after = sandbox.state()
    assert sandbox.git("status", "--porcelain") == status
    assert {key: before[key] for key in before if key not in phase and key[0] != "<"} == {
        key: after[key] for key in after if key not in phase and key[0] != "<"
    }
    assert sandbox.git("diff", "--cached", "--name-only").split() == ["staged.py"]


def test_an_edit_in_the_same_second_as_the_index_is_not_hidden(sandbox, phase):
    """git tells "racy" entries by the time of the index file, so our copy of it must keep that time."""
    for _ in range(5):
        sandbox.write("other.py", b"other\n")
        sandbox.git("update-index", "--refresh", "-q", check=False)
        sandbox.write("other.py", b"OTHER\n")  # same size
    sandbox.apply(phase)
    assert sandbox.git("status", "--porcelain") == " M other.py"


@pytest.mark.parametrize(
    "settings",
    [["index.version=4"], ["core.splitIndex=true"], ["index.version=4", "core.untrackedCache=true", "index.threads=2"]],
)
def test_forms_of_index(sandbox, phase, settings):
    for setting in settings:
        sandbox.git("config", *setting.split("="))
    sandbox.write("untracked.py", b"x")
    sandbox.git("read-tree", "HEAD")
    sandbox.git("status")
    sandbox.apply(phase)
    _assert_applied(sandbox, phase)
    assert sandbox.git("status", "--porcelain") == "?? untracked.py"


def test_sha256_repositories(tmp_path, phase):

    sandbox = Sandbox(tmp_path / "sha256")
    sandbox.root.mkdir()
    sandbox.git("init", "-q", "--object-format=sha256")
    sandbox.commit({path: b"before\n" for path in phase if path != "fresh/made/c.py"})
    assert len(sandbox.apply(phase)) == 64
    _assert_applied(sandbox, phase)
    with sandbox.open() as repository:
        repository.revert(["HEAD"], ["revert\n"], expected_head=sandbox.head())
    assert sandbox.git("rev-parse", "HEAD^{tree}") == sandbox.git("rev-parse", "HEAD~2^{tree}")


def test_linked_worktrees_share_the_lock_and_nothing_else(sandbox, phase, tmp_path):

    sandbox.git("worktree", "add", "-q", "-b", "side", str(tmp_path / "side"))
    before = sandbox.state()
    side = Sandbox(tmp_path / "side")
    with Repository.open(side.root / "pkg") as repository:
        assert repository.git_dir != repository.common_dir == sandbox.root.resolve() / ".git"
    side.apply(phase)
    _assert_applied(side, phase)
    assert side.git("status", "--porcelain") == ""
    after = sandbox.state()
    assert {key: after[key] for key in after if key != "<refs>"} == {
        key: before[key] for key in before if key != "<refs>"
    }


def test_a_merge_in_a_linked_worktree_is_its_own(sandbox, phase, tmp_path):
    sandbox.git("worktree", "add", "-q", "-b", "side", str(tmp_path / "side"))
    side = Sandbox(tmp_path / "side")
    sandbox.commit({"other.py": b"2\n"})
    side.commit({"other.py": b"1\n"})
    side.git("merge", "main", check=False)
    with pytest.raises(Refused) as caught:
        side.apply(phase)
    assert (caught.value.code, caught.value.details) == ("in-progress", ("merge",))
    sandbox.apply(phase)
    _assert_applied(sandbox, phase)


def test_hostile_names_are_only_names(sandbox):
    names = [
        "new\nline.py",
        'q"uo\\te.py',
        "-dash.py",
        ":(glob)*.py",
        "caf\udce9/x.py",
        "t\tab.py",
        " ",
        "日本.py",
        "#x",
    ]
    phase = dict.fromkeys(names, b"new\n")
    sandbox.apply(phase)
    _assert_applied(sandbox, phase)
    sandbox.apply(dict.fromkeys(names[::2], b"newer\n") | dict.fromkeys(names[1::2]))
    _assert_applied(sandbox, dict.fromkeys(names[::2], b"newer\n") | dict.fromkeys(names[1::2]))
    assert sandbox.git("status", "--porcelain") == ""


def test_a_file_makes_room_for_a_folder_and_back(sandbox):
    sandbox.apply({"a.py": None, "a.py/inner.py": b"x\n"})
    assert sandbox.git("status", "--porcelain") == ""
    sandbox.apply({"a.py/inner.py": None, "a.py": b"file\n"})
    assert sandbox.git("status", "--porcelain") == ""
    assert sandbox.read("a.py") == b"file\n"


def test_flags_of_the_index_survive(sandbox, phase):
    sandbox.git("update-index", "--assume-unchanged", "a.py")
    sandbox.git("update-index", "--skip-worktree", "pkg/b.py")
    sandbox.apply(phase)
    flags = sandbox.git("ls-files", "-v", "a.py", "pkg/b.py", "tool.sh").splitlines()
    assert flags == ["h a.py", "S pkg/b.py", "H tool.sh"]


def test_permissions_of_a_replaced_file_survive(sandbox, phase):
    (sandbox.root / "a.py").chmod(0o640)
    sandbox.apply(phase)
    assert (sandbox.root / "a.py").stat().st_mode & 0o777 == 0o640


def test_a_repository_that_lacks_blobs_elsewhere(sandbox, phase):
    blob = sandbox.git("rev-parse", "HEAD:other.py")
    (sandbox.root / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    sandbox.apply(phase)
    _assert_applied(sandbox, phase)


def test_a_sparse_checkout_with_a_sparse_index(sandbox, phase):
    sandbox.git("sparse-checkout", "set", "--cone", "--sparse-index", "pkg")
    assert not (sandbox.root / "fresh").exists()
    phase.pop("fresh/made/c.py")
    sandbox.commit({"pkg/later.py": b"x\n"})
    sandbox.apply(phase)
    _assert_applied(sandbox, phase)
    assert sandbox.git("status", "--porcelain") == ""


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
    _assert_applied(sandbox, phase)


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


def test_a_failing_disk_after_the_commit_point_can_be_finished(sandbox, phase, monkeypatch):
    replace = worktree.replace

    def full(root: Path, path: str, data: bytes, **options):
        if path == "tool.sh":
            raise OSError(28, "No space left on device", path)
        replace(root, path, data, **options)

    monkeypatch.setattr(worktree, "replace", full)
    with pytest.raises(HalfWay, match="No space left") as caught:
        sandbox.apply(phase)
    assert caught.value.exit_code == 4
    monkeypatch.undo()
    with sandbox.open() as repository:
        assert repository.resume().outcome == "finished"
    _assert_applied(sandbox, phase)
    assert sandbox.git("status", "--porcelain") == ""


def test_a_failing_disk_before_the_commit_point_is_a_refusal(sandbox, phase):
    changes, before = sandbox.changes(phase), sandbox.state()
    (sandbox.root / ".git" / "consolidate").write_bytes(b"in the way")
    with sandbox.open() as repository, pytest.raises(Refused):
        repository.apply(changes, expected_head=sandbox.head())
    assert sandbox.state() == before
