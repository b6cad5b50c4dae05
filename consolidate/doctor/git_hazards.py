"""Hazards of the git repository: from what `Repository.state` and `Repository.refusals` tell."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence

from consolidate.doctor.finding import Finding, blocks, hinders, note
from consolidate.errors import ConsolidateError
from consolidate.repository import Repository

OLDEST_GIT = (2, 30)
"""The oldest git that has every option that is used."""
_FEW, _LITTLE = 100_000_000, 1_000_000_000  # bytes of free space

_SETTINGS = {
    "core.autocrlf": "git converts line ends here: files that it has converted are refused",
    "core.ignorecase": "git takes names that differ by case for one file here",
    "core.protectntfs": "git allows names here that are dangerous on Windows; consolidate refuses them all the same",
    "core.sparsecheckout": "the work tree holds a part of the files only",
    "core.fsmonitor": "a file system monitor is set; consolidate never asks it",
}


def repository_hazards(repository: Repository, changed: Sequence[str], created: Sequence[str]) -> Iterator[Finding]:
    """Yield the hazards of a repository in which these files are to be changed and created."""
    try:
        pending = repository.pending()
    except ConsolidateError as error:
        yield blocks("interrupted", error.what, (error.where,), error.hint)
        pending = None
    if pending is not None:
        yield blocks(
            "interrupted",
            f"a run was cut off: {pending.operation}",
            (),
            "`consolidate apply --continue` finishes it, `consolidate apply --abort` undoes it",
        )
    for code, (what, hint, details) in repository.refusals(changed, created).items():
        yield blocks(code, what, details, hint)
    yield from _state(repository)
    yield from _space(repository)


def _state(repository: Repository) -> Iterator[Finding]:
    state = repository.state()
    version = ".".join(map(str, state.version))
    if state.version < OLDEST_GIT:
        oldest = ".".join(map(str, OLDEST_GIT))
        yield hinders("git-version", f"git is {version or 'of no known version'}", (), f"install {oldest} or later")
    who, held = state.holder
    if held:
        yield blocks("locked", f"another run holds the lock: {who}", (), "wait for it to end")
    elif who:
        yield note("stale-lock", f"a run that has died left its lock: {who}", (), "the next run takes it over")
    if state.hooks:
        yield note(
            "hooks",
            f"hooks that `apply` doesn't run: {', '.join(state.hooks)}",
            state.hooks,
            "`consolidate apply --run-hooks` runs them",
        )
    for key, value in state.settings:
        yield note("setting", f"{key} is {value}: {_SETTINGS[key.lower()]}", (key,))
    if state.worktrees > 1:
        yield note("worktrees", f"{state.worktrees} work trees share this repository, and one lock")
    if state.shallow:
        yield hinders("shallow", "a shallow clone: phases applied before its beginning are not known", (), _DEEPEN)
    if state.partial:
        what = "a partial clone: documents that it lacks are not planned, and without all of the code nothing is"
        yield hinders("partial", what, (), "clone it whole")
    if state.signs:
        yield note("signing", "commits will be signed, as your git is set to", ("commit.gpgSign",))
    if state.outer:
        yield note("nested", "the repository lies inside of another one, which is not looked at", (state.outer,))


_DEEPEN = "`git fetch --unshallow` gets the rest"


def _space(repository: Repository) -> Iterator[Finding]:
    for name, folder in (("work tree", repository.root), ("git directory", repository.common_dir)):
        free = shutil.disk_usage(folder).free
        if free < _LITTLE:
            found = blocks if free < _FEW else hinders
            what = f"only {free // 1_000_000} MB are free for the {name}"
            yield found("disk-space", what, (str(folder),), "make room")
