"""What is odd, but right, is migrated and brought back like anything else, byte for byte."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hostile import odd
from tests.hostile.world import FILES, Ended, World, fingerprint, make_template

FOLDER = "-C odd 'quoted' \"t\u00fcr\" $HOME *\n\U0001f680"
BRANCH = "feature/\u00fc-\U0001f680/x"
_REFERENCE = b"from app.legacy import OldEngine\n"
MINE = ("app/mine.log", "app/un\ntracked.py", "contents/\udcff*", "-untracked", "to nowhere")


def _done(ended: Ended) -> str:
    assert ended.code == 0, ended
    return ended.out


def _names(text: str) -> set[str]:
    return set(text.split("\0")[:-1])


def _own_work(world: World) -> list[Path]:
    """Leave other work in the repository: edited, staged, edited behind that, untracked, ignored; return the files."""
    world.write("notes.txt", b"dirty\r\n")
    world.write("staged.txt", b"staged\n")
    world.git("add", "staged.txt")
    world.write("staged.txt", b"staged and dirty\n")
    for name in MINE[:-1]:
        world.write(name, _REFERENCE)
    (world.root / MINE[-1]).symlink_to("nowhere")
    return [world.root / name for name in ("notes.txt", "staged.txt", *MINE)]


def _there_and_back(world: World, run: Callable[..., Ended]) -> dict[str, bytes]:
    """Plan, apply every phase, revert all; return the tracked files of the work tree as they were at the end of it.

    Whatever else lies in the work tree and in the index stays as it is, and the tree id at the end is that of before.
    """
    files = _own_work(world)

    def own() -> tuple[object, ...]:
        changes = (world.git("diff", "-z", "--name-only"), world.git("diff", "--cached", "--raw"))
        return *changes, *map(fingerprint, files)

    mine, before = own(), world.git("rev-parse", "HEAD^{tree}")
    _done(run("plan"))
    _done(run("apply", "--all"))
    changed = world.git("diff-tree", "-r", "-z", "--name-only", before, "HEAD")
    assert {"app/user.py", "app/legacy.py"} <= _names(changed)
    assert own() == mine
    end = {
        name: (world.root / name).read_bytes()
        for name in _names(world.git("ls-tree", "-r", "-z", "--name-only", "HEAD"))
    }
    _done(run("revert", "--phase", "1", "--through"))
    assert world.git("rev-parse", "HEAD^{tree}") == before
    assert own() == mine
    assert "0 of" in _done(run("status"))
    world.git("fsck", "--strict")
    return end


def test_odd_names_and_contents_in_an_odd_folder_on_an_odd_branch(tmp_path):
    files = odd.files()
    world = make_template(tmp_path / "base", FILES | files, FOLDER)
    scripts = {name for name in files if name.startswith("contents/") and name.endswith("1.py")}
    for name in scripts:
        (world.root / name).chmod(0o755)
    world.commit()
    world.git("checkout", "-q", "-b", BRANCH)
    end = _there_and_back(world, world.run)
    assert {name: end[name] for name, data in files.items() if end[name] != odd.migrated(data)} == {}
    assert {name for name in files if (world.root / name).read_bytes() != files[name]} == set()
    assert {name for name in files if os.access(world.root / name, os.X_OK)} == scripts
    _check_diff(world)


def _check_diff(world: World) -> None:
    """`diff` of the phase that edits the odd files: git applies it, and what comes out is that phase's commit."""
    log = world.git("log", "--format=%H", "--grep=^Consolidate-Phase: 2/")
    command = [sys.executable, "-P", "-m", "consolidate", "diff", "--phase", "2"]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    patch = subprocess.run(command, cwd=world.root, env=environment, capture_output=True, check=True).stdout
    world.git("reset", "-q", f"{log}^")
    world.git("apply", "--cached", "-", stdin=patch)
    assert world.git("write-tree") == world.git("rev-parse", f"{log}^{{tree}}")


def _from_a_subfolder(world: World) -> Callable[..., Ended]:
    return lambda *words: world.run_in(world.root / "app", *words)


def test_a_linked_worktree_from_a_subfolder(world):
    first = {name: fingerprint(world.root / name) for name in FILES}
    world.git("worktree", "add", "-q", "-b", "second", str(world.base / "second tree"))
    linked = World(world.base, "second tree")
    _there_and_back(linked, _from_a_subfolder(linked))
    assert {name: fingerprint(world.root / name) for name in FILES} == first
    assert (world.git("status", "--porcelain"), world.git("rev-list", "--count", "main")) == ("", "1")


def test_packed_refs_and_line_ends_that_git_converts_when_adding(world):
    files = {"app/crlf.py": odd.CONTENTS["CRLF"], "app/mixed.py": odd.CONTENTS["mixed line ends"]}
    world.commit(files)
    world.git("config", "core.autocrlf", "input")
    world.git("branch", "-m", "a/b\u00fc")
    world.git("pack-refs", "--all", "--prune")
    world.git("repack", "-qad")
    assert not (world.root / ".git/refs/heads/a").exists()
    end = _there_and_back(world, world.run)
    assert {name: end[name] for name in files} == {name: odd.migrated(data) for name, data in files.items()}


@pytest.mark.parametrize("how", ["--object-format=sha256", "--ref-format=reftable"])
def test_odd_formats_of_a_repository_of_one_commit_from_a_subfolder(tmp_path, how):
    tried = subprocess.run(["git", "init", "-q", how, tmp_path / "tried"], capture_output=True, check=False)
    if tried.returncode:
        pytest.skip(f"this git does not know {how}")
    world = make_template(tmp_path / "base", FILES, "repository", how)
    assert len(world.git("rev-list", "--parents", "HEAD").split()) == 1
    _there_and_back(world, _from_a_subfolder(world))


def test_no_folder_that_is_a_link_is_followed(world):
    """Neither one that is tracked as a link, nor one that has come into the place of a tracked folder."""
    elsewhere = world.base / "elsewhere"
    (elsewhere / "deep").mkdir(parents=True)
    for place in ("user.py", "deep/user.py"):
        (elsewhere / place).write_bytes(_REFERENCE)
    (world.root / "linked").symlink_to("../elsewhere")
    world.commit({"other/deep/user.py": _REFERENCE})
    read = {reference["path"] for reference in json.loads(_done(world.run("plan", "--json")))["references"]}
    assert "other/deep/user.py" in read
    assert not any(path.startswith("linked") for path in read)
    shutil.rmtree(world.root / "other/deep")
    (world.root / "other/deep").symlink_to(elsewhere / "deep")
    _done(world.run("apply", "--phase", "1"))  # creates shims only
    before = world.state()
    refused = world.run("apply", "--all")
    assert (refused.code, refused.one_line) == (3, True), refused
    assert "symbolic link" in refused.err
    assert "other/deep/user.py" in refused.err
    assert world.state() == before
