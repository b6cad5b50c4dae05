"""Operations that fail: of the files, by `inject`, and of git, by `fakegit`; and what must follow."""

from __future__ import annotations

import errno
import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.faults import fakegit, launch, outcome
from tests.faults.inject import Faults
from tests.faults.scene import Case, Repository

ERRNOS = ("ENOSPC", "EIO", "EACCES", "EROFS", "ENOMEM")
STICKY = tuple(f"{name} from there on" for name in ("ENOSPC", "EROFS"))


@dataclass(frozen=True, slots=True)
class Failure:
    """One fault in one case: the operation that fails (from 1), and how: an errno's name, or a way of `fakegit`."""

    case: Case
    number: int
    way: str
    git: bool

    def __str__(self) -> str:
        return f"{self.case.name}: {'git call' if self.git else 'file operation'} {self.number}, {self.way}"


def of_files(case: Case, folder: Path) -> Iterator[Failure]:
    """Yield every failure of every file operation of a case; `folder` does not exist yet."""
    twin = case.make(folder)
    faults = Faults(0)
    with tempfile.TemporaryFile() as seen:

        def report() -> None:
            faults.stop()
            seen.write(json.dumps(faults.seen).encode())
            seen.flush()

        done = launch.fork(case.words, twin.root, case.start.env, faults.install, report).wait()
        assert done.code == 0, done
        seen.seek(0)
        count = len(json.loads(seen.read()))
    for number in range(1, count + 1):
        for way in (*ERRNOS, *STICKY):
            yield Failure(case, number, way, git=False)


def of_git(case: Case, folder: Path) -> Iterator[Failure]:
    """Yield every failure of every call of git of a case; `folder` does not exist yet."""
    twin = case.make(folder)
    tools = folder.with_name(f"{folder.name}-tools")
    tools.mkdir()
    done = launch.fork(case.words, twin.root, fakegit.install(tools, case.start.env, 0, "")).wait()
    assert done.code == 0, done
    for number in range(1, fakegit.calls(tools) + 1):
        for way in fakegit.WAYS:
            yield Failure(case, number, way, git=True)


def do(failure: Failure, folder: Path, *, new_process: bool = False) -> tuple[int, list[str]]:
    """Let it fail, in an empty folder; return the run's exit code, and what is wrong afterwards."""
    case = failure.case
    repository = case.make(folder / "repository")
    if failure.git:
        (folder / "tools").mkdir()
        env = fakegit.install(folder / "tools", case.start.env, failure.number, failure.way)
        starter = launch.start if new_process else launch.fork
        ended = starter(case.words, repository.root, env).wait()
    else:
        name, _, sticky = failure.way.partition(" ")
        faults = Faults(failure.number, getattr(errno, name), bool(sticky))
        ended = launch.fork(case.words, repository.root, case.start.env, faults.install, faults.stop).wait()
    wrong = [*_said(ended), *_state(case, ended.code, repository)]
    wrong += outcome.problems(case, repository, folder, failure.number)
    return ended.code, [f"{failure}: {problem}" for problem in wrong]


def _said(ended: launch.Ended) -> Iterator[str]:
    if ended.code not in (0, 2, 3, 4):
        yield f"exit code {ended.code}: {ended.err[-600:]}"
    elif ended.code and (len(ended.errors) != 1 or not ended.errors[0].startswith("error: ")):
        yield f"not one line: {ended}"


def _state(case: Case, code: int, repository: Repository) -> Iterator[str]:
    """Yield what is wrong with the state, given the exit code."""
    now = repository.state()
    if code == 0:
        goal = case.before if case.words[-1] == "--abort" else case.after
        if now != goal or repository.pending:
            yield f"exit 0, but not done: {outcome.differences(now, goal)}"
    elif code in (2, 3):
        if now != case.began or repository.pending != case.start.pending:
            yield f"exit {code}, but not as before: {outcome.differences(now, case.began)}"
    elif code == 4 and not repository.pending:
        yield "exit 4, but nothing to resume"
