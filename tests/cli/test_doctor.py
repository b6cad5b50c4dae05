"""`doctor` on real repositories, one hazard each."""

import json
import os
import subprocess
import sys

import pytest

from tests.hostile_sources import world
from tests.hostile_sources.sources import IMPORT


@pytest.fixture
def repository(tmp_path):
    return _sound(tmp_path)


@pytest.fixture(scope="module")
def of_sound(tmp_path_factory):
    """What is found in a repository in which there is no hazard."""
    return doctor(_sound(tmp_path_factory.mktemp("sound")))


def _sound(place):
    folder = world.make(place / "project", {"app/link.py": IMPORT})
    for key, value in (("user.name", "A"), ("user.email", "a@example.org")):
        world.git(folder, "config", key, value)
    return folder


def doctor(folder, *, identity=True):
    """Return the exit code and the findings by code; the machine's own configuration has no part in it."""
    names = {f"GIT_{who}_{what}" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    env = {name: value for name, value in os.environ.items() if name not in names | {"EMAIL"}}
    env |= {"PYTHONPATH": str(world.ROOT), "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    words = [sys.executable, "-m", "consolidate", "doctor", "--json"]
    done = subprocess.run(words, cwd=folder, env=env, capture_output=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    findings = json.loads(done.stdout)["findings"]
    order = ["blocks", "hinders", "note"]
    assert [item["severity"] for item in findings] == sorted((i["severity"] for i in findings), key=order.index)
    assert done.returncode == int(any(item["severity"] == "blocks" for item in findings))
    return {item["code"]: item for item in findings if item["code"] not in ("disk-space", "nested")}


def _commit(folder, name, data):
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data)
    world.git(folder, "add", name)
    world.git(folder, "commit", "-q", "-m", "More")


def _hook(folder):
    file = folder / ".git/hooks/pre-commit"
    file.parent.mkdir(exist_ok=True)
    file.write_text("#!/bin/sh\ntouch canary\n")
    file.chmod(0o755)


def _symlink(folder):
    (folder / "app/other.py").symlink_to("new.py")
    world.git(folder, "add", "app/other.py")
    world.git(folder, "commit", "-q", "-m", "Link")


def _submodule(folder):
    head = world.git(folder, "rev-parse", "HEAD").strip()
    world.git(folder, "update-index", "--add", "--cacheinfo", f"160000,{head},vendor")
    world.git(folder, "commit", "-q", "-m", "Submodule")


def _case(folder):
    blob = world.git(folder, "rev-parse", "HEAD:app/new.py").strip()
    world.git(folder, "update-index", "--add", "--cacheinfo", f"100644,{blob},app/NEW.py")
    world.git(folder, "commit", "-q", "-m", "Case")


def _skip_worktree(folder):
    world.git(folder, "update-index", "--skip-worktree", "app/user.py")
    (folder / "app/user.py").unlink()


def _stage(folder):
    (folder / "app/user.py").write_bytes(IMPORT + b"# staged\n")
    world.git(folder, "add", "app/user.py")


def _index_lock(folder):
    (folder / ".git/index.lock").touch()


def _stale_lock(folder):
    done = subprocess.Popen(["true"])
    done.wait()
    (folder / ".git/consolidate").mkdir(exist_ok=True)
    holder = {"pid": done.pid, "host": os.uname().nodename, "command": "apply", "since": "then"}
    (folder / ".git/consolidate/lock").write_text(json.dumps(holder))


HAZARDS = {
    "identity": ("blocks", lambda folder: world.git(folder, "config", "--unset", "user.email")),
    "in-progress": ("blocks", lambda folder: (folder / ".git/MERGE_HEAD").write_text("0" * 40)),
    "detached": ("blocks", lambda folder: world.git(folder, "checkout", "-q", "--detach")),
    "index-locked": ("blocks", _index_lock),
    "staged": ("blocks", _stage),
    "modified": ("blocks", lambda folder: (folder / "app/user.py").write_bytes(IMPORT + b"# dirty\n")),
    "sparse": ("blocks", _skip_worktree),
    "line-endings": ("blocks", lambda folder: (folder / "app/old.py").write_bytes(b"class Old:\r\n    pass\r\n")),
    "filtered": ("blocks", lambda folder: (folder / ".gitattributes").write_text("*.py filter=lfs\n")),
    "configuration": ("blocks", lambda folder: (folder / "consolidate.toml").write_text("[migraton]\n")),
    "symlinks": ("note", _symlink),
    "submodules": ("hinders", _submodule),
    "case": ("hinders", _case),
    "hooks": ("note", _hook),
    "setting": ("note", lambda folder: world.git(folder, "config", "core.ignorecase", "true")),
    "worktrees": ("note", lambda folder: world.git(folder, "worktree", "add", "-q", "../linked", "-b", "other")),
    "branch-elsewhere": ("blocks", lambda folder: world.git(folder, "worktree", "add", "-qf", "../linked", "main")),
    "stale-lock": ("note", _stale_lock),
    "interrupted": ("blocks", lambda folder: _journal(folder)),
    "skipped": ("hinders", lambda folder: _commit(folder, "app/broken.py", IMPORT + b"x = (\n")),
    "python-version": ("hinders", lambda folder: _commit(folder, "app/newer.py", IMPORT + b"def f[T: Old](x): pass\n")),
    "huge-files": ("hinders", lambda folder: _commit(folder, "app/huge.py", IMPORT + b"# x\n" * 6_000_000)),
    "big-files": ("note", lambda folder: _commit(folder, "app/big.py", b"# x\n" * 400_000)),
    "encoding": ("note", lambda folder: _commit(folder, "app/odd.py", b"# coding: latin-1\n# \xe9\n" + IMPORT)),
    "partial": ("hinders", lambda folder: world.git(folder, "config", "remote.origin.promisor", "true")),
    "shallow": ("hinders", lambda folder: _shallow(folder)),
    "signing": ("note", lambda folder: world.git(folder, "config", "commit.gpgSign", "true")),
}


def _journal(folder):
    (folder / ".git/consolidate").mkdir(exist_ok=True)
    (folder / ".git/consolidate/journal.json").write_text("{")


def _shallow(folder):
    head = world.git(folder, "rev-parse", "HEAD").strip()
    (folder / ".git/shallow").write_text(f"{head}\n")


def test_a_sound_repository_has_nothing_that_blocks(repository):
    found = doctor(repository)
    assert {item["severity"] for item in found.values()} <= {"note"}
    assert "python" in found


@pytest.mark.parametrize("code", HAZARDS)
def test_each_hazard_is_found(code, repository, of_sound):
    if code == "python-version" and sys.version_info >= (3, 12):
        pytest.skip("the running Python reads it")
    severity, make = HAZARDS[code]
    assert code not in of_sound
    before = (repository / "app/new.py").read_bytes()
    make(repository)
    found = doctor(repository)
    assert code in found, found
    assert found[code]["severity"] == severity
    assert found[code]["what"]
    if severity == "blocks":
        assert found[code]["todo"]
    assert not (repository / "canary").exists()
    assert (repository / "app/new.py").read_bytes() == before
