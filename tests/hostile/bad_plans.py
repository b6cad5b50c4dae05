"""Plan files that are no plans, or not this repository's: what is done to the saved one, and what is said."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable
from typing import Any

from tests.hostile.rows import Row
from tests.hostile.world import World, sealed

Change = Callable[[dict[str, Any]], object]


def _path(path: str, says: str) -> Row:
    """A path in place of the first file's of the second phase, everything else fitting."""

    def change(plan: dict[str, Any]) -> None:
        plan["phases"][1]["files"][0]["path"] = path

    return _table(f"path {path[:40]!a}", change, says)


def _created(path: str, says: str) -> Row:
    """A file that the plan would create."""

    def change(plan: dict[str, Any]) -> None:
        edit = {"start": 0, "end": 0, "old": "", "new": "x = 1\n", "codemod": "rewrite-imports", "line": 1}
        file = {**plan["phases"][1]["files"][0], "path": path, "blob": "", "result": "1" * 40, "created": True}
        plan["phases"][1]["files"].append({**file, "edits": [edit], "renames": [], "calls": []})

    return _table(f"creates {path[:40]!a}", change, says)


def _table(name: str, change: Change, says: str, code: int = 2) -> Row:
    def make(world: World) -> None:
        plan = world.plan
        change(plan)
        world.save(plan)

    return Row(f"plan: {name}", make, says, code, ("apply", "--all", "../plan.json"))


def _bytes(name: str, change: Callable[[bytes], bytes], says: str) -> Row:
    def make(world: World) -> None:
        world.plan_file.write_bytes(change(world.plan_file.read_bytes()))

    return Row(f"plan: {name}", make, says, 2, ("apply", "--all", "../plan.json"))


def _other(name: str, make: Callable[[World], object], says: str) -> Row:
    return Row(f"plan: {name}", make, says, 2, ("apply", "--all", "../plan.json"))


def _set(*keys: str | int, to: object) -> Change:
    def change(plan: Any) -> None:
        for key in keys[:-1]:
            plan = plan[key]
        plan[keys[-1]] = to

    return change


def _drop(*keys: str | int) -> Change:
    def change(plan: Any) -> None:
        for key in keys[:-1]:
            plan = plan[key]
        del plan[keys[-1]]

    return change


_FILE = ("phases", 1, "files", 0)
_EDIT = (*_FILE, "edits", 0)


def _sparse(world: World) -> None:
    with world.plan_file.open("wb") as file:
        os.truncate(file.fileno(), 3 * 1024**3)


PATHS = [
    _path("", "no path"),
    _path("/etc/passwd", "no path"),
    _path("//etc/passwd", "no path"),
    _path("../outside.txt", "part '..'"),
    _path("app/../../outside.txt", "part '..'"),
    _path("app/..", "part '..'"),
    _path("./app/second.py", "part '.'"),
    _path("app//second.py", "part ''"),
    _path("app/second.py/", "part ''"),
    _path("app/second.py\0.txt", "no path"),
    _path(".git/config", "reaches into .git"),
    _path(".GIT/config", "reaches into .git"),
    _path(".Git/hooks/pre-commit", "reaches into .git"),
    _path("app/.git/config", "reaches into .git"),
    _path("git~1/config", "reaches into .git"),
    _path("GIT~1/config", "reaches into .git"),
    _path(".git /config", "reaches into .git"),
    _path(".git./config", "reaches into .git"),
    _path(".git. . ./config", "reaches into .git"),
    _path(".git::$INDEX_ALLOCATION/config", "reaches into .git"),
    _path(".git:x/config", "reaches into .git"),
    _path(".g\u200cit/config", "reaches into .git"),
    _path(".git\u200d/config", "reaches into .git"),
    _path("\ufeff.git/config", "reaches into .git"),
    _path(".gi\u202et/config", "reaches into .git"),
    _path("app\\.git\\config", "reaches into .git"),
    _path(".git\\config", "reaches into .git"),
    _path(".git", "reaches into .git"),
    _path("\udcc3\udca9.py", "usual spelling"),
    _path("\ud800.py", "surrogate"),
    _path("C:/windows/x.py", "planning its commit"),
    _path("C:\\windows\\x.py", "planning its commit"),
    _path("..\\..\\outside.txt", "planning its commit"),
    _path("notes.txt", "planning its commit"),
    _path("absent.py", "planning its commit"),
    _path("-rf", "planning its commit"),
    _path("app/*.py", "planning its commit"),
    _path("app/\x1b[31m.py", "planning its commit"),
    _path("x" * 100_000, "planning its commit"),
    _created("aux.py", "device"),
    _created("app/NUL", "device"),
    _created("app/con.txt", "device"),
    _created("lpt1/x.py", "device"),
    _created("app/COM\u00b9.py", "device"),
    _created("app/conin$", "device"),
    _created("app/nul .py", "device"),
    _created("app/new.py", "planning its commit"),
    _created("../new.py", "part '..'"),
]
SHAPES = [
    _table("a key is missing", _drop("phases"), "'phases' is missing"),
    _table("a file's key is missing", _drop(*_FILE, "blob"), "'blob' is missing"),
    _table("an edit's key is missing", _drop(*_EDIT, "new"), "'new' is missing"),
    _table("phases are an object", _set("phases", to={}), "expected a list"),
    _table("phases are text", _set("phases", to="all"), "expected a list"),
    _table("no phases", _set("phases", to=[]), "there is no phase"),
    _table("a phase is null", _set("phases", 0, to=None), "expected an object"),
    _table("a file is a list", _set(*_FILE, to=[]), "expected an object"),
    _table("an offset is text", _set(*_EDIT, "start", to="0"), "expected a whole number"),
    _table("an offset is negative", _set(*_EDIT, "start", to=-1), "expected a whole number"),
    _table("an offset is a fraction", _set(*_EDIT, "start", to=0.5), "expected a whole number"),
    _table("an offset is true", _set(*_EDIT, "start", to=True), "expected a whole number"),
    _table("an offset is huge", _set(*_EDIT, "end", to=2**63), "expected a whole number"),
    _table("an offset is beyond the file", _set(*_EDIT, "end", to=10**9), "span"),
    _table("a span is longer than its text", _set(*_EDIT, "end", to=200), "span"),
    _table("a number is infinite", _set("scanned", to=1e999), "no JSON number"),
    _table("a count is a list", _set("scanned", to=[1]), "expected a whole number"),
    _table("a flag is text", _set(*_FILE, "deleted", to="false"), "expected true or false"),
    _table("a symbol is none", _set("target", to="no symbol"), "no symbol"),
    _table("a symbol is code", _set("target", to="os:system('x')"), "no symbol"),
    _table("an action is unknown", _set("references", 0, "action", to="destroy"), "none of"),
    _table("a risk is unknown", _set("phases", 0, "risk", to="none"), "none of"),
    _table("a rename has three parts", _set(*_FILE, "renames", to=[["a", "b", "c"]]), "list of 2"),
    _table("a rename is text", _set(*_FILE, "renames", to="ab"), "expected a list"),
    _table("a commit is a name", _set("commit", to="HEAD"), "no commit id"),
    _table("a commit is an option", _set("commit", to="--output=x"), "no commit id"),
    _table("a blob is short", _set(*_FILE, "blob", to="abc"), "no object id"),
    _table("a blob is upper case", _set(*_FILE, "blob", to="A" * 40), "no object id"),
    _table("a blob is missing", _set(*_FILE, "blob", to=""), "object id is missing"),
    _table("a result is missing", _set(*_FILE, "result", to=""), "object id is missing"),
    _table("a phase number is wrong", _set("phases", 1, "number", to=7), "stands at place 2"),
    _table("a phase number is nil", _set("phases", 0, "number", to=0), "stands at place 1"),
    _table("a title has a newline", _set("phases", 0, "title", to="a\n\nConsolidate-Phase: 9/9"), "title"),
    _table("a title is blank", _set("phases", 0, "title", to=" "), "title"),
    _table("a migration has a newline", _set("migration", to="a\nb"), "no name of a migration"),
    _table("a migration is empty", _set("migration", to=""), "no name of a migration"),
    _table("a reference's phase is absent", _set("references", 0, "phase", to=99), "no phase 99"),
    _table("a codemod of nobody's", _set(*_FILE, "unproved", to=["evil:Command"]), "no codemod of the phase"),
    _table(
        "a file stands twice", lambda plan: plan["phases"][1]["files"].append(plan["phases"][1]["files"][0]), "twice"
    ),
    _table("edits overlap", lambda plan: _at(plan, *_FILE)["edits"].append(_at(plan, *_EDIT)), "overlap"),
    _table("another major version", _set("format_version", to="2.0"), "format version '2.0'"),
    _table("a version is a number", _set("format_version", to=1.0), "format version '1.0'"),
    _table("a version is huge", _set("format_version", to="9" * 10_000), "format version '99"),
    _table("no version", _drop("format_version"), "format version 'None'"),
    _table("old text that the file lacks", _set(*_EDIT, "old", to="x" * 35), "span"),
    _table("an invented text", _set(*_EDIT, "new", to="import evil"), "planning its commit"),
    _table("an invented blob", _set(*_FILE, "blob", to="1" * 40), "planning its commit"),
    _table("an invented result", _set(*_FILE, "result", to="1" * 40), "planning its commit"),
    _table("an invented codemod", _set(*_EDIT, "codemod", to="python2"), "planning its commit"),
    _table("an invented rename", _set(*_FILE, "renames", to=[["os", "evil"]]), "planning its commit"),
    _table("an invented string", _set(*_FILE, "strings", to=[["a", "b"]]), "planning its commit"),
    _table("an invented star", _set(*_FILE, "stars", to=[["os", ["system"]]]), "planning its commit"),
    _table("an invented call", _set(*_FILE, "calls", to=[["os.system", "x"]]), "planning its commit"),
    _table("an invented title", _set("phases", 0, "title", to="Harmless"), "planning its commit"),
    _table("an invented note", _set("notes", to=["Nothing to see"]), "planning its commit: ".rstrip(": ")),
    _table("an invented root", _set("source_roots", to=["/"]), "planning its commit"),
    _table("an invented target", _set("target", to="os:system"), "planning its commit"),
    _table("an invented migration", _set("migration", to="other"), "planning its commit"),
    _table("a phase less", lambda plan: plan["phases"].pop(), "planning its commit"),
    _table("its edits in another order", lambda plan: plan["phases"][1]["files"][1]["edits"].reverse(), "sorted"),
    _table("a commit that is not here", _set("commit", to="1" * 40), "does not have", 3),
    _table("another configuration", _set("config_sha256", to="1" * 64), "another configuration", 3),
]
RAW = [
    _bytes("empty", lambda data: b"", "no JSON"),
    _bytes("blank", lambda data: b"  \n", "no JSON"),
    _bytes("binary", lambda data: bytes(range(255, -1, -1)) * 40, "no JSON"),
    _bytes("zeros", lambda data: bytes(10_000), ""),
    _bytes("compressed", gzip.compress, "not UTF-8"),
    _bytes("truncated", lambda data: data[: len(data) // 2], "no JSON"),
    _bytes("cut by one byte", lambda data: data[:-3], "no JSON"),
    _bytes("twice", lambda data: data + data, "no JSON"),
    _bytes("a list", lambda data: b"[]", "no JSON object"),
    _bytes("a number", lambda data: b"1", "no JSON object"),
    _bytes("a huge number", lambda data: b'{"format_version": ' + b"9" * 100_000 + b"}", ""),
    _bytes("NaN", lambda data: data.replace(b'"scanned": ', b'"scanned": NaN, "x": '), "no JSON number"),
    _bytes("Infinity", lambda data: data.replace(b'"scanned": ', b'"x": -Infinity, "scanned": '), "no JSON number"),
    _bytes("deep lists", lambda data: b"[" * 200_000, "nested too deeply"),
    _bytes("deep objects", lambda data: b'{"a":' * 200_000, "nested too deeply"),
    _bytes("deep and right", lambda data: data[:1] + b'"x":' + b"[" * 9000 + b"]" * 9000 + b"," + data[1:], "nested"),
    _bytes("a key twice", lambda data: data.replace(b'"scanned": ', b'"scanned": 1, "scanned": '), "stands twice"),
    _bytes("a digest twice", lambda data: data[:1] + b'"digest": "' + b"1" * 64 + b'",' + data[1:], "stands twice"),
    _bytes("another digest", lambda data: data.replace(b'"digest": "', b'"digest": "0'), "digest"),
    _bytes("a digest that does not fit", lambda data: data.replace(b"app.engine", b"app.legacy", 1), "digest"),
    _bytes("a digest that is a path", lambda data: _digest(data, "../../../x"), "digest"),
    _bytes("no digest", lambda data: data.replace(b'"digest"', b'"dagest"'), "'digest' is missing"),
    _bytes("a half surrogate", lambda data: _lone(data), "surrogate"),
    _bytes("trailing comma", lambda data: data.rstrip()[:-1] + b",}", "no JSON"),
    _bytes("a comment", lambda data: b"// plan\n" + data, "no JSON"),
    _other("a folder", lambda world: (world.plan_file.unlink(), world.plan_file.mkdir()), "cannot be read"),
    _other("absent", lambda world: world.plan_file.unlink(), "cannot be read"),
    _other("a link to itself", lambda world: _link(world, "plan.json"), "cannot be read"),
    _other("a link to /dev/null", lambda world: _link(world, os.devnull), "no JSON"),
    _other("three gigabytes", _sparse, "larger than"),
]


def _at(plan: Any, *keys: str | int) -> Any:
    for key in keys:
        plan = plan[key]
    return plan


def _digest(data: bytes, digest: str) -> bytes:
    return json.dumps(json.loads(data) | {"digest": digest}).encode()


def _lone(data: bytes) -> bytes:
    plan = json.loads(data)
    plan["notes"] = ["\ud83d"]
    return sealed(plan).replace(b"\xed\xa0\xbd", b"\\ud83d")


def _link(world: World, target: str) -> None:
    world.plan_file.unlink()
    world.plan_file.symlink_to(target)


ROWS = [*PATHS, *SHAPES, *RAW]
