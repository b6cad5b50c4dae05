"""The state of a repository as facts, for who wants to know before something is refused. Nothing is written."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from msgspec import Struct

from consolidate.errors import ConsolidateError, Refused, UsageProblem
from consolidate.gitstep import lock, preconditions
from consolidate.gitstep.objects import Delta, entries, partial
from consolidate.gitstep.port import Git, Places, ask
from consolidate.gitstep.preconditions import Head
from consolidate.gitstep.signing import signing

Refusals = dict[str, tuple[str, str, tuple[str, ...]]]
"""What would be refused: code to (what, hint, the paths or other details that it holds for)."""

_SETTINGS = (
    ("core.autocrlf", ("", "false")),
    ("core.ignorecase", ("", "false")),
    ("core.protectNTFS", ("", "true")),
    ("core.sparseCheckout", ("", "false")),
    ("core.fsmonitor", ("", "false")),
)
"""Settings that matter, and the values of each that need no word."""
_COMMIT_HOOKS = ("pre-commit", "prepare-commit-msg", "commit-msg", "post-commit", "reference-transaction", "pre-push")


class State(Struct, frozen=True):
    """What a repository is like.

    `version` is git's, `branch` "" while HEAD is detached; `settings` are those that matter, with their values, `hooks`
    the names of those that a commit by git would run; `worktrees` counts them; `holder` is who wrote the lock file, and
    whether it is held now; `outer` is the work tree that this one lies in, "" where it lies in none.
    """

    version: tuple[int, ...]
    branch: str
    settings: tuple[tuple[str, str], ...]
    hooks: tuple[str, ...]
    worktrees: int
    shallow: bool
    partial: bool
    signs: bool
    holder: tuple[str, bool]
    outer: str


def no_work_tree(git: Git, start: str) -> UsageProblem | Refused:
    """Return why the folder `start`, for which git finds a repository, is in no work tree."""
    bare, within = (
        ask(git, "rev-parse", option).strip() == b"true" for option in ("--is-bare-repository", "--is-inside-git-dir")
    )
    if within:
        what = "a bare repository has no work tree" if bare else "this is a git directory, not a work tree"
        return UsageProblem(what, start, "run it inside of a git work tree")
    # There is a `.git` above `start`, but its configuration sends git elsewhere.
    setting = "core.bare" if bare else "core.worktree"
    what = "has no work tree" if bare else "has its work tree elsewhere"
    return Refused(
        f"{setting} says that this repository {what}",
        start,
        f"`git config --unset {setting}`, if that is wrong",
        code="work-tree-setting",
    )


def state(git: Git, places: Places) -> State:
    """Return what the repository around `places` is like."""
    words = ask(git, "version").decode("ascii", "replace").split()
    numbers = tuple(int(part) for part in words[2].split(".") if part.isdigit()) if len(words) > 2 else ()
    try:
        signs = signing(git) is not None
    except Refused:
        signs = True
    return State(
        version=numbers,
        branch=preconditions.current_branch(git).removeprefix("refs/heads/"),
        settings=tuple((key, value) for key, fine in _SETTINGS if (value := _setting(git, key)).lower() not in fine),
        hooks=_hooks(git, places),
        worktrees=ask(git, "worktree", "list", "--porcelain").count(b"\nHEAD "),
        shallow=(places.common_dir / "shallow").exists(),
        partial=partial(git),
        signs=signs,
        holder=lock.holder(places.lock),
        outer=_outer(places),
    )


def refusals(git: Git, places: Places, paths: Sequence[str], new: Sequence[str]) -> Refusals:
    """Return all that would keep a commit from being made that changes `paths` and creates `new`."""
    found: Refusals = {}
    head = _attempt(found, lambda: preconditions.head_commit(git))
    if not head:
        return found
    _attempt(found, lambda: preconditions.check_state(git, places, head))
    _attempt(found, lambda: preconditions.check_identity(git))
    _attempt(found, lambda: signing(git))
    committed = {entry.path: entry for entry in entries(git, head)}
    changed = [
        Delta(path, entry.mode, entry.blob, entry.mode, entry.blob)
        for path in sorted(set(paths))
        if (entry := committed.get(path)) is not None
    ]
    created = [Delta(path, "", "", "100644", "0" * len(head)) for path in sorted(set(new)) if path not in committed]
    for refused in preconditions.file_refusals(git, places, Head("", head), [*changed, *created]):
        found.setdefault(refused.code, (refused.what, refused.hint, refused.details))
    return found


def _attempt(found: Refusals, check: Callable[[], object]) -> str:
    try:
        return str(check() or "")
    except ConsolidateError as error:
        code = getattr(error, "code", "repository")
        details = tuple(getattr(error, "details", ())) or ((error.where,) if error.where else ())
        found.setdefault(code, (error.what, error.hint, details))
        return ""


def _setting(git: Git, key: str) -> str:
    """Return a setting as the user's own git has it: our own overrides come last."""
    output = git.run("config", "-z", "--show-scope", "--get-all", key)
    fields = output.stdout.decode("utf-8", "surrogateescape").split("\0")[:-1]
    values = [value for scope, value in zip(fields[::2], fields[1::2], strict=False) if scope != "command"]
    return values[-1] if values else ""


def _hooks(git: Git, places: Places) -> tuple[str, ...]:
    named = _setting(git, "core.hooksPath")
    folder = os.path.join(places.root, os.path.expanduser(named)) if named else places.common_dir / "hooks"  # noqa: PTH111, PTH118
    return tuple(name for name in _COMMIT_HOOKS if os.access(os.path.join(folder, name), os.X_OK))  # noqa: PTH118


def _outer(places: Places) -> str:
    """Return the work tree that this one lies in, "" where there is none."""
    for folder in places.root.parents:
        if (folder / ".git").exists():
            return str(folder)
    return ""
