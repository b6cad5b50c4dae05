"""The text prefilter: which files of a commit contain one of some fixed strings."""

from __future__ import annotations

from collections.abc import Sequence

from consolidate.errors import Refused
from consolidate.gitstep.objects import SUBMODULE, SYMLINK, entries, partial, read_blobs
from consolidate.gitstep.port import Git, complaint
from planner.model import decode


def grep(git: Git, commit: str, needles: Sequence[bytes]) -> frozenset[str]:
    """Return the paths of the commit's regular files that contain at least one needle, as bytes, case included.

    `commit` is a full id. A file whose blob is missing cannot match: ask `missing` about those. Raises ValueError for
    a needle that is empty or holds a newline or NUL (git takes one per line), Refused (`git-failed`) where git fails.
    """
    if any(not needle or b"\n" in needle or b"\0" in needle for needle in needles):
        raise ValueError("a needle is one line of text that is not empty")
    if not needles:
        return frozenset()
    if partial(git):
        return _without_git_grep(git, commit, needles)
    output = git.run(
        *("grep", "-l", "-z", "-a", "-F", "--no-textconv", "--no-color", "--no-recurse-submodules", "--full-name"),
        *("-f", "-", commit, "--"),
        stdin=b"".join(needle + b"\n" for needle in needles),
        # -c wins over what the user or the repository has set for these.
        config=("grep.patternType=default", "grep.extendedRegexp=false", "grep.fallbackToNoIndex=false"),
    )
    # 0: found; 1: nothing found. Missing blobs are told on stderr and change neither.
    if output.status > 1:
        raise Refused(f"git grep failed: {complaint(output)}", code="git-failed")
    prefix = len(commit) + 1
    return frozenset(decode(record[prefix:]) for record in output.stdout.split(b"\0")[:-1])


def _without_git_grep(git: Git, commit: str, needles: Sequence[bytes]) -> frozenset[str]:
    """Do the same in a partial clone, where `git grep` ends at the first blob that it may not fetch."""
    files = [entry for entry in entries(git, commit) if entry.mode not in (SYMLINK, SUBMODULE)]
    contents = read_blobs(git, [entry.blob for entry in files])
    return frozenset(
        entry.path
        for entry, (_, data) in zip(files, contents, strict=True)
        if data is not None and any(needle in data for needle in needles)
    )
