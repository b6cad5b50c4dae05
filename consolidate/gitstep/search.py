"""The text prefilter: which files of a commit contain one of some fixed strings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct

from consolidate.at_hand import at_hand
from consolidate.errors import Refused
from consolidate.gitstep.objects import SUBMODULE, SYMLINK, Entry, missing, partial, read_blobs
from consolidate.gitstep.on_disk import Signature, on_disk, unchanged
from consolidate.gitstep.port import Git, Places, complaint
from planner.hazards import LARGEST
from planner.model import decode

_FEW = 500  # files that are read one by one; git looks through more of them faster
_TOGETHER = 1000  # needles in one regular expression
_APART = 40  # needles that git finds sooner one after the other, as fixed strings, than by one regular expression
_KINDS = 8
_SPECIAL = re.compile(rb"[\[.\\*^$+?(){|]")  # what is not itself in POSIX's extended regular expressions


class Hits(Struct, frozen=True):
    """Paths of the files that hold one of the needles, and of those whose object is missing."""

    found: frozenset[str]
    missing: frozenset[str]


class Search:
    """Looks for fixed strings in the regular files of one commit (its full id).

    Where the work tree holds them, they are searched there, since nothing has to be unpacked.
    """

    def __init__(self, git: Git, places: Places, commit: str, entries: Mapping[str, Entry]) -> None:
        self._git, self._places, self._commit, self._entries = git, places, commit, entries
        self._disk: dict[str, Signature] | None = None

    def among(self, paths: Sequence[str], needles: Sequence[bytes]) -> Hits:
        """Return which of these files of the commit contain at least one needle, as bytes, case included.

        Raises ValueError for a needle that is empty or holds a newline or NUL, Refused (`git-failed`) where git fails.
        """
        return self.begin(paths, needles)()

    def begin(self, paths: Sequence[str], needles: Sequence[bytes]) -> Callable[[], Hits]:
        """Begin what `among` does, and return what waits for it; where there are many files, git is at work till then.

        Raises as `among` does, now or then.
        """
        _check(needles)
        known = (self._entries[path] for path in paths if path in self._entries)
        entries = [entry for entry in known if entry.mode not in (SYMLINK, SUBMODULE)]
        if not needles or not entries:
            return lambda: Hits(frozenset(), frozenset())
        fewest = _fewest(needles)
        if len(entries) <= _FEW:
            return lambda: self._one_by_one(entries, fewest)
        if self._disk is None:
            self._disk = on_disk(self._git, self._places, self._entries)
        disk = self._disk
        searched = _grep(self._git, fewest, ("--", *_kinds(paths))) if disk else frozenset

        def end() -> Hits:
            hits = searched()
            # Told before the search and after it: what has changed meanwhile is searched in the commit.
            same = unchanged(self._places, disk, (entry.path for entry in entries))
            others = [entry for entry in entries if entry.path not in same]
            rest = self._one_by_one(others, fewest) if len(others) <= _FEW else self._in_commit(others, fewest)
            return Hits((hits & same) | rest.found, rest.missing)

        return end

    def _one_by_one(self, entries: Sequence[Entry], needles: Sequence[bytes]) -> Hits:
        paths: dict[str, list[str]] = {}
        for entry in entries:
            paths.setdefault(entry.blob, []).append(entry.path)
        found: set[str] = set()
        lacking: set[str] = set()
        huge: set[str] = set()
        for blob, data in self._contents(entries):
            if data is None:
                lacking.update(paths[blob])
            elif any(needle in data for needle in needles):
                found.update(paths[blob])
            elif len(data) > LARGEST:
                huge.update(paths[blob])
        if huge:
            where = (self._commit, "--", *(f":(top,literal){path}" for path in sorted(huge)))
            hits = _grep(self._git, needles, where)()
            found |= {path.partition(":")[2] for path in hits}
        return Hits(frozenset(found), frozenset(lacking))

    def _contents(self, entries: Sequence[Entry]) -> Iterator[tuple[str, bytes | None]]:
        """Yield each blob with its contents, from the work tree if they lie there; None where they are missing."""
        elsewhere: set[str] = set()
        seen: set[str] = set()
        for entry in entries:
            if entry.blob in seen:
                continue
            data = at_hand(self._places.root, entry)
            if data is None:
                elsewhere.add(entry.blob)
            else:
                seen.add(entry.blob)
                yield entry.blob, data
        yield from read_blobs(self._git, sorted(elsewhere - seen), LARGEST + 1)

    def _in_commit(self, entries: Sequence[Entry], needles: Sequence[bytes]) -> Hits:
        if partial(self._git):  # there `git grep` ends at the first blob that it may not fetch
            return self._one_by_one(entries, needles)
        hits = frozenset(
            path.partition(":")[2]
            for path in _grep(self._git, needles, (self._commit, "--", *_kinds([entry.path for entry in entries])))()
        )
        # Missing blobs are told on stderr and change neither the output nor the status.
        lacking = missing(self._git, sorted({entry.blob for entry in entries if entry.path not in hits}))
        return Hits(
            frozenset(entry.path for entry in entries if entry.path in hits),
            frozenset(entry.path for entry in entries if entry.blob in lacking and entry.path not in hits),
        )


def _check(needles: Sequence[bytes]) -> None:
    if any(not needle or b"\n" in needle or b"\0" in needle for needle in needles):
        raise ValueError("a needle is one line of text that is not empty")


def _grep(git: Git, needles: Sequence[bytes], where: Sequence[str]) -> Callable[[], frozenset[str]]:
    """Begin to search, and return what waits for the names that git prints."""
    kind, patterns = ("-F", needles) if len(needles) <= _APART else ("-E", _patterns(needles))
    ended = git.begin(
        *("grep", "-l", "-z", "-a", kind, "--no-textconv", "--no-color", "--no-recurse-submodules", "--full-name"),
        *("-f", "-", *where),
        stdin=b"".join(pattern + b"\n" for pattern in patterns),
        # -c wins over what the user or the repository has set for these.
        config=("grep.patternType=default", "grep.extendedRegexp=false", "grep.fallbackToNoIndex=false"),
    )

    def end() -> frozenset[str]:
        output = ended()
        if output.status > 1:  # 0: found; 1: nothing found
            raise Refused(f"git grep failed: {complaint(output)}", code="git-failed")
        return frozenset(decode(record) for record in output.stdout.split(b"\0")[:-1])

    return end


def _kinds(paths: Sequence[str]) -> list[str]:
    """Return pathspecs of the kinds of files that all these are of, none where they are of many or of no kind."""
    kinds = {path[path.rfind(".") :] if "." in path.rpartition("/")[2] else "" for path in paths}
    plain = all(kind[1:].isalnum() and kind.isascii() for kind in kinds)
    return [f":(top)*{kind}" for kind in sorted(kinds)] if plain and len(kinds) <= _KINDS else []


def _fewest(needles: Sequence[bytes]) -> list[bytes]:
    """Return the needles without those that hold another one: where they stand, that one does."""
    found: list[bytes] = []
    for needle in sorted(set(needles), key=lambda needle: (len(needle), needle)):
        if len(found) > _TOGETHER or not any(other in needle for other in found):
            found.append(needle)
    return found


def _patterns(needles: Sequence[bytes]) -> list[bytes]:
    """Return extended regular expressions that match where one of the needles stands.

    git looks for each of its patterns in turn, so a needle each would cost needles times bytes; an alternation is one
    automaton. Its size is bounded, as that of a very long one takes longer to make than it saves.
    """
    escaped = [_SPECIAL.sub(rb"\\\g<0>", needle) for needle in needles]
    return [b"|".join(escaped[start : start + _TOGETHER]) for start in range(0, len(escaped), _TOGETHER)]
