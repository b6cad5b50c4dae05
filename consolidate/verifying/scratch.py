"""A scratch repository: a commit's files in a folder for temporary files, with a `.git` that is nobody else's.

It shares the objects of the user's repository (gitrepository-layout(5), "objects/info/alternates") and is not known to
it: a kill leaves nothing there. Contents are written from the blobs by ourselves, so no filter, no end-of-line
conversion and no hook has a part in it; LFS files are their pointers, submodules are empty folders.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from consolidate.errors import Refused
from consolidate.gitstep import settings
from consolidate.gitstep.objects import (
    SUBMODULE,
    SYMLINK,
    entries,
    quoted,
    read_blobs,
    write_blobs,
    write_commit,
    write_tree,
)
from consolidate.gitstep.paths import bad_path
from consolidate.gitstep.port import Places, ask, line
from consolidate.gitstep.runner import Writer
from consolidate.gitstep.transaction import deltas_of
from consolidate.repository import Entry, Repository
from consolidate.verifying.process import end
from planner.model import ChangeSet, encode

_PREFIX = "consolidate-verify-"
_YOUNG = 60.0  # seconds in which a folder may be one whose maker has not locked it yet
_NOBODY = {
    f"GIT_{role}_{part}": value
    for role in ("AUTHOR", "COMMITTER")
    for part, value in (("NAME", "consolidate verify"), ("EMAIL", "verify@example.invalid"))
}


class Scratch:
    """A folder with the tree of one commit at a time. `tree` is its work tree, always at the same path."""

    def __init__(self, folder: Path, repository: Repository) -> None:
        self.folder = folder
        self.tree = folder / "work" / (repository.root.name or "tree")
        self.reports = folder / "reports"
        self._repository = repository
        self._branch = repository.head_branch() or "main"
        self._user = Writer(
            repository.root, {"GIT_DIR": str(repository.git_dir), "GIT_WORK_TREE": str(repository.root)}
        )
        self._store = _places(folder / "store")
        self._git = self._initialise(repository.resolve("HEAD"))

    def close(self) -> None:
        """Let go of everything."""
        self._git.close()
        self._user.close()
        end(str(self.folder))

    def commit(self, changes: ChangeSet) -> str:
        """Return a new commit with these changes on top of `changes.base`; it exists in the scratch folder alone."""
        git, places = self._git, self._store
        places.scratch.mkdir(parents=True, exist_ok=True)
        write_blobs(git, places, [file.new for file in changes.files if file.new is not None])
        tree = write_tree(git, places, changes.base, deltas_of(changes, changes.base))
        return write_commit(git, tree, changes.base, changes.message, env=_NOBODY)

    def lay(self, commit: str, *, parent: str = "") -> None:
        """Make the folder anew with the tree of a commit (a full id), and HEAD there; nothing else is left in it.

        With `parent`, HEAD is that commit, and index and work tree are `commit`'s: as before a commit is made.
        """
        _remove(self.tree)
        _remove(self.reports)
        self.reports.mkdir()
        self._settle(parent or commit)
        git = self.git()
        try:
            ask(git, "read-tree", commit, config=settings.SCRATCH_INDEX)
            self._write(git, self._listed(git, commit))
        finally:
            git.close()

    def git(self) -> Writer:
        """Return git for the work tree as it lies now; to be closed."""
        return Writer(self.tree, {"GIT_DIR": str(self.tree / ".git"), "GIT_WORK_TREE": str(self.tree)})

    def tree_id(self, commit: str) -> str:
        """Return the id of the tree of a commit of the repository or of this scratch folder."""
        return ask(self._git, "rev-parse", f"{commit}^{{tree}}").decode("ascii").strip()

    def _initialise(self, like: str) -> Writer:
        """Make the store: objects of our own beside the user's, and the settings that every tree gets."""
        root = self._store.root
        root.mkdir()
        git = Writer(root, {"GIT_DEFAULT_REF_FORMAT": "files"})
        kind = ("--object-format=sha256",) if len(like) == 64 else ()
        ask(git, "init", "--quiet", "--template=", *kind)
        self._share(self._store.git_dir, self._repository.common_dir / "objects")
        for key in ("user.name", "user.email"):
            answer = self._user.run("config", "--get", key)
            if not answer.status:
                ask(git, "config", key, line(answer.stdout))
        for key, value in (("gc.auto", "0"), ("core.autocrlf", "false"), ("commit.gpgSign", "false")):
            ask(git, "config", key, value)
        refs = ask(self._user, "for-each-ref", "--format=%(objectname) %(refname)").splitlines(keepends=True)
        kept = [ref for ref in refs if b" refs/replace/" not in ref]
        (self._store.git_dir / "packed-refs").write_bytes(b"# pack-refs with: sorted \n" + b"".join(kept))
        return git

    def _share(self, git_dir: Path, *stores: Path) -> None:
        info = git_dir / "objects" / "info"
        info.mkdir(parents=True, exist_ok=True)
        (info / "alternates").write_bytes(b"".join(map(quoted, stores)))
        if (self._repository.common_dir / "shallow").is_file():
            shutil.copyfile(self._repository.common_dir / "shallow", git_dir / "shallow")

    def _settle(self, head: str) -> None:
        """Make `.git` of the tree (gitrepository-layout(5)): the user's refs, identity and branch, at a commit."""
        git_dir = self.tree / ".git"
        branch = git_dir / "refs" / "heads" / self._branch
        branch.parent.mkdir(parents=True)
        branch.write_text(f"{head}\n")
        (git_dir / "HEAD").write_text(f"ref: refs/heads/{self._branch}\n", encoding="utf-8", errors="surrogateescape")
        for name in ("config", "packed-refs"):
            shutil.copyfile(self._store.git_dir / name, git_dir / name)
        self._share(git_dir, self._repository.common_dir / "objects", self._store.git_dir / "objects")

    def _listed(self, git: Writer, commit: str) -> list[tuple[Entry, bytes]]:
        """Return the files that belong into the folder, with the bytes of their paths. Raises Refused for bad paths."""
        found = []
        for entry in entries(git, commit):
            if reason := bad_path(entry.path):
                raise Refused(f"a path of the commit {reason}", entry.path, "such a commit can't be laid out")
            found.append((entry, encode(entry.path)))
        return found

    def _write(self, git: Writer, files: list[tuple[Entry, bytes]]) -> None:
        root = os.fsencode(self.tree)
        made = {b""}
        for entry, path in files:
            folder = path if entry.mode == SUBMODULE else path.rpartition(b"/")[0]
            if folder not in made:
                os.makedirs(os.path.join(root, folder), exist_ok=True)  # noqa: PTH103, PTH118  (bytes paths)
                made.add(folder)
        # Symbolic links come last: no file can be written through one.
        order = [item for item in files if item[0].mode not in (SUBMODULE, SYMLINK)]
        order += [item for item in files if item[0].mode == SYMLINK]
        try:
            blobs = read_blobs(git, [entry.blob for entry, _ in order])
            for (entry, path), (_, data) in zip(order, blobs, strict=True):
                if data is None:
                    raise Refused("the repository lacks a file's contents", entry.path, "fetch it first")
                _write_file(os.path.join(root, path), entry.mode, data)  # noqa: PTH118
        except OSError as error:
            raise Refused(
                f"the scratch tree cannot be written: {error.strerror}", str(self.tree), "set TMPDIR"
            ) from None


@contextlib.contextmanager
def scratch(repository: Repository) -> Iterator[Scratch]:
    """Hand out a scratch folder, and remove it afterwards; first those that killed runs left behind."""
    place = Path(os.path.realpath(tempfile.gettempdir()))
    _sweep(place)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=place))
    lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        with contextlib.closing(Scratch(folder, repository)) as made:
            yield made
    finally:
        _remove(folder)
        os.close(lock)


def _sweep(place: Path) -> None:
    """Remove scratch folders, and end processes, of runs that are dead: nobody holds their lock any more."""
    for folder in place.glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            status = folder.lstat()
            if status.st_uid != os.getuid() or time.time() - status.st_mtime < _YOUNG:
                continue
            descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                end(str(folder))
                _remove(folder)
            finally:
                os.close(descriptor)


def _places(root: Path) -> Places:
    return Places(root, root / ".git", root / ".git", root / ".git" / "index")


def _write_file(path: bytes, mode: str, data: bytes) -> None:
    if mode == SYMLINK:
        os.symlink(data, path)  # noqa: PTH211
        return
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    with os.fdopen(os.open(path, flags, 0o777 if mode == "100755" else 0o666), "wb") as file:
        file.write(data)


def _remove(folder: Path) -> None:
    """Remove a folder with all that is in it, read-only folders included; what resists stays."""
    shutil.rmtree(folder, ignore_errors=True)
    if folder.is_dir():
        for path, _, _ in os.walk(folder):
            with contextlib.suppress(OSError):
                os.chmod(path, 0o700)  # noqa: PTH101
        shutil.rmtree(folder, ignore_errors=True)
