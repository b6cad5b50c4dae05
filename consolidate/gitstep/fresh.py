"""A new repository made of a folder, for demonstrations: every byte as it is, whatever the user's git is set to."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path

from consolidate.errors import UsageProblem
from consolidate.gitstep import settings
from consolidate.gitstep.objects import SYMLINK, Delta, index_info, write_blobs, write_commit, write_tree
from consolidate.gitstep.paths import placed
from consolidate.gitstep.port import Git, Places, ask
from consolidate.gitstep.runner import Writer
from planner.model import decode, encode

AUTHOR = ("consolidate demo", "demo@example.invalid")
BRANCH = "main"

_SETTINGS = (
    ("user.name", AUTHOR[0]),
    ("user.email", AUTHOR[1]),
    ("core.autocrlf", "false"),
    ("commit.gpgSign", "false"),
)


def create_repository(root: Path, message: str) -> str:
    """Make a git repository of the folder `root`, with one commit of all its files on `main`; return its id.

    Every file is committed byte for byte, whatever the user's git is set to; the author is a demo identity in the
    repository's own configuration. Raises UsageProblem where there is a repository already.
    """
    for name in settings.FORGOTTEN:
        os.environ.pop(name, None)
    root = Path(os.path.realpath(root))
    with contextlib.closing(Writer(root)) as git:
        _initialise(git, root)
    places = Places(root, root / ".git", root / ".git", root / ".git" / "index")
    with contextlib.closing(Writer.at(places)) as git:
        commit = _commit_everything(git, places, message)
    shutil.rmtree(places.home)
    return commit


def _initialise(git: Git, root: Path) -> None:
    """Make `root` a repository without a commit, its author set in its own configuration."""
    if os.path.lexists(root / ".git"):
        raise UsageProblem("there is a repository already", str(root), "name another folder")
    # Without a template: it could bring hooks along.
    ask(git, "init", "--quiet", "--template=", f"--initial-branch={BRANCH}")
    for key, value in _SETTINGS:
        ask(git, "config", "--local", key, value)


def _commit_everything(git: Git, places: Places, message: str) -> str:
    """Commit every file below the root that the folder's own .gitignore files let through; return the commit's id."""
    places.scratch.mkdir(parents=True)
    names = ask(git, "ls-files", "--others", "--exclude-per-directory=.gitignore", "-z").split(b"\0")[:-1]
    files = [(decode(name), *_read(placed(places.root, decode(name)))) for name in names if not name.endswith(b"/")]
    blobs = write_blobs(git, places, [data for _, _, data in files])
    added = [Delta(path, "", "", mode, blob) for (path, mode, _), blob in zip(files, blobs, strict=True)]
    tree = write_tree(git, places, "", sorted(added, key=lambda delta: encode(delta.path)))
    ask(git, "update-index", "--add", "-z", "--index-info", stdin=index_info(added))
    name, mail = AUTHOR
    commit = write_commit(
        git,
        tree,
        "",
        message,
        env={
            "GIT_AUTHOR_NAME": name,
            "GIT_AUTHOR_EMAIL": mail,
            "GIT_COMMITTER_NAME": name,
            "GIT_COMMITTER_EMAIL": mail,
        },
    )
    ask(git, "update-ref", "-m", "consolidate: first commit", f"refs/heads/{BRANCH}", commit)
    return commit


def _read(file: Path) -> tuple[str, bytes]:
    """Return a file's mode as git writes it, and the contents of its blob."""
    if file.is_symlink():
        return SYMLINK, os.fsencode(file.readlink())
    return "100755" if os.access(file, os.X_OK) else "100644", file.read_bytes()
