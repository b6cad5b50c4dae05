"""The user's hooks, where asked for (`--run-hooks`): those of `git commit` (githooks(5)), in the scratch tree.

pre-commit, prepare-commit-msg and commit-msg run before the branch moves, with the prepared commit's files as index and
work tree and HEAD at the commit before it; post-commit runs in the user's work tree, once the branch has moved.
"""

from __future__ import annotations

import contextlib
import errno
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from consolidate.errors import HookRejected, Refused, listed
from consolidate.gitstep.objects import deltas
from consolidate.gitstep.port import ask, line
from consolidate.gitstep.runner import Writer
from consolidate.gitstep.trailers import parse_trailers
from consolidate.repository import Prepared, Repository
from consolidate.verifying.environment import without_git
from consolidate.verifying.process import Finished, run
from consolidate.verifying.running import TIMEOUT
from consolidate.verifying.scratch import Scratch
from planner.model import blob_id

_BEFORE = ("pre-commit", "prepare-commit-msg", "commit-msg")
_AFTER = "post-commit"
Show = Callable[[bytes], None]


class Hooks:
    """The hooks of a repository; `show` is given what they print."""

    def __init__(self, repository: Repository, show: Show, *, timeout: float = TIMEOUT) -> None:
        self._root = repository.root
        self._folder = _folder(repository)
        self._show = show
        self._timeout = timeout

    def find(self, name: str) -> Path | None:
        """Return the hook of that name, None where there is none that can be executed."""
        file = self._folder / name
        return file if file.is_file() and os.access(file, os.X_OK) else None

    def gate(self, scratch: Scratch) -> Callable[[Prepared], str]:
        """Return the gate that runs the hooks on a prepared commit, and returns its message as they leave it."""

        def look(prepared: Prepared) -> str:
            if not any(self.find(name) for name in _BEFORE):
                return prepared.message
            scratch.lay(prepared.commit, parent=prepared.before)
            git = scratch.git()
            try:
                git.run("update-index", "-q", "--refresh")  # as git commit does; what differs is looked at below
                return self._run_all(git, scratch, prepared)
            finally:
                git.close()

        return look

    def after(self) -> None:
        """Run the hook post-commit; as with git, its exit status changes nothing, and what it starts may go on."""
        if hook := self.find(_AFTER):
            sys.stderr.flush()
            with contextlib.suppress(OSError):
                subprocess.run(  # noqa: S603  (what the user asked for)
                    [hook],
                    cwd=self._root,
                    env=without_git(os.environ),
                    stdin=subprocess.DEVNULL,
                    stdout=2,  # our stderr
                    check=False,
                )

    def _run_all(self, git: Writer, scratch: Scratch, prepared: Prepared) -> str:
        message = scratch.tree / ".git" / "COMMIT_EDITMSG"
        message.write_text(prepared.message, encoding="utf-8", errors="backslashreplace", newline="")
        given = ".git/COMMIT_EDITMSG"
        arguments = {_BEFORE[1]: (given, "message"), _BEFORE[2]: (given,)}
        environment = {"GIT_INDEX_FILE": str(scratch.tree / ".git" / "index"), "GIT_EDITOR": ":"}
        for name in _BEFORE:
            if hook := self.find(name):
                done = self._run(hook, arguments.get(name, ()), scratch.tree, environment, str(scratch.folder))
                self._show(done.output)
                if done.status:
                    raise _rejected(hook, f"exit status {done.status}")
                if done.status is None:
                    raise _rejected(hook, f"it took longer than {self._timeout:.0f} seconds")
        _same_files(git, scratch, prepared)
        return _same_trailers(message, prepared)

    def _run(
        self, hook: Path, arguments: tuple[str, ...], folder: Path, more: Mapping[str, str], mark: str
    ) -> Finished:
        environment = {**without_git(os.environ), **more, "PWD": str(folder)}
        command = [str(hook), *arguments]
        try:
            try:
                return run(command, folder, environment, timeout=self._timeout, mark=mark)
            except OSError as error:
                if error.errno != errno.ENOEXEC:  # no `#!` line: git gives it to the shell
                    raise
                return run(["/bin/sh", *command], folder, environment, timeout=self._timeout, mark=mark)
        except OSError as error:
            raise _rejected(hook, f"it cannot be started: {error.strerror}") from None


def _folder(repository: Repository) -> Path:
    """Return where git looks for hooks; a relative core.hooksPath counts from the root of the work tree."""
    git = Writer(repository.root, {"GIT_DIR": str(repository.git_dir)})
    try:
        listing = git.run("config", "-z", "--type=path", "--get-all", "core.hooksPath").stdout
    finally:
        git.close()
    named = listing.decode("utf-8", "surrogateescape").split("\0")[:-2]  # the last is ours, by which none runs
    return repository.root / named[-1] if named else repository.common_dir / "hooks"


def _rejected(hook: Path, why: str) -> HookRejected:
    return HookRejected(
        f"the hook {hook.name} rejected the commit: {why}", str(hook), "nothing was changed; see what it printed above"
    )


def _same_files(git: Writer, scratch: Scratch, prepared: Prepared) -> None:
    """Raise Refused where a hook changed what is committed: the proof holds for the planned bytes alone."""
    tree = line(ask(git, "write-tree", "--missing-ok"))
    changed = [delta.path for delta in deltas(git, prepared.commit, tree)]
    for file in prepared.files:
        path = scratch.tree / file.path
        now = blob_id(path.read_bytes(), file.new_blob) if path.is_file() and not path.is_symlink() else ""
        if now != file.new_blob:
            changed.append(file.path)
    if changed:
        paths = sorted(set(changed))
        raise Refused(
            f"a hook rewrote {listed(paths)}, and only the planned bytes are proved",
            hint="nothing was changed; commit without --run-hooks, then let the hook's tool make a commit of its own",
            code="hook-rewrites",
            details=paths,
        )


def _same_trailers(file: Path, prepared: Prepared) -> str:
    """Return the message as the hooks left it. Raises Refused where it lost a trailer or its first line."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise Refused(f"a hook left a commit message that cannot be read: {error}", code="hook-message") from None
    message = "\n".join(part.rstrip() for part in text.split("\n")).strip("\n") + "\n"
    lost = [key for key, value in parse_trailers(prepared.message) if (key, value) not in parse_trailers(message)]
    if lost:
        raise Refused(
            f"a hook changed the commit message such that {lost[0]} is lost",
            hint="nothing was changed; `consolidate status` tells what is applied by these trailers",
            code="hook-message",
            details=lost,
        )
    return message
