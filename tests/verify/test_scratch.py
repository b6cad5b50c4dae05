import fcntl
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from consolidate.errors import Refused
from consolidate.repository import Repository
from consolidate.verifying.environment import command_line, of_tests
from consolidate.verifying.scratch import scratch
from planner.model import ChangeSet, FileChange
from tests.cli.projects import git
from tests.git.sandbox import Sandbox


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def repository(project):
    with Repository.open(project) as opened:
        yield opened


def _all_of(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_the_tree_is_the_commit_byte_for_byte_and_git_works_there(project, repository, place, state):
    (project / "tool.sh").write_text("#!/bin/sh\n")
    (project / "tool.sh").chmod(0o755)
    (project / "link").symlink_to("tool.sh")
    (project / "away").symlink_to("/etc/passwd")
    (project / "new\nline").write_bytes(b"a\r\nb")
    git(project, "add", "-A")
    git(project, "update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},module")
    git(project, "commit", "-q", "-m", "more")
    git(project, "tag", "v1")
    (project / "untracked").write_text("x")
    before, mine = state(), _all_of(project / ".git")
    head = repository.resolve("HEAD")
    with scratch(repository) as made:
        made.lay(head)
        (made.tree / "debris").write_text("x")
        made.lay(head)
        tree = made.tree
        assert not (tree / "debris").exists()
        assert os.access(tree / "tool.sh", os.X_OK)
        assert not os.access(tree / "app/new.py", os.X_OK)
        assert (tree / "link").readlink() == Path("tool.sh")
        assert (tree / "away").readlink() == Path("/etc/passwd")
        assert (tree / "new\nline").read_bytes() == b"a\r\nb"
        assert (tree / "app/user.py").read_bytes() == (project / "app/user.py").read_bytes()
        assert list((tree / "module").iterdir()) == []
        assert not (tree / "untracked").exists()
        assert git(tree, "status", "--porcelain") == ""
        assert git(tree, "describe", "--tags") == "v1"
        assert git(tree, "rev-parse", "--abbrev-ref", "HEAD") == "main"
        git(tree, "commit", "-q", "--allow-empty", "-m", "a test may commit")
        assert not tree.is_relative_to(project)
    assert list(place.iterdir()) == []
    assert state() == before
    assert _all_of(project / ".git") == mine, "nothing was registered or written there"
    assert git(project, "worktree", "list").count("\n") == 0


def test_a_commit_of_the_scratch_folder_is_known_to_it_alone(project, repository):
    head = repository.resolve("HEAD")
    entry = next(entry for entry in repository.entries(head) if entry.path == "app/old.py")
    change = FileChange("app/old.py", entry.mode, entry.blob, (project / "app/old.py").read_bytes(), b"new = 1\n")
    with scratch(repository) as made:
        commit = made.commit(ChangeSet(head, "phase\n", (change,)))
        made.lay(commit, parent=head)
        assert (made.tree / "app/old.py").read_bytes() == b"new = 1\n"
        assert git(made.tree, "rev-parse", "HEAD") == head
        assert git(made.tree, "diff", "--cached", "--name-only") == "app/old.py"
        assert made.tree_id(commit) != made.tree_id(head)
    assert subprocess.run(["git", "cat-file", "-e", commit], cwd=project, capture_output=True, check=False).returncode


def test_no_filter_no_conversion_and_no_hook_has_a_part_in_it(project, repository, tmp_path):
    canary = tmp_path / "canary"
    evil = tmp_path / "evil"
    evil.write_text(f"#!/bin/sh\necho ran >> {canary}\ncat\n")
    evil.chmod(0o755)
    (project / ".gitattributes").write_text("* text eol=crlf\n*.py filter=evil\n")
    git(project, "add", ".gitattributes")
    git(project, "commit", "-q", "-m", "attributes")
    for kind in ("clean", "smudge", "process"):
        git(project, "config", f"filter.evil.{kind}", str(evil))
    git(project, "config", "core.fsmonitor", str(evil))
    (project / ".git/hooks").mkdir(exist_ok=True)
    for hook in ("post-checkout", "post-index-change", "reference-transaction"):
        (project / ".git/hooks" / hook).symlink_to(evil)
    with scratch(repository) as made:
        made.lay(repository.resolve("HEAD"))
        assert (made.tree / "notes.txt").read_bytes() == b"Old is old\n"
        assert (made.tree / "app/new.py").read_bytes() == b"class New: pass\n"
    assert not canary.exists()
    subprocess.run(["git", "status"], cwd=project, capture_output=True, check=False)
    assert canary.exists(), "plain git would have run it"


@pytest.mark.parametrize("path", ["../out", ".git/hooks/post-commit", ".GIT/config", "git~1/config"])
def test_a_commit_whose_paths_leave_the_folder_is_not_laid_out(project, repository, path, place):
    blob = git(project, "hash-object", "-w", "--stdin", stdin=b"evil")
    parts = path.split("/")
    kind, oid = b"100644", bytes.fromhex(blob)
    for part in reversed(parts):
        data = kind + b" " + part.encode() + b"\0" + oid
        oid = bytes.fromhex(git(project, "hash-object", "-w", "--literally", "-t", "tree", "--stdin", stdin=data))
        kind = b"40000"
    commit = git(project, "commit-tree", "-m", "evil", oid.hex())
    with scratch(repository) as made, pytest.raises(Refused):
        made.lay(commit)
    assert list(place.iterdir()) == []


def test_folders_of_dead_runs_are_swept_and_those_of_others_stay(repository, place):
    dead, live, young = (place / f"consolidate-verify-{name}" for name in ("dead", "live", "young"))
    for folder in (dead, live, young):
        (folder / "sub").mkdir(parents=True)
        (folder / "sub").chmod(0o500)
    for folder in (dead, live):
        os.utime(folder, (1, 1))
    child = subprocess.Popen(["sleep", "60"], env={**os.environ, "CONSOLIDATE_VERIFY_RUN": str(dead)})
    descriptor = os.open(live, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        with scratch(repository):
            assert not dead.exists()
            assert live.exists()
            assert young.exists()
        if Path("/proc/self").is_dir():
            assert child.wait(10)
    finally:
        os.close(descriptor)
        child.kill()
        child.wait()


def test_an_editable_install_of_the_users_tree_is_not_what_is_tested(tmp_path):
    root, tree = tmp_path / "user", tmp_path / "scratch"
    for folder in (root, tree):
        (folder / "src").mkdir(parents=True)
        (folder / "src/editable_of_mine.py").write_text("")
    report = tmp_path / "r e port.xml"
    user = {
        **os.environ,
        "PYTHONPATH": f"{root / 'src'}:/somewhere",
        "VIRTUAL_ENV": "/venv",
        "GIT_DIR": "/x",
        "GIT_INDEX_FILE": "/y",
        "GIT_AUTHOR_NAME": "me",
        "GIT_CONFIG_GLOBAL": "/z",
        "PYTEST_ADDOPTS": "-x",
    }
    made = of_tests(user, "after", report, root=root, tree=tree, source_roots=("src",))
    script = "import editable_of_mine; print(editable_of_mine.__file__)"
    done = subprocess.run([sys.executable, "-c", script], env=made, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(tree / "src/editable_of_mine.py")
    assert made["PYTHONPATH"] == f"{tree / 'src'}:/somewhere"
    assert made["CONSOLIDATE_VERIFY"] == "after"
    assert made["PYTHONDONTWRITEBYTECODE"] == "1"
    assert made["VIRTUAL_ENV"] == "/venv"
    assert made["PATH"] == os.environ["PATH"]
    assert {name for name in made if name.startswith("GIT_")} >= {"GIT_AUTHOR_NAME", "GIT_CONFIG_GLOBAL"}
    assert not {"GIT_DIR", "GIT_INDEX_FILE"} & made.keys()
    assert made["PYTEST_ADDOPTS"].endswith(f"-x --junitxml='{report}'")


def test_a_program_of_an_untracked_virtual_environment_is_found(tmp_path):
    root, tree = tmp_path / "user", tmp_path / "scratch"
    (root / ".venv/bin").mkdir(parents=True)
    (root / ".venv/bin/pytest").write_text("")
    (tree / "tools").mkdir(parents=True)
    (tree / "tools/test").write_text("")
    (root / "tools").mkdir()
    (root / "tools/test").write_text("")
    assert command_line(".venv/bin/pytest -q", root, tree)[-1] == f"{root}/.venv/bin/pytest -q"
    assert command_line("tools/test -q", root, tree)[-1] == "tools/test -q"
    assert command_line("cd x && .venv/bin/pytest", root, tree)[-1] == "cd x && .venv/bin/pytest"


def test_a_repository_of_sha256_a_shallow_one_and_a_linked_worktree(tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "a")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "a@b.invalid")
    first = tmp_path / "first"
    first.mkdir()
    git(first, "init", "-q", "-b", "main", "--object-format=sha256")
    sandbox = Sandbox(first)
    sandbox.commit({"a": b"1"})
    sandbox.commit({"a": b"2"})
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{first}", "shallow")
    git(first, "worktree", "add", "-q", str(tmp_path / "linked"), "-b", "side")
    (tmp_path / "linked").rename(tmp_path / "store")  # a name that the scratch folder has, too
    git(first, "worktree", "repair", str(tmp_path / "store"))
    for name in ("first", "shallow", "store"):
        with Repository.open(tmp_path / name) as repository, scratch(repository) as made:
            made.lay(repository.resolve("HEAD"))
            assert (made.tree / "a").read_bytes() == b"2"
            assert git(made.tree, "log", "--format=%s").splitlines() == ["change"] * (1 if name == "shallow" else 2)
