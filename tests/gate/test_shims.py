"""Shims that are past their removal version, or that nobody needs."""

import subprocess
import sys

import pytest

from consolidate.gate.versions import current_version, is_reached
from tests.cli.projects import git
from tests.gate.projects import FILES, consolidate, make, printed

LATE = {"app/late.py": "from app.old import Old\n"}


@pytest.fixture
def shimmed(tmp_path):
    """A project after its first phase: a shim, and one importer."""
    project = make(tmp_path)
    consolidate(project, "apply", "--phase", "1")
    return project


def test_a_shim_past_its_removal_version_with_callers_is_a_finding(shimmed):
    assert consolidate(shimmed, "check", code=1).stdout.count("\n") == 2  # no version is known
    assert "past" not in consolidate(shimmed, "check", "--current-version", "1.9", code=1).stdout
    found = consolidate(shimmed, "check", "--current-version", "2.0", code=1)
    line = next(i for i, text in enumerate((shimmed / "app/old.py").read_text().splitlines(), 1) if "_MOVED = " in text)
    assert (
        f"app/old.py:{line}:1: shim app.old: this is 2.0, it was to go in 2.0, and 2 references in 1 file need it, "
        "first app/user.py:1 → move them (`consolidate plan` tells how), then remove it\n"
    ) in found.stdout
    assert found.stderr == "2 legacy references in 1 file and 1 shim to remove\n"
    assert "app/old.py" not in consolidate(shimmed, "check", "app/user.py", "--current-version", "2.0", code=1).stdout


def test_the_baseline_excuses_callers_but_no_shim(shimmed):
    consolidate(shimmed, "check", "--create-baseline")
    consolidate(shimmed, "check")
    found = consolidate(shimmed, "check", "--current-version", "3", code=1).stdout
    assert found.startswith("app/old.py:")
    assert found.count("\n") == 1


def test_the_version_of_pyproject_counts_and_the_configuration_comes_first(shimmed):
    consolidate(shimmed, "check", "--create-baseline")
    (shimmed / "pyproject.toml").write_text('[project]\nname = "x"\nversion = "2.1"\n')
    assert "this is 2.1" in consolidate(shimmed, "check", code=1).stdout
    (shimmed / "consolidate.toml").write_text(FILES["consolidate.toml"] + '\n[check]\ncurrent-version = "1.0"\n')
    consolidate(shimmed, "check")
    assert "this is 4" in consolidate(shimmed, "check", "--current-version", "4", code=1).stdout


def test_a_shim_that_nothing_refers_to_is_a_finding_until_it_goes(shimmed):
    assert "nothing refers" not in consolidate(shimmed, "check", code=1).stdout
    consolidate(shimmed, "apply", "--phase", "2")
    found = consolidate(shimmed, "check", code=1)
    assert "shim app.old: nothing refers to it any more" in found.stdout
    assert found.stdout.count("\n") == 1
    assert found.stderr == "1 shim to remove\n"
    (shimmed / "consolidate.toml").write_text(FILES["consolidate.toml"] + '\n[check]\nignore = ["shim-unused"]\n')
    consolidate(shimmed, "check")
    git(shimmed, "checkout", "-q", "consolidate.toml")
    consolidate(shimmed, "apply", "--phase", "3")
    consolidate(shimmed, "check")


def test_a_shim_that_an_excluded_file_imports_is_not_called_unused(tmp_path):
    excluding = FILES["consolidate.toml"].replace("removal-version", 'exclude = ["attic/**"]\nremoval-version')
    project = make(tmp_path, {"consolidate.toml": excluding, "attic/first.py": "from app.old import Old\n"})
    consolidate(project, "apply", "--all")
    consolidate(project, "check")
    git(project, "rm", "-q", "attic/first.py")
    git(project, "-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-qm", "gone")
    assert "nothing refers" in consolidate(project, "check", code=1).stdout


def test_the_samples_tests_need_none_of_the_shims_that_are_called_unused(migrated, tmp_path):
    found = printed(migrated, "check", "--format", "json", code=1)["findings"]
    unused = [item["path"] for item in found if item["rule"] == "shim-unused"]
    assert unused
    copy = tmp_path / "copy"
    git(migrated, "worktree", "add", "-q", "--detach", str(copy))
    for path in unused:
        (copy / path).unlink()
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-W", "ignore"]
    done = subprocess.run(words, cwd=copy, capture_output=True, text=True, check=False)
    git(migrated, "worktree", "remove", "--force", str(copy))
    assert done.returncode == 0, done.stdout[-3000:]


def test_an_implementation_that_stays_and_warns_is_a_shim_too(tmp_path):
    config = FILES["consolidate.toml"] + 'shim = "warn"\n'
    project = make(tmp_path, {"consolidate.toml": config})
    consolidate(project, "apply", "--phase", "1")
    assert "notice of deprecation" in (project / "app/old.py").read_text()
    (project / "app/user.py").write_text("")
    assert "app/old.py:1:1: shim app.old: nothing refers to it" in consolidate(project, "check", code=1).stdout


@pytest.mark.parametrize(
    ("removal", "current", "reached"),
    [
        ("2.0", "2.0", True),
        ("2.0", "2", True),
        ("2", "2.0.0", True),
        ("2.0", "10.0", True),
        ("2.0", "v2.0.1", True),
        ("2.0", "1.99.99", False),
        ("2.0", "2.0rc1", False),
        ("2.0", "2.0.dev3", False),
        ("2.0rc1", "2.0rc2", True),
        ("2.0a1", "2.0.dev9", False),
        ("2.0b1", "2.0a9", False),
        ("2.0", "2.0.post1", True),
        ("2.0.post2", "2.0.post1", False),
        ("2.0", "2.0+local.7", True),
        ("2.0", "1!1.0", True),
        ("2024.10", "2024.9", False),
        ("next spring", "2.0", None),
        ("2026-01-31", "2026.2", None),
        ("", "2.0", None),
        ("2.0", "", None),
    ],
)
def test_versions_are_compared_as_pythons_packages_are(removal, current, reached):
    assert is_reached(removal, current) is reached


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ('[project]\nversion = "1.2"\n', "1.2"),
        ('[project]\ndynamic = ["version"]\n', ""),
        ('[tool.poetry]\nversion = "3.4"\n', "3.4"),
        ("[project]\nversion = 1.2\n", ""),
        ("project = 1\ntool = 2\n", ""),
        ("[", ""),
    ],
)
def test_the_version_of_a_project(tmp_path, text, version):
    assert current_version(tmp_path, "", "") == ""
    (tmp_path / "pyproject.toml").write_text(text)
    assert current_version(tmp_path, "", "") == version
    assert current_version(tmp_path, "", "8") == "8"
    assert current_version(tmp_path, "9", "8") == "9"
