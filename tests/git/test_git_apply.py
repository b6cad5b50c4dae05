"""Apply: one commit, the work tree and the index brought along, everything else left alone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from consolidate.errors import HalfWay, Refused
from consolidate.gitstep import worktree
from consolidate.repository import Repository
from tests.git.sandbox import Sandbox, assert_applied


def test_one_commit_that_leaves_everything_clean(sandbox, phase):
    before = sandbox.head()
    commit = sandbox.apply(phase, "refactor(x): phase 1/1 y\n\nBody\n\nConsolidate-Phase: 1/1\n")
    assert sandbox.head() == commit
    assert sandbox.git("rev-parse", "HEAD^") == before
    assert (
        sandbox.git("log", "-1", "--format=%an <%ae>|%s")
        == "A Developer <dev@example.invalid>|refactor(x): phase 1/1 y"
    )
    assert_applied(sandbox, phase)
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
    assert_applied(sandbox, phase)
    assert sandbox.git("status", "--porcelain") == "?? untracked.py"


def test_sha256_repositories(tmp_path, phase):

    sandbox = Sandbox(tmp_path / "sha256")
    sandbox.root.mkdir()
    sandbox.git("init", "-q", "--object-format=sha256")
    sandbox.commit({path: b"before\n" for path in phase if path != "fresh/made/c.py"})
    assert len(sandbox.apply(phase)) == 64
    assert_applied(sandbox, phase)
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
    assert_applied(side, phase)
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
    assert_applied(sandbox, phase)


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
    assert_applied(sandbox, phase)
    sandbox.apply(dict.fromkeys(names[::2], b"newer\n") | dict.fromkeys(names[1::2]))
    assert_applied(sandbox, dict.fromkeys(names[::2], b"newer\n") | dict.fromkeys(names[1::2]))
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
    assert_applied(sandbox, phase)


def test_a_sparse_checkout_with_a_sparse_index(sandbox, phase):
    sandbox.git("sparse-checkout", "set", "--cone", "--sparse-index", "pkg")
    assert not (sandbox.root / "fresh").exists()
    phase.pop("fresh/made/c.py")
    sandbox.commit({"pkg/later.py": b"x\n"})
    sandbox.apply(phase)
    assert_applied(sandbox, phase)
    assert sandbox.git("status", "--porcelain") == ""


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
    assert_applied(sandbox, phase)
    assert sandbox.git("status", "--porcelain") == ""


def test_a_failing_disk_before_the_commit_point_is_a_refusal(sandbox, phase):
    changes, before = sandbox.changes(phase), sandbox.state()
    (sandbox.root / ".git" / "consolidate").write_bytes(b"in the way")
    with sandbox.open() as repository, pytest.raises(Refused):
        repository.apply(changes, expected_head=sandbox.head())
    assert sandbox.state() == before
