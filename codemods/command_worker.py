"""The program that runs LibCST commands of the user's own, in a process of its own.

It is started by path and imports nothing of consolidate: a repository's `codemods` folder has the same name as this
package. It reads frames (four bytes of length, then JSON) from its standard input and answers each with one:

    {"forbidden", "allowed", "path", "memory", "commands"}    ->  {command: {"error"} or {"origin", "sha256"}}
    {"command", "file", "module", "package", "code", "seconds"}  ->  {"status", "code" or "reason", "warnings"}

Source text travels as latin-1, which is bytes one by one. Each file is transformed in a child of its own, forked when
the commands are loaded: a crash, an endless loop or too much memory costs that file alone, and no file sees what the
one before it left behind, so results don't depend on how files are shared out to workers.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import json
import os
import random
import resource
import select
import signal
import struct
import sys
import time
from typing import Any, BinaryIO, NoReturn

_LARGEST_FILE = 16 * 1024 * 1024  # bytes that a command may write to one file
_SEVERAL = 20  # warnings of one file that are kept


def main() -> int:
    """Answer requests until there are no more."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)
    setup = _read(requests)
    if setup is None:
        return 0
    _limit(setup["memory"])
    sys.path[:] = [*setup["path"], *(entry for entry in sys.path if not _lies_in(entry, setup))]
    sys.meta_path.insert(0, _Guard(setup))
    classes: dict[str, Any] = {}
    _write(answers, {name: _load(name, classes) for name in setup["commands"]})
    while (request := _read(requests)) is not None:
        _write(answers, _in_child(classes[request["command"]], request, (requests.fileno(), answers.fileno())))
    return 0


def _read(stream: BinaryIO) -> dict[str, Any] | None:
    head = stream.read(4)
    if len(head) < 4:
        return None
    table: dict[str, Any] = json.loads(stream.read(struct.unpack(">I", head)[0]))
    return table


def _write(stream: BinaryIO, table: dict[str, Any]) -> None:
    data = json.dumps(table).encode("ascii")
    stream.write(struct.pack(">I", len(data)) + data)
    stream.flush()


def _limit(memory: int) -> None:
    for kind, most in (("RLIMIT_AS", memory), ("RLIMIT_FSIZE", _LARGEST_FILE), ("RLIMIT_CORE", 0)):
        if hasattr(resource, kind):
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(getattr(resource, kind), (most, most))


# Loading


def _lies_in(entry: str, setup: dict[str, Any]) -> bool:
    """Tell if a place is inside of the repository, where nothing is loaded from but what is installed there."""
    place = os.path.realpath(entry or os.curdir)
    if any(_below(place, folder) for folder in (*setup["allowed"], *setup["path"])):
        return False
    return bool(setup["forbidden"]) and _below(place, setup["forbidden"])


def _below(place: str, folder: str) -> bool:
    return place == folder or place.startswith(folder.rstrip(os.sep) + os.sep)


class _InRepositoryError(ImportError):
    """Something would be imported from the repository, which is not to be run."""


class _Guard:
    """The first of the finders: asks the others, and refuses what they find in the repository.

    An editable install leads there past `sys.path`.
    """

    def __init__(self, setup: dict[str, Any]) -> None:
        self._setup = setup

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        """Return the spec that the other finders find."""
        for finder in sys.meta_path:
            spec = finder.find_spec(name, path, target) if finder is not self else None
            if spec is not None:
                places = [*(spec.submodule_search_locations or ()), *([spec.origin] if spec.has_location else ())]
                if any(_lies_in(place, self._setup) for place in places if place):
                    raise _InRepositoryError(f"the module {name} lies in the repository", name=name)
                return spec
        return None


def _load(name: str, classes: dict[str, Any]) -> dict[str, str]:
    """Import a command; return where it comes from, or why it cannot be used."""
    from libcst.codemod import CodemodCommand, CodemodContext

    module_name, _, class_name = name.partition(":")
    try:
        module = importlib.import_module(module_name)
    except BaseException as error:  # noqa: BLE001  (whatever the user's module does, SystemExit too)
        lacking = error.name if isinstance(error, ModuleNotFoundError) else None
        if isinstance(error, _InRepositoryError):
            return {"error": str(error)}
        if lacking and f"{module_name}.".startswith(f"{lacking}."):
            return {"error": f"there is no module {lacking} among what is installed"}
        return {"error": f"the module {module_name} cannot be imported: {_told(error)}"}
    found = getattr(module, class_name, None)
    if found is None:
        return {"error": f"{module_name} has no {class_name}"}
    if not isinstance(found, type) or not issubclass(found, CodemodCommand):
        return {"error": f"{name} is no CodemodCommand of LibCST"}
    try:
        found(CodemodContext())
    except BaseException as error:  # noqa: BLE001
        return {"error": f"{name} cannot be made without arguments: {_told(error)}"}
    classes[name] = found
    return _origin(module)


def _origin(module: Any) -> dict[str, str]:
    """Return the distribution that a module belongs to, with its version, and the digest of its source."""
    from importlib.metadata import PackageNotFoundError, packages_distributions, version

    package = module.__name__.partition(".")[0]
    origin = ""
    with contextlib.suppress(PackageNotFoundError, OSError, ValueError):
        origin = ", ".join(f"{name} {version(name)}" for name in sorted(set(packages_distributions().get(package, ()))))
    digest = ""
    with contextlib.suppress(OSError, TypeError), open(module.__file__, "rb") as file:  # noqa: PTH123 - few imports
        digest = hashlib.sha256(file.read()).hexdigest()
    return {"origin": origin, "sha256": digest}


def _told(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[0]}" if lines else type(error).__name__


# One file


def _in_child(command: Any, request: dict[str, Any], ours: tuple[int, ...]) -> dict[str, Any]:
    """Transform a file in a forked child and return its answer, or what became of the child."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        for descriptor in (reader, *ours):
            os.close(descriptor)
        _child(command, request, writer)
    os.close(writer)
    with contextlib.suppress(OSError):
        os.setpgid(child, child)
    answer, late = _collect(reader, time.monotonic() + request["seconds"])
    os.close(reader)
    for kill in (os.killpg, os.kill):  # its own children, too
        with contextlib.suppress(OSError):
            kill(child, signal.SIGKILL)
    ended = os.waitpid(child, 0)[1]
    if answer is not None:
        return answer
    if late:
        return {"status": "failed", "reason": f"it takes longer than {request['seconds']} s", "warnings": []}
    if os.WIFSIGNALED(ended):
        how = f"by {signal.Signals(os.WTERMSIG(ended)).name}"
    else:
        how = f"with exit code {os.WEXITSTATUS(ended)}"
    return {"status": "failed", "reason": f"it ends its process {how}", "warnings": []}


def _collect(reader: int, deadline: float) -> tuple[dict[str, Any] | None, bool]:
    """Return the answer that the child writes, and whether time ran out; a broken answer is none."""
    data = b""
    while True:
        wait = deadline - time.monotonic()
        if wait <= 0 or not select.select([reader], [], [], wait)[0]:
            return None, True
        part = os.read(reader, 1 << 20)
        data += part
        complete = len(data) >= 4 and len(data) - 4 >= struct.unpack(">I", data[:4])[0]
        if complete or not part:
            with contextlib.suppress(ValueError):
                found = json.loads(data[4:])
                return (found if isinstance(found, dict) else None), False
            return None, False


def _child(command: Any, request: dict[str, Any], writer: int) -> NoReturn:
    with contextlib.suppress(OSError):
        os.setpgid(0, 0)
    signal.alarm(int(request["seconds"]) + 2)  # should the parent be gone
    random.seed(0)
    try:
        answer = _transform(command, request)
    except MemoryError:
        answer = {"status": "failed", "reason": "it needs too much memory", "warnings": []}
    except BaseException as error:  # noqa: BLE001
        answer = {"status": "failed", "reason": f"it raises {_told(error)}", "warnings": []}
    with contextlib.suppress(BaseException), os.fdopen(writer, "wb") as stream:
        _write(stream, answer)
    os._exit(0)


def _transform(command: Any, request: dict[str, Any]) -> dict[str, Any]:
    import libcst
    from libcst.codemod import CodemodContext, SkipFile

    code = request["code"].encode("latin-1")
    try:
        tree = libcst.parse_module(code)
    except libcst.ParserSyntaxError as error:
        return {"status": "failed", "reason": f"LibCST cannot read it (line {error.raw_line})", "warnings": []}
    except (SyntaxError, ValueError, LookupError, RecursionError) as error:
        return {"status": "failed", "reason": f"LibCST cannot read it: {_told(error)}", "warnings": []}
    if tree.bytes != code:
        return {"status": "failed", "reason": "LibCST does not give back its text unchanged", "warnings": []}
    context = CodemodContext(
        filename=request["file"], full_module_name=request["module"], full_package_name=request["package"]
    )
    try:
        result = command(context).transform_module(tree).bytes
    except SkipFile as skip:
        return {"status": "skipped", "reason": str(skip), "warnings": context.warnings[:_SEVERAL]}
    return {"status": "done", "code": result.decode("latin-1"), "warnings": context.warnings[:_SEVERAL]}


if __name__ == "__main__":
    sys.exit(main())
