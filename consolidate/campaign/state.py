"""What became of the repositories of a campaign: a folder that holds a JSON file, and for each its plan and its logs.

The file is replaced as a whole after each repository, so a campaign that is killed loses what is under way and no more.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from msgspec import Struct, field, to_builtins

from consolidate.errors import UsageProblem
from consolidate.gitstep.lock import hold

FORMAT = "1.0"
DONE, FAILED = "done", "failed"


class Step(Struct):
    """What became of a step (`plan`, `apply 2`, `apply all`): `done` or `failed` and why; and its exit code, if any.

    `config` tells the configuration that it was done with, `seconds` how long it took.
    """

    result: str
    reason: str = ""
    exit: int | None = None
    config: str = ""
    seconds: float = 0.0


class Counts(Struct):
    """What a plan holds, and how many of its phases the branch has."""

    digest: str = ""
    phases: int = 0
    applied: int = 0
    files: int = 0
    rewritten: int = 0
    manual: int = 0
    left: int = 0


class Record(Struct):
    """A repository: where HEAD was after the last step, the steps by their names, the name of the last."""

    head: str = ""
    last: str = ""
    steps: dict[str, Step] = field(default_factory=dict)
    counts: Counts | None = None


class State:
    """The state of a campaign in `folder`, which may not exist yet."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "state.json"
        self.records: dict[str, Record] = {}

    @classmethod
    def load(cls, folder: Path) -> State:
        """Read it. Raises UsageProblem where it is damaged or of another format."""
        state = cls(folder)
        try:
            data = json.loads(state.file.read_bytes())
            version = str(data["format_version"])
            if version.partition(".")[0] != FORMAT.partition(".")[0]:
                what = f"the campaign's state has the format {version}, and this program reads {FORMAT}"
                raise UsageProblem(what, str(state.file), "use the version that wrote it, or another --state")
            state.records = {key: _record(value) for key, value in data["repositories"].items()}
        except FileNotFoundError:
            pass
        except OSError as error:
            what = f"the campaign's state cannot be read: {error.strerror}"
            raise UsageProblem(what, str(state.file), "name another folder with --state") from None
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            what = "the campaign's state is damaged"
            raise UsageProblem(what, str(state.file), "remove it, and start anew") from None
        return state

    @contextmanager
    def locked(self, command: str) -> Iterator[int]:
        """Keep other campaigns out; hands out the descriptor of the lock, for children to inherit. Raises LockHeld."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            what = f"the campaign's state cannot be kept: {error.strerror}"
            raise UsageProblem(what, str(self.folder), "name another folder with --state") from None
        with hold(self.folder / "lock", command) as descriptor:
            yield descriptor

    def record(self, key: str) -> Record:
        """Return what is known of a repository; it can be changed, and is kept by `save`."""
        return self.records.setdefault(key, Record())

    def save(self) -> None:
        """Write the file, whole or not at all. Raises OSError."""
        repositories = {key: to_builtins(record) for key, record in self.records.items()}
        data = json.dumps({"format_version": FORMAT, "repositories": repositories}, indent=1, sort_keys=True)
        replace_file(self.file, f"{data}\n".encode("ascii"))


def replace_file(file: Path, data: bytes) -> None:
    """Write a file so that whoever reads it finds the old or the new contents, after a crash of the machine too."""
    temporary = file.with_name(f"{file.name}.{os.getpid()}.tmp")
    with temporary.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    temporary.replace(file)


def _known(kind: Any, value: dict[str, Any]) -> dict[str, Any]:
    """Return the keys that a class has: a later minor format may have more."""
    return {key: item for key, item in value.items() if key in kind.__struct_fields__}


def _record(value: dict[str, Any]) -> Record:
    record = Record(**_known(Record, value))
    record.steps = {name: Step(**_known(Step, step)) for name, step in value["steps"].items()}
    record.counts = Counts(**_known(Counts, value["counts"])) if value["counts"] is not None else None
    return record
