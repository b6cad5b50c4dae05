"""The sample, from the demo to the last revert, by the real program in processes of its own."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from consolidate.testrun import run_tests
from tests.cli.projects import git
from tests.review.test_page import read as page_of

ROOT = Path(__file__).parent.parent.parent


def consolidate(*words: str, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "consolidate", *words],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> tuple[Path, subprocess.CompletedProcess[bytes]]:
    folder = tmp_path_factory.mktemp("demo") / "sample"
    return folder, consolidate("demo", str(folder), cwd=folder.parent)


@pytest.fixture
def migrated(demo, tmp_path) -> Path:
    """A copy of the migrated repository, its plans included."""
    return Path(shutil.copytree(demo[0], tmp_path / "migrated"))


@pytest.fixture
def untouched(migrated) -> Path:
    """The repository before the first phase."""
    git(migrated, "reset", "-q", "--hard", first(migrated))
    return migrated


def first(folder: Path) -> str:
    return git(folder, "rev-list", "--max-parents=0", "HEAD")


def phases(folder: Path) -> int:
    return len(json.loads(consolidate("show", "--format", "json", cwd=folder).stdout)["phases"])


def test_the_demo_shows_red_tests_turning_green(demo):
    folder, done = demo
    out = done.stdout.decode()
    assert done.returncode == 0, (out, done.stderr)
    after = [line.split("  ")[-1].strip() for line in out.splitlines() if " passed" in line]
    assert after
    assert not any("failed" in cell for cell in after)
    assert "failed" in out
    assert git(folder, "status", "--porcelain") == ""


def test_the_demo_wants_a_new_or_an_empty_folder(demo):
    done = consolidate("demo", str(demo[0]), cwd=demo[0])
    assert done.returncode == 2
    assert b"not empty" in done.stderr


def test_after_it_there_is_nothing_to_do(migrated):
    assert consolidate("plan", "--check", cwd=migrated).returncode == 0
    again = consolidate("apply", "--all", cwd=migrated)
    assert again.returncode == 0
    assert again.stdout.startswith(b"Nothing to do")
    assert consolidate("status", "--check", cwd=migrated).returncode == 0


def test_reverting_everything_gives_back_the_first_tree(migrated):
    count = int(git(migrated, "rev-list", "--count", "HEAD")) - 1
    done = consolidate("revert", "--through", "--phase", "1", cwd=migrated)
    assert done.returncode == 0, done.stderr
    assert git(migrated, "rev-parse", "HEAD^{tree}") == git(migrated, "rev-parse", f"{first(migrated)}^{{tree}}")
    assert int(git(migrated, "rev-list", "--count", "HEAD")) == 2 * count + 1
    assert git(migrated, "status", "--porcelain") == ""


@pytest.mark.parametrize("rejected", ["", "tests/protecting/test_patches.py"])
def test_every_diff_applies_after_the_phases_before_it_and_makes_what_apply_makes(untouched, rejected):
    """Also where an edit was rejected that keeps back edits of other files."""
    if rejected:
        reject(untouched, rejected)
    before = (untouched / (rejected or "consolidate.toml")).read_bytes()
    for number in range(1, phases(untouched) + 1):
        diff = consolidate("diff", "--phase", str(number), cwd=untouched).stdout
        git(untouched, "apply", "--check", "-", stdin=diff)
        git(untouched, "apply", "--cached", "-", stdin=diff)
        made = git(untouched, "write-tree")
        git(untouched, "reset", "-q")
        done = consolidate("apply", "--phase", str(number), cwd=untouched)
        assert done.returncode == 0, done.stderr
        assert git(untouched, "rev-parse", "HEAD^{tree}") == made
    assert number > 2
    assert (untouched / (rejected or "consolidate.toml")).read_bytes() == before


def reject(folder: Path, path: str) -> None:
    """Reject the first edit of a file, as the page would."""
    assert consolidate("review", "--html", "../page.html", cwd=folder).returncode == 0
    data = json.loads(page_of((folder.parent / "page.html").read_text("utf-8")).raw["script"][0])
    id_ = next(edit[0] for edit in data["edits"] if data["paths"][edit[2]] == path)
    entries = [{"id": id_, "verdict": "rejected", "comment": ""}]
    decisions = {"format_version": "1.0", "migration": data["migration"], "decisions": entries}
    (folder.parent / "decisions.json").write_text(json.dumps(decisions))
    assert consolidate("review", "--import", "../decisions.json", cwd=folder).returncode == 0


def test_the_plan_is_the_same_with_any_number_of_processes_and_any_hash_seed(untouched, monkeypatch):
    plans = set()
    for jobs, seed in (("1", "1"), ("2", "2")):
        monkeypatch.setenv("PYTHONHASHSEED", seed)
        plans.add(consolidate("--jobs", jobs, "--no-cache", "plan", "--json", cwd=untouched).stdout)
    assert len(plans) == 1


def test_no_phase_breaks_a_test_that_passed_before_it(migrated, tmp_path):
    commits = git(migrated, "rev-list", "--reverse", "HEAD").split()
    passing: set[str] = set()
    for commit in commits:
        folder = tmp_path / commit
        git(migrated, "worktree", "add", "-q", "--detach", str(folder), commit)
        results = run_tests(folder)
        now = {test for test, passed in results.items() if passed}
        assert passing <= now, f"{git(migrated, 'show', '-s', '--format=%s', commit)}: {sorted(passing - now)}"
        passing = now
    assert all(results.values())


def test_the_check_finds_the_same_as_the_plan_leaves(migrated):
    done = consolidate("check", cwd=migrated)
    found = {line.split(b":")[0].decode() for line in done.stdout.splitlines()}
    plan = json.loads(consolidate("plan", "--json", cwd=migrated).stdout)
    assert found
    # Beside references, there are shims that nobody needs any more.
    assert found <= {item["path"] for item in plan["references"]} | {engine["path"] for engine in plan["engines"]}


def test_a_new_file_is_checked_when_it_is_named(migrated):
    (migrated / "new.py").write_text(
        "from netra_backend.app.agents.supervisor.execution_engine import ExecutionEngine\n"
    )
    done = consolidate("check", "new.py", cwd=migrated)
    assert done.returncode == 1
    assert done.stdout.startswith(b"new.py:1:")


LOOK_ALIKES = (
    "archive/first_runner.py",  # excluded by the configuration
    "netra_backend/app/core/workflow/",  # another engine of the same name
    "netra_backend/app/services/workflow_service.py",  # who uses that one
    "netra_backend/app/services/shadowing.py",  # parameters and locals of that name
    "consolidate.toml",
)


def lines_with(names: list[str], folder: Path) -> list[tuple[str, int, str]]:
    found = git(folder, "grep", "-n", "-w", "-a", *(word for name in names for word in ("-e", name)))
    rows = [line.split(":", 2) for line in found.splitlines()]
    return [(path, int(number), text) for path, number, text in rows]


def test_afterwards_a_legacy_name_stands_only_where_the_plan_says(migrated, untouched):
    before = json.loads(consolidate("plan", "--json", cwd=untouched).stdout)
    names = [engine["legacy"].split(":")[1] for engine in before["engines"]]
    assert len(names) == 12
    assert len({path for engine in before["engines"] for path in engine["importers"]}) >= 53
    own = {engine["path"] for engine in before["engines"]}
    edited = {file["path"]: file for phase in before["phases"] for file in phase["files"]}
    listed = {(item["path"], item["line"]) for item in before["references"] if item["action"] != "rewritten"}
    kept = {(item["path"], item["line"]) for item in before["references"] if " as " in item["new"]}
    git(untouched, "checkout", "-q", "-f", git(untouched, "rev-parse", "HEAD@{1}"))
    stray = []
    for path, number, text in lines_with(names, untouched):
        if path in own or path.startswith(LOOK_ALIKES):
            continue
        # A star import that became two statements moves what follows it down by one line.
        places = {(path, number - shift) for shift in range(2 if path in edited else 1)}
        if not places & (listed | kept) and "create_from_legacy" not in text:
            stray.append((path, number, text))
    assert stray == []


def test_every_module_of_the_sample_imports_in_a_fresh_process(migrated):
    unreadable = {"scripts/broken_migration.py", "scripts/nightly_report.py"}
    paths = [
        path
        for path in git(migrated, "ls-files", "*.py").splitlines()
        if path not in unreadable and "tests" not in path
    ]
    modules = [path.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for path in paths]
    assert len(modules) > 80
    # One interpreter each would take a minute: each module is imported by a process forked from one that has none.
    code = (
        "import os, sys, importlib\n"
        "for name in sys.argv[1:]:\n"
        "    child = os.fork()\n"
        "    if not child:\n"
        "        importlib.import_module(name); os._exit(0)\n"
        "    if os.waitpid(child, 0)[1]:\n"
        "        sys.exit(name)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, *modules], cwd=migrated, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
