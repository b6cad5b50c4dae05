"""Hazards of the files that a migration looks at: what is skipped and why, and what their names and kinds are."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator, Sequence

from consolidate.doctor.finding import Finding, hinders, note
from consolidate.gitstep.objects import Entry
from consolidate.gitstep.paths import placed
from consolidate.repository import Repository
from planner.config import Config
from planner.hazards import LARGEST
from planner.model import Plan
from planner.patterns import matcher
from planner.source import SourceError, read_source

_BIG = 1_000_000
_NEWER = "its grammar is newer"
_READ = "read them, and move what they refer to by hand"


def entry_hazards(repository: Repository, config: Config, entries: Sequence[Entry]) -> Iterator[Finding]:
    """Yield the hazards that the names and kinds of a commit's files are, of those that the configuration includes."""
    include, exclude = matcher(config.include), matcher(config.exclude)
    included = [e for e in entries if include.fullmatch(e.path) and not exclude.fullmatch(e.path)]
    links = [entry.path for entry in included if entry.mode == "120000"]
    if links:
        yield note("symlinks", "symbolic links among the files are not followed", links)
    modules = [entry.path for entry in entries if entry.mode == "160000"]
    if modules:
        yield hinders("submodules", "submodules are not looked into", modules, "migrate each in its own repository")
    folded: dict[str, list[str]] = defaultdict(list)
    for entry in entries:
        folded[entry.path.casefold()].append(entry.path)
    clashing = sorted(path for paths in folded.values() if len(paths) > 1 for path in paths)
    if clashing:
        yield hinders("case", "names differ only by case: some file systems take them for one", clashing, "rename one")
    yield from _sizes(repository, [entry.path for entry in included if entry.mode.startswith("100")])


def _sizes(repository: Repository, paths: Sequence[str]) -> Iterator[Finding]:
    sizes: dict[str, int] = {}
    for path in paths:
        try:
            sizes[path] = os.lstat(placed(repository.root, path)).st_size
        except OSError:
            continue
    huge = [path for path, size in sizes.items() if size > LARGEST]
    if huge:
        what = f"files larger than {LARGEST // 1_000_000} MB are not read"
        yield hinders("huge-files", what, huge, "exclude what is generated")
    big = [path for path, size in sizes.items() if _BIG < size <= LARGEST and path.endswith((".py", ".pyi", ".ipynb"))]
    if big:
        what = f"code files larger than {_BIG // 1_000_000} MB take long"
        yield note("big-files", what, big, "exclude what is generated")


def plan_hazards(repository: Repository, plan: Plan) -> Iterator[Finding]:
    """Yield the hazards that a plan of HEAD shows: what is skipped and left, and odd encodings among what is edited."""
    groups: dict[str, list[str]] = defaultdict(list)
    for item in plan.skipped:
        if item.reason not in ("a symbolic link", "a submodule"):
            groups[item.reason].append(item.path)
    for reason, paths in groups.items():
        if reason.startswith(_NEWER):
            yield hinders("python-version", "files use a later Python's grammar", paths, "run it on a later Python")
        else:
            yield hinders("skipped", f"not read: {reason}", paths, _READ)
    for phase in plan.phases:
        if phase.unproved:
            paths = sorted({item.path for item in phase.unproved})
            what = f"phase {phase.number} has files whose edits cannot be proved: {phase.unproved[0].reason}"
            yield hinders("unproved", what, paths, f"read `consolidate show --phase {phase.number}`")
    yield from _encodings(repository, plan)


def _encodings(repository: Repository, plan: Plan) -> Iterator[Finding]:
    first = {file.path: file for phase in reversed(plan.phases) for file in phase.files if not file.created}
    blobs = dict(repository.read_blobs(sorted({file.blob for file in first.values()}), LARGEST))
    odd: dict[str, list[str]] = defaultdict(list)
    for path, file in sorted(first.items()):
        data = blobs.get(file.blob)
        if data is None or not path.endswith((".py", ".pyi")):
            continue
        try:
            source = read_source(data)
        except SourceError:
            continue
        if data.startswith(b"\xef\xbb\xbf"):
            odd["a byte order mark"].append(path)
        elif not source.plain:
            odd[f"the encoding {source.encoding}"].append(path)
    for what, paths in odd.items():
        yield note("encoding", f"files with {what}; it is kept", paths)


def touched(plan: Plan) -> tuple[list[str], list[str]]:
    """Return the files that the phases change or delete, and those that they create."""
    files = [file for phase in plan.phases for file in phase.files]
    created = {file.path for file in files if file.created}
    return sorted({file.path for file in files} - created), sorted(created)
