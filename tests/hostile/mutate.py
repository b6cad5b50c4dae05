"""Plan files as somebody would forge them: changed bytes, changed values, and edits invented so that all fits them."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Mapping
from typing import Any

from planner.model import Edit, EditError, apply_edits, blob_id
from tests.hostile.world import sealed

Json = Any
Mutation = Callable[[bytes, Mapping[str, bytes], random.Random], bytes]

_PATHS = (
    "../outside.txt",
    "/tmp/outside.txt",
    ".git/config",
    ".GIT/hooks/pre-commit",
    "git~1/config",
    ".g\u200cit/config",
    ".git /x",
    "aux.py",
    "a/../b.py",
    "a//b.py",
    "conftest.py",
    "-rf",
    "*",
    "\n",
    "",
)
_VALUES: tuple[Json, ...] = (None, True, False, 0, -1, 1, 2**53, 2**70, 1.5, "", "x", "\0", "\ud800", [], {}, [[]])
_TEXTS = ("", "x", "import os\n", "os.system('x')", "\n", "\r\n", "\udcff", "'", '"""', "# noqa")
_MODULES = ("os", "evil", "app", "os.path", "netra_backend")
_IMPORT = re.compile(rb"^(?:import (\w+)|from ([\w.]+) import (\w+))$", re.MULTILINE)
_CODEMODS = (
    "rewrite-imports",
    "rewrite-calls",
    "deprecation-shim",
    "remove-shim",
    "python2",
    "rewrite-text",
    "evil:Command",
)


def flip_bytes(data: bytes, files: Mapping[str, bytes], rng: random.Random) -> bytes:
    """Change, drop, double or insert bytes; the digest is put right where the result is still JSON."""
    changed = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 10))):
        place, length = rng.randrange(len(changed)), rng.choice((1, 1, 5, 200))
        piece = changed[place : place + length]
        kind = rng.randrange(5)
        if kind == 0:
            changed[place] = rng.randrange(256)
        elif kind == 1:
            del changed[place : place + length]
        elif kind == 2:
            changed[place:place] = piece
        elif kind == 3:
            changed[place:place] = bytes(rng.choice(b'{}[]",:0\\ntru-9.e') for _ in range(length))
        elif rng.random() < 0.1:
            del changed[place:]
    return _resealed(bytes(changed))


def swap_digits(data: bytes, files: Mapping[str, bytes], rng: random.Random) -> bytes:
    """Change one letter or digit: the JSON stays JSON, and what it says does not."""
    places = [place for place in (rng.randrange(len(data)) for _ in range(200)) if data[place : place + 1].isalnum()]
    changed = bytearray(data)
    changed[places[0]] = rng.choice(b"0123456789") if chr(changed[places[0]]).isdigit() else rng.choice(b"abcxyzABC")
    return _resealed(bytes(changed))


def change_value(data: bytes, files: Mapping[str, bytes], rng: random.Random) -> bytes:
    """Put another value anywhere."""
    plan = json.loads(data)
    holder, key = _anywhere(plan, rng)
    kind = rng.randrange(4)
    if kind == 0:
        holder[key] = rng.choice(_VALUES)
    elif kind == 1:
        del holder[key]
    elif kind == 2 and isinstance(holder, list):
        holder.insert(rng.randrange(len(holder) + 1), holder[key])
    else:
        other, place = _anywhere(plan, rng)
        holder[key] = json.loads(json.dumps(other[place]))
    return sealed(plan)


def move_path(data: bytes, files: Mapping[str, bytes], rng: random.Random) -> bytes:
    """Give a file of a phase the path of another, with the object id that this one has, or a path that is none."""
    plan = json.loads(data)
    file = _file(plan, rng)
    if rng.random() < 0.5:
        file["path"] = rng.choice(_PATHS)
    else:
        file["path"] = rng.choice(sorted(files))
        file["blob"] = blob_id(files[file["path"]])
    _finish(file, files)
    return sealed(plan)


def change_edit(data: bytes, files: Mapping[str, bytes], rng: random.Random) -> bytes:
    """Change a span, a text, or who made the edit; the result is put right."""
    plan = json.loads(data)
    file = _file(plan, rng)
    edit = rng.choice(file["edits"] or [{}])
    kind = rng.randrange(6)
    if kind == 0 and edit:
        edit["new"] = rng.choice((*_TEXTS, edit["new"] + "\nimport evil", edit["old"]))
    elif kind == 1 and edit:
        shift = rng.choice((-1, 1, 7))
        edit["start"], edit["end"] = edit["start"] + shift, edit["end"] + shift
        old = files.get(file["path"], b"")[max(edit["start"], 0) : max(edit["end"], 0)]
        edit["old"] = old.decode("utf-8", "surrogateescape")
    elif kind == 2 and edit:
        edit["codemod"] = rng.choice(_CODEMODS)
    elif kind == 3 and file["edits"]:
        file["edits"].remove(edit)
    elif kind == 4:
        file["edits"].reverse()
    else:
        file["deleted"] = not file["deleted"]
        file["result"] = ""
    _finish(file, files)
    return sealed(plan)


def invent_edit(data: bytes, files: Mapping[str, bytes], rng: random.Random) -> bytes:
    """Rename a module or put in a line, in a file of a phase or in any other, and tell the proof that it is right."""
    plan = json.loads(data)
    phase = rng.choice(plan["phases"])
    file = _file(plan, rng) if rng.random() < 0.6 else _new_file(phase, files, rng)
    data_of = files.get(file["path"], b"")
    words = [word for word in _MODULES if word.encode() in data_of]
    moved = ["os", "evil"]
    free = [
        item
        for item in _IMPORT.finditer(data_of)
        if not any(edit["start"] <= item.start() < edit["end"] for edit in file["edits"])
    ]
    if free and rng.random() < 0.8:
        found = rng.choice(free)
        start, old = found.start(), found[0].decode()
        name, taken = (found[1] or found[2]).decode(), (found[3] or b"").decode()
        new = f"from evil import {taken}" if taken else f"import evil as {name}"
        moved = [f"{name}.{taken}", f"evil.{taken}"] if taken else [name, "evil"]
    elif words and rng.random() < 0.7:
        old, new = rng.choice(words), rng.choice(("evil", "os", "netra_backend.evil"))
        start, moved = data_of.index(old.encode()), [old, new]
    else:
        old, new, start = "", rng.choice(_TEXTS), rng.randrange(len(data_of) + 1)
    edit = {"start": start, "end": start + len(old.encode()), "old": old, "new": new, "line": 1}
    makers = [item["codemod"] for item in file["edits"]] or ["rewrite-imports"]
    maker = rng.choice(makers if rng.random() < 0.7 else _CODEMODS)
    file["edits"] = sorted([*file["edits"], {**edit, "codemod": maker}], key=lambda item: (item["start"], item["end"]))
    terms = {
        "strings": [[old or "a", new or "b"]],
        "stars": [["os", ["system", "popen"]]],
        "calls": [["os.system", plan["engines"][0]["id"]]],
    }
    file["renames"] = [*file["renames"], moved]
    for name in rng.sample(sorted(terms), rng.randint(0, 3)):
        file[name] = [*file[name], *terms[name]]
    if rng.random() < 0.2:
        file["unproved"] = ["evil:Command"]
        phase["codemods"] = sorted({*phase["codemods"], "evil:Command"})
    _finish(file, files)
    return sealed(plan)


def change_terms(data: bytes, files: Mapping[str, bytes], rng: random.Random) -> bytes:
    """Change what the proof takes for granted, or what the plan says of itself, and nothing of the edits."""
    plan = json.loads(data)
    file = _file(plan, rng)
    changes: tuple[Callable[[], object], ...] = (
        lambda: file["renames"].append(["os", "evil"]),
        lambda: file["strings"].append(["a", "b"]),
        lambda: file["stars"].append(["os", ["system"]]),
        lambda: file["calls"].append(["os.system", plan["engines"][0]["id"]]),
        lambda: file["renames"].clear(),
        lambda: plan["phases"].reverse(),
        lambda: plan["phases"].pop(rng.randrange(len(plan["phases"]))),
        lambda: rng.choice(plan["phases"])["files"].remove(file),
        lambda: plan.update(migration="other"),
        lambda: plan.update(source_roots=["app"]),
        lambda: plan.update(commit="1" * 40),
        lambda: plan.update(target="os:system"),
        lambda: plan.update(config_sha256="1" * 64),
        lambda: plan.update(format_version=rng.choice(("1.7", "2.0", "0.9"))),
        lambda: plan.update({"tool": "consolidate 9.9"}),
        lambda: plan.update({"a new key": 1}),
        lambda: plan["engines"][0].update(call=["(*a)", "os.system(*a)"]),
        lambda: rng.choice(plan["phases"]).update(title=rng.choice(("Harmless", "a\nb", "\x1b[2J", ""))),
        lambda: rng.choice(plan["phases"]).update(unproved=[{"path": "a.py", "reason": "x"}]),
    )
    try:
        rng.choice(changes)()
    except ValueError:  # the file is in another phase
        plan["notes"] = ["x"]
    return sealed(plan)


MUTATIONS: Mapping[str, Mutation] = {
    "bytes": flip_bytes,
    "letters": swap_digits,
    "values": change_value,
    "paths": move_path,
    "edits": change_edit,
    "inventions": invent_edit,
    "terms": change_terms,
}


def _resealed(data: bytes) -> bytes:
    try:
        plan = json.loads(data)
        return sealed(plan) if isinstance(plan, dict) else data
    except (ValueError, RecursionError):
        return data


def _anywhere(plan: Json, rng: random.Random) -> tuple[Json, Any]:
    """Return a list or object somewhere in the plan and a key of it; deep places and phases are likely."""
    holder, key = plan, rng.choice([*sorted(plan), "phases", "phases", "phases", "phases"])
    while isinstance(holder[key], (dict, list)) and holder[key] and rng.random() < 0.85:
        holder = holder[key]
        key = rng.choice(sorted(holder)) if isinstance(holder, dict) else rng.randrange(len(holder))
    return holder, key


def _file(plan: Json, rng: random.Random) -> Json:
    return rng.choice(rng.choice(plan["phases"])["files"])


def _new_file(phase: Json, files: Mapping[str, bytes], rng: random.Random) -> Json:
    like = {"edits": [], "renames": [], "strings": [], "stars": [], "calls": [], "deleted": False}
    if rng.random() < 0.3:
        file = {**like, "path": rng.choice(("new.py", *_PATHS)), "blob": "", "created": True}
    else:
        path = rng.choice(sorted(files))
        file = {**like, "path": path, "blob": blob_id(files[path]), "created": False}
    phase["files"].append(file)
    return file


def _finish(file: Json, files: Mapping[str, bytes]) -> None:
    """Put the result's object id right, if the edits can be made at all."""
    if file["deleted"]:
        return
    try:
        edits = tuple(Edit(**edit) for edit in file["edits"])
        file["result"] = blob_id(apply_edits(files.get(file["path"], b""), edits))
    except (EditError, TypeError, UnicodeEncodeError):
        file["result"] = "1" * 40
