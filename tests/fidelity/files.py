"""Real files with references planted, migrated through a real repository, and compared byte by byte.

Nothing of the program judges here: the plan is read as JSON, the edits are spliced by a function of its own, and git
counts the lines.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
import sysconfig
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.fidelity.plant import plant
from tests.fidelity.program import consolidate, git, text

LARGEST = 200_000  # bytes; the few larger files would take most of the time
_COMMON = b"""\
class {name}:
    def __init__(self, left, right=0):
        self.left = left

    def run_planted(self):
        return self.left


def make_planted():
    return {name}(1)
"""
SUPPORT = {
    "planted_legacy/__init__.py": b"",
    "planted_legacy/engines/__init__.py": b"",
    "planted_legacy/engines/old_engine.py": _COMMON.replace(b"{name}", b"OldPlanted"),
    "planted_target.py": _COMMON.replace(b"{name}", b"NewPlanted"),
    "consolidate.toml": b"""\
[migration]
name = "planted"
target = "planted_target:NewPlanted"
include = ["**/*.py"]
tests = ["**/test*/**"]
max-files-per-phase = 1500

[[engine]]
legacy = "planted_legacy.engines.old_engine:OldPlanted"

[engine.exports]
make_planted = "planted_target:make_planted"
""",
}


@dataclass(slots=True)
class Found:
    """What a comparison counted, and what does not hold, one line each."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def corpus(count: int) -> list[tuple[str, bytes]]:
    """Return Python files of the standard library and of installed packages: relative paths and contents.

    The packages are those of this environment and of the interpreter that it was made from.

    Evenly spread over the sorted paths, so always the same for an installation; no two have the same contents.
    """
    found: dict[str, tuple[str, Path]] = {}
    base = {"base": sys.base_prefix, "platbase": sys.base_prefix}
    roots = {key: sysconfig.get_path(key) for key in ("stdlib", "purelib")}
    for key, place in (*roots.items(), ("base", sysconfig.get_path("purelib", vars=base))):
        root = Path(place)
        for folder, folders, files in os.walk(root):
            folders[:] = sorted(name for name in folders if name not in ("site-packages", "__pycache__"))
            for name in sorted(files):
                file = Path(folder, name)
                if name.endswith(".py") and 0 < file.stat().st_size <= LARGEST and not file.is_symlink():
                    found[f"{key}/{file.relative_to(root).as_posix()}"] = (key, file)
    seen: set[bytes] = set()
    files_: list[tuple[str, bytes]] = []
    for path in sorted(found):
        data = found[path][1].read_bytes()
        digest = hashlib.sha256(data).digest()
        if digest not in seen:
            seen.add(digest)
            files_.append((path, data))
    step = max(len(files_) / count, 1) if count else 1
    return [files_[int(number * step)] for number in range(min(count, len(files_)))]


def compare(root: Path, count: int) -> Found:
    """Plant references in `count` files in a repository at the empty folder `root`, migrate them and compare."""
    found = Found()
    kinds: dict[str, tuple[str, ...]] = {}
    for number, (path, data) in enumerate(corpus(count)):
        planted = plant(data, number)
        _write(root, path, planted.data)
        kinds[path] = planted.kinds
    for path, data in SUPPORT.items():
        _write(root, path, data)
    git(root, "init", "-q")
    git(root, "config", "core.autocrlf", "false")
    git(root, "add", "--force", "--all")
    git(root, "commit", "-q", "-m", "Start")
    start = text(root, "rev-parse", "HEAD")
    done = consolidate(root, "plan", "-o", "../plan.json")
    if done.code:
        raise AssertionError(done.err)
    plan = json.loads((root.parent / "plan.json").read_bytes())
    done = consolidate(root, "apply", "--all", "--skip-unproved", "../plan.json")
    if done.code:
        raise AssertionError(done.err)
    commits = text(root, "rev-list", "--reverse", f"{start}..HEAD").split()
    if len(commits) != len(plan["phases"]):
        found.wrong.append(f"{len(commits)} commits of {len(plan['phases'])} phases")
    for phase, commit in zip(plan["phases"], commits, strict=False):
        _phase(root, phase, commit, found)
    if text(root, "status", "--porcelain"):
        found.wrong.append("the work tree is not clean")
    _count(plan, kinds, found)
    return found


def _phase(root: Path, phase: dict[str, Any], commit: str, found: Found) -> None:
    """Compare each file of a phase's commit with its parent, and the lines with those that git counts."""
    changed = set(git(root, "diff", "--name-only", "-z", "--no-renames", f"{commit}^", commit).decode().split("\0"))
    planned = {file["path"] for file in phase["files"]}
    found.wrong += [f"{path}: in one of plan and commit only" for path in sorted((changed - {""}) ^ planned)]
    paths = [file["path"] for file in phase["files"] if not file["created"] and not file["deleted"]]
    sides = [dict(zip(paths, _blobs(root, rev, paths), strict=True)) for rev in (f"{commit}^", commit)]
    told = _told(root, phase["number"], found)
    by_git = _records(git(root, "diff", "--numstat", "-z", "--no-renames", f"{commit}^", commit))
    for file in phase["files"]:
        path = file["path"]
        if path in sides[0]:
            old, new, edits = sides[0][path], sides[1][path], file["edits"]
            found.counts["edits"] += len(edits)
            spans = [(edit["start"], edit["end"], _encoded(edit["old"]), _encoded(edit["new"])) for edit in edits]
            if splice(old, spans) != new:
                found.wrong.append(f"{path}: not what the plan's edits make")
            if splice(new, undoing(spans)) != old:
                found.wrong.append(f"{path}: undoing the edits does not give the old bytes")
            found.counts["bytes outside the edits"] += len(old) - sum(end - start for start, end, _, _ in spans)
        found.counts["files changed"] += 1
        if by_git.get(path) != "binary" and told.get(path) != by_git.get(path):
            found.wrong.append(f"{path}: the plan's lines are {told.get(path)}, git counts {by_git.get(path)}")
        found.counts["files with the lines that git counts"] += told.get(path) == by_git.get(path)


def splice(data: bytes, spans: list[tuple[int, int, bytes, bytes]]) -> bytes:
    """Return the bytes with each span replaced; the spans must hold their old bytes, in order."""
    parts, position = [], 0
    for start, end, old, new in sorted(spans):
        if start < position or data[start:end] != old:
            return b"the edits don't fit"
        parts += [data[position:start], new]
        position = end
    return b"".join([*parts, data[position:]])


def undoing(spans: list[tuple[int, int, bytes, bytes]]) -> list[tuple[int, int, bytes, bytes]]:
    """Return the spans that lead back: where the new bytes lie, and the old ones."""
    back, shift = [], 0
    for start, end, old, new in sorted(spans):
        back.append((start + shift, start + shift + len(new), new, old))
        shift += len(new) - (end - start)
    return back


def _blobs(root: Path, rev: str, paths: list[str]) -> Iterator[bytes]:
    names = "".join(f"{rev}:{path}\n" for path in paths).encode("utf-8", "surrogateescape")
    data, position = git(root, "cat-file", "--batch", stdin=names), 0
    for _ in paths:
        end = data.index(b"\n", position)
        size = int(data[position:end].split()[-1])
        yield data[end + 1 : end + 1 + size]
        position = end + size + 2


def _records(output: bytes) -> dict[str, tuple[int, int] | str]:
    """Return `--numstat -z` by path: lines added and removed."""
    found: dict[str, tuple[int, int] | str] = {}
    for record in output.decode("utf-8", "surrogateescape").split("\0")[:-1]:
        added, removed, path = record.split("\t")
        found[path] = "binary" if added == "-" else (int(added), int(removed))
    return found


def _told(root: Path, number: int, found: Found) -> dict[str, tuple[int, int] | str]:
    """Return the lines of the plan's diff by path, as `git apply` reads them; `--stat` must have the same sum."""
    words = ("diff", "--phase", str(number), "../plan.json")
    diff = consolidate(root, *words).out.encode("utf-8", "surrogateescape")
    counts = _records(git(root, "apply", "--numstat", "-z", "-", stdin=diff))
    sums = [sum(each[side] for each in counts.values() if isinstance(each, tuple)) for side in (0, 1)]
    total = consolidate(root, *words, "--stat").out.splitlines()[-1]
    if [int(figure) for figure in re.findall(r"\d+", total)] != [len(counts), *sums]:
        found.wrong.append(f"diff --stat says {total.strip()}, the diff has {sums}")
    return counts


def _count(plan: dict[str, Any], kinds: dict[str, tuple[str, ...]], found: Found) -> None:
    edited = {file["path"] for phase in plan["phases"] for file in phase["files"]}
    found.counts["files"] = len(kinds)
    found.counts["files skipped"] = len(plan["skipped"])
    found.counts["files unproved"] = sum(len(phase["unproved"]) for phase in plan["phases"])
    for path, told in kinds.items():
        for kind in told:
            found.counts[f"{kind}: edited"] += path in edited


def _write(root: Path, path: str, data: bytes) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_bytes(data)


def _encoded(text_: str) -> bytes:
    return text_.encode("utf-8", "surrogateescape")
