"""The cache is never seen in a plan: with it and without, damaged, shared, or of another state of the repository."""

import os
import subprocess
import sys

import pytest

from tests.hostile_sources import world
from tests.hostile_sources.sources import IMPORT

FACTS = ".git/consolidate/facts.sqlite"


@pytest.fixture
def repository(tmp_path):
    return world.make(tmp_path, {"app/more.py": IMPORT + b"x = Old\n", "doc.md": b"`app.old.Old`\n"})


def plan(repository, *options):
    ran = world.run(repository, *options, "plan", "--json")
    assert (ran.code, ran.err) == (0, "")
    return ran.out


def forget(repository):
    """Throw the kept plans away, so that the next plan is made from the facts of the blobs."""
    for file in (repository / ".git/consolidate/plans").iterdir():
        file.unlink()


def test_cold_warm_and_without(repository):
    without = plan(repository, "--no-cache")
    assert not (repository / FACTS).exists()
    cold = plan(repository)
    assert (repository / FACTS).exists()
    kept = plan(repository)
    forget(repository)
    warm = plan(repository)
    assert without == cold == kept == warm


def test_after_a_commit_only_what_changed_is_new(repository):
    plan(repository)
    (repository / "app/more.py").write_bytes(IMPORT + b"\n\ny = [Old, Old]\n")
    (repository / "app/moved.py").write_bytes(IMPORT + b"\nprint(Old())\n")  # the contents of app/user.py
    world.git(repository, "add", "-A")
    world.git(repository, "commit", "-qm", "more")
    warm = plan(repository)
    assert warm == plan(repository, "--no-cache")
    assert b"app/moved.py" in warm


@pytest.mark.parametrize(
    "damage",
    [
        lambda file: file.write_bytes(b"not a database at all" * 100),
        lambda file: file.write_bytes(b""),
        lambda file: file.write_bytes(file.read_bytes()[:5000]),
        lambda file: file.write_bytes(file.read_bytes().replace(b"app.old", b"app.odd")),
        lambda file: (file.unlink(), file.mkdir()),
        lambda file: (file.unlink(), os.mkfifo(file)),
        lambda file: (file.unlink(), file.symlink_to("/dev/zero")),
    ],
    ids=["garbage", "empty", "cut off", "changed", "a folder", "a pipe", "a link"],
)
def test_a_damaged_cache_is_made_again(repository, damage):
    wanted = plan(repository)
    damage(repository / FACTS)
    forget(repository)
    assert plan(repository) == wanted


def test_runs_at_once(repository):
    wanted = plan(repository, "--no-cache")
    command = [sys.executable, "-m", "consolidate", "plan", "--json"]
    environment = {**os.environ, "PYTHONPATH": str(world.ROOT)}
    runs = [
        subprocess.Popen(command, cwd=repository, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(4)
    ]
    assert [run.communicate() for run in runs] == [(wanted, b"")] * 4


def test_a_blob_that_was_missing_is_looked_at_when_it_is_there(repository):
    path = "doc.md"
    blob = world.git(repository, "rev-parse", f"HEAD:{path}").strip()
    file = repository / ".git/objects" / blob[:2] / blob[2:]
    data, contents = file.read_bytes(), (repository / path).read_bytes()
    file.unlink()
    (repository / path).unlink()
    lacking = plan(repository)
    assert b'"path":"doc.md","reason":"its object is missing' in lacking.replace(b'": "', b'":"')
    file.write_bytes(data)
    (repository / path).write_bytes(contents)
    forget(repository)
    assert plan(repository) == plan(repository, "--no-cache") != lacking
