"""Variables that send git to another repository, as a hook leaves them behind: the folder decides all the same."""

from __future__ import annotations

import pytest

from tests.hostile.conftest import isolate
from tests.hostile.world import World, copy

# By name: a path below the other repository's root, or a value.
_PATHS = {
    "GIT_DIR": ".git",
    "GIT_COMMON_DIR": ".git",
    "GIT_WORK_TREE": ".",
    "GIT_INDEX_FILE": ".git/index",
    "GIT_OBJECT_DIRECTORY": ".git/objects",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES": ".git/objects",
    "GIT_SHALLOW_FILE": "notes.txt",
    "GIT_GRAFT_FILE": "notes.txt",
    "GIT_CONFIG": ".git/config",
}
_VALUES = {
    "GIT_NAMESPACE": "other",
    "GIT_PREFIX": "docs/",
    "GIT_IMPLICIT_WORK_TREE": "0",
    "GIT_REPLACE_REF_BASE": "refs/heads/",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_ICASE_PATHSPECS": "1",
    "GIT_REFLOG_ACTION": "other",
}
_REPOSITORY = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR", "GIT_NAMESPACE")
SETS = [*((name,) for name in _REPOSITORY), _REPOSITORY, tuple(set(_VALUES) | set(_PATHS) - set(_REPOSITORY))]
_COMMANDS = (("status",), ("apply", "--phase", "1"), ("check",), ("revert", "--phase", "1"))


def _told(world: World) -> list[str]:
    """Run every command; return how each ended."""
    codes = []
    for words in _COMMANDS:
        ended = world.run(*words)
        assert not ended.err.startswith("error"), ended
        codes.append(f"{words[0]} {ended.code}")
    return codes


def _left(world: World) -> list[str]:
    """Return the trees of all commits, every ref, what is in the index, and what git finds in the work tree."""
    asked = (
        ("log", "--all", "--format=%T %s"),
        ("for-each-ref", "--format=%(refname) %(tree)"),
        ("reflog", "--format=%gs", "main"),
        ("ls-files", "-s"),
        ("status", "--porcelain", "--ignored"),
        ("fsck", "--strict"),
    )
    return [world.git(*words) for words in asked]


@pytest.fixture(scope="module")
def usual(template, home, tmp_path_factory) -> tuple[list[str], list[str]]:
    """What is said and what is left where no such variable is set."""
    with pytest.MonkeyPatch.context() as patch:
        isolate(patch, home)
        plain = copy(template, tmp_path_factory.mktemp("plain") / "base")
        return _told(plain), _left(plain)


@pytest.mark.parametrize("names", SETS, ids=["+".join(names) if len(names) < 3 else str(len(names)) for names in SETS])
def test_no_variable_leads_to_another_repository(another, usual, monkeypatch, names):
    world, other = another("base"), another("other")
    before = other.state()
    with monkeypatch.context() as patch:
        for name in names:
            patch.setenv(name, _VALUES.get(name) or str(other.root / _PATHS[name]))
        told = _told(world)
    assert other.state() == before
    assert (told, _left(world)) == usual
    assert told == ["status 0", "apply 0", "check 1", "revert 0"]
