"""The errors that end a run: what happened, where, what to do about it, and the exit code (contract.md, "Commands").

Every error is one line: `what; where; what to do`. A part that is empty is left out. The classes are named for what the
user is told, not for being errors.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence


def printable(text: str) -> str:
    r"""Return `text` fit for one line of a terminal: what is not printable (control characters, the surrogate
    escapes of bytes that are not UTF-8) is written as `\x1b`, `\udcff`.
    """  # noqa: D205 (one sentence that does not fit one line)
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)


def listed(names: Sequence[str], most: int = 3) -> str:
    """Return the names as one printable text, the first `most` of them by name and the others by number."""
    shown = ", ".join(printable(name) for name in names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown


# What the machine refuses, whatever program asks for it: errno(3).
_OF_THE_MACHINE = frozenset(
    (
        errno.EACCES,
        errno.EAGAIN,
        errno.EDQUOT,
        errno.EFBIG,
        errno.EIO,
        errno.EMFILE,
        errno.ENFILE,
        errno.ENOLCK,
        errno.ENOMEM,
        errno.ENOSPC,
        errno.EPERM,
        errno.EROFS,
        errno.ESTALE,
        errno.ETIMEDOUT,
    )
)


def of_the_machine(error: OSError) -> bool:
    """Tell if an operation failed because of the machine (a full disk, no permission), not because of a bug."""
    return error.errno in _OF_THE_MACHINE


def file_of(error: OSError) -> str:
    """Return the name of the file that an operation failed on, "" where it is not known."""
    name = error.filename
    return os.fsdecode(name) if isinstance(name, str | bytes) else ""


class ConsolidateError(Exception):
    """Something that the user is told in one line.

    `what` happened, `where` (a path, `path:line` or `table.key`, may be empty), `hint` what to do (may be empty).
    """

    exit_code = 70

    def __init__(self, what: str, where: str = "", hint: str = "") -> None:
        super().__init__(what, where, hint)
        self.what = what
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        return "; ".join(printable(part) for part in (self.what, self.where, self.hint) if part)


class UsageProblem(ConsolidateError):  # noqa: N818
    """The command line, the configuration or a plan file is wrong. Nothing was touched."""

    exit_code = 2


class Refused(ConsolidateError):  # noqa: N818
    """A precondition does not hold. Nothing was touched.

    `code` is a stable identifier of the reason (`consolidate.gitstep.preconditions` lists those of the git step),
    `details` everything that the reason holds for (mostly paths), sorted.
    """

    exit_code = 3

    def __init__(
        self, what: str, where: str = "", hint: str = "", *, code: str = "refused", details: Sequence[str] = ()
    ) -> None:
        super().__init__(what, where, hint)
        self.code = code
        self.details = tuple(details)


class HalfWay(ConsolidateError):  # noqa: N818
    """A run stopped after its commit point: `apply --continue` finishes it, `apply --abort` undoes it."""

    exit_code = 4

    def __init__(self, what: str, where: str = "", hint: str = "", *, details: Sequence[str] = ()) -> None:
        super().__init__(what, where, hint)
        self.details = tuple(details)


class Interrupted(HalfWay):
    """An earlier run was cut off and has to be finished or undone before anything else is done."""


class HookRejected(ConsolidateError):  # noqa: N818
    """A hook of the user's (`--run-hooks`) said no. Nothing was changed; there is nothing to continue or to abort."""

    exit_code = 4


class LockHeld(ConsolidateError):  # noqa: N818
    """Another run is at work in this repository."""

    exit_code = 5
