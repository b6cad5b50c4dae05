"""The files as they will be once the shims stand: a module that becomes one keeps no more than what must stay in it.

What a migration decides is judged by what is left after it, so that a plan of its result decides the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from planner.found import FoundFile
from planner.keep import Kept
from planner.serving import Demand, keepable
from planner.survey import Survey

_COOKIE = re.compile(rb"\A(?:[^\n]*\n)?[ \t\f]*#[^\n]*coding[:=][^\n]*")  # PEP 263: in the first two lines


_UNSETTLED = "what must stay in it cannot be told"


class Outlook(Struct, frozen=True):
    """What is there once the modules in `replaced` are shims.

    `kept` holds what stays beside the shim of each, or why it cannot stay there. `files` are the Python files with
    references; those of a module that becomes a shim are what it keeps, at the same places.
    """

    replaced: frozenset[str]
    kept: Mapping[str, Kept | str]
    files: tuple[FoundFile, ...]


def look_ahead(survey: Survey, replaced: frozenset[str], reserved: frozenset[str]) -> Outlook:
    """Return the outlook of a survey; `reserved` as for `planner.keep.keep`.

    What one module keeps may need what another has, so the answer grows from nothing until it holds. What goes on
    changing after as many rounds as a chain through all modules could take stays as it is.
    """
    kept: Mapping[str, Kept | str] = {name: Kept((), frozenset()) for name in sorted(replaced)}
    rounds = 2 * len(kept) + 2
    while True:
        files = tuple(found for file in survey.files if (found := _left_of(survey, file, kept)) is not None)
        demand = Demand(survey, files)
        following = {name: keepable(survey, survey.legacy.modules[name], demand, reserved) for name in kept}
        if following == kept:
            return Outlook(replaced, kept, files)
        rounds -= 1
        if rounds < 0:
            following = {name: found if found == kept[name] else _UNSETTLED for name, found in following.items()}
            return Outlook(replaced, following, files)
        kept = following


def _left_of(survey: Survey, file: FoundFile, kept: Mapping[str, Kept | str]) -> FoundFile | None:
    """Return what is left of a file, None where no reference is; a shim that is there already stays as it is."""
    beside = kept.get(file.module) if file.path in survey.legacy.paths else None
    if not isinstance(beside, Kept) or file.facts.is_shim:
        return file
    data = survey.contents[file.path]
    starts = [match.end() for match in re.finditer(rb"\A|\r\n|\r|\n", data)]
    if not any(start <= starts[item.line - 1] < end for item in file.references for start, end in beside.spans):
        return None
    found = survey.examine(file.path, blanked(data, beside))
    if found is None or not found.references:
        return None
    known = {(item.line, item.column, item.form, item.key): item for item in file.references}
    for item in found.references:
        old = known.get((item.line, item.column, item.form, item.key))
        if old is not None and old.stays:
            item.action, item.stays, item.needs_legacy = old.action, old.stays, old.needs_legacy
    return found


def blanked(data: bytes, kept: Kept) -> bytes:
    """Return a file with blanks in place of all that does not stay: what does has the offsets that it had."""
    cookie = _COOKIE.match(data)
    keep = sorted([*kept.spans, *([(0, cookie.end())] if cookie else [(0, 3)] if data[:3] == b"\xef\xbb\xbf" else [])])
    pieces: list[bytes] = []
    place = 0
    for start, end in [*keep, (len(data), len(data))]:
        pieces.append(re.sub(rb"[^\r\n]", b" ", data[place:start]))
        pieces.append(data[max(start, place) : end])
        place = max(place, end)
    return b"".join(pieces)
