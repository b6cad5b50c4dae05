"""What must hold in a plan beyond its types, before anything that it says is done to a repository.

A plan file may come from anywhere, so its paths are checked as git checks the paths of a tree it does not trust
(verify_path in git's read-cache.c): relative, no part empty, `.` or `..`, and no `.git` in any spelling that some file
system takes for it. A file that is created must not have the name of a device of Windows either; one that has it
already is somebody's, and may be edited.
"""

from __future__ import annotations

import re
from itertools import pairwise

from planner.model import FileEdit, Phase, Plan, decode, encode
from planner.planfile_shape import PlanFileError

_OBJECT_ID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
# HFS+ ignores these in names (git's next_hfs_char in utf8.c).
_IGNORED = re.compile("[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]")

# Names that Windows keeps for devices, in every folder and with any suffix (git's is_valid_win32_path in
# compat/mingw.c).
_DEVICE = re.compile(
    r"(?:aux|con|nul|prn|conin\$|conout\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3]) *(?:[.:].*)?", re.I | re.S
)


def check_path(path: str, where: str) -> None:
    """Raise PlanFileError unless `path` names a file inside a repository's work tree."""
    if not path or "\0" in path or path.startswith("/"):
        raise PlanFileError(f"{path[:80]!r} is no path inside the repository", where)
    if decode(encode(path)) != path:
        raise PlanFileError(f"{path[:80]!r} is not the usual spelling of its bytes", where)
    for part in path.split("/"):
        if part in ("", ".", ".."):
            raise PlanFileError(f"{path[:80]!r} has a part {part!r}", where)
        if any(_is_git(name) for name in part.split("\\")):
            raise PlanFileError(f"{path[:80]!r} reaches into .git", where)


def _is_git(name: str) -> bool:
    """Tell if a file system may take the name for `.git`: other case, ignored characters, NTFS's dots and streams."""
    plain = _IGNORED.sub("", name).lower().partition(":")[0].rstrip(". ")
    return plain in (".git", "git~1")


def check_plan(plan: Plan) -> None:
    """Raise PlanFileError where the plan contradicts itself or names a path or object id that cannot be."""
    if not _OBJECT_ID.fullmatch(plan.commit):
        raise PlanFileError("no commit id", "commit")
    if not plan.migration.isprintable() or not plan.migration or " " in plan.migration:
        raise PlanFileError("no name of a migration", "migration")
    for index, reference in enumerate(plan.references):
        check_path(reference.path, f"references[{index}].path")
        if reference.phase is not None and not 1 <= reference.phase <= len(plan.phases):
            raise PlanFileError(f"there is no phase {reference.phase}", f"references[{index}].phase")
    for index, skipped in enumerate(plan.skipped):
        check_path(skipped.path, f"skipped[{index}].path")
    for index, phase in enumerate(plan.phases):
        _check_phase(phase, index)


def _check_phase(phase: Phase, index: int) -> None:
    where = f"phases[{index}]"
    if phase.number != index + 1:
        raise PlanFileError(f"phase {phase.number} stands at place {index + 1}", f"{where}.number")
    if not phase.title.strip() or not phase.title.isprintable():
        raise PlanFileError("the title has no printable text", f"{where}.title")
    for place, file in enumerate(phase.files):
        _check_file(file, f"{where}.files[{place}]")
        if not set(file.unproved) <= set(phase.codemods):
            raise PlanFileError("no codemod of the phase", f"{where}.files[{place}].unproved")
    for earlier, later in pairwise(sorted(file.path for file in phase.files)):
        if earlier == later:
            raise PlanFileError(f"{earlier[:80]!r} stands twice in the phase", f"{where}.files")


def _check_file(file: FileEdit, where: str) -> None:
    check_path(file.path, f"{where}.path")
    if file.created and any(_DEVICE.fullmatch(part) for part in re.split(r"[/\\]", file.path)):
        raise PlanFileError(f"{file.path[:80]!r} has the name of a device of Windows", f"{where}.path")
    for key, value, absent in (("blob", file.blob, file.created), ("result", file.result, file.deleted)):
        if bool(value) == absent or (value and not _OBJECT_ID.fullmatch(value)):
            raise PlanFileError("no object id" if value else "the object id is missing", f"{where}.{key}")
    position = 0
    for index, edit in enumerate(file.edits):
        place = f"{where}.edits[{index}]"
        if edit.start < position:
            raise PlanFileError("the edits overlap or are not sorted", f"{place}.start")
        if edit.end - edit.start != len(encode(edit.old)):
            raise PlanFileError("the span is not as long as the text in it", f"{place}.end")
        position = edit.end
