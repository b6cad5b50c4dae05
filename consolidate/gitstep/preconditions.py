"""What must hold before a repository is changed. Each has its own code; nothing is touched when one does not hold.

| code | refused because |
|---|---|
| bad-path | a path is absolute, leaves the root or lies in a git directory |
| in-progress | a merge, rebase, cherry-pick, revert or bisect is under way |
| detached | HEAD is on no branch |
| head-moved | HEAD is no longer the commit that the caller looked at |
| branch-elsewhere | the branch is checked out in another worktree too |
| identity | git doesn't know who the author is |
| index-locked | another git process holds the index |
| stale | a file is another one in HEAD than the change was made for |
| symlink, submodule | a file is one, or lies behind one |
| staged | the index holds something else than HEAD for a file |
| filtered | a clean filter or another encoding stands between a file and its blob |
| sparse | a file is outside of the sparse checkout |
| line-endings | git converts the line ends of a file |
| modified | a file differs from HEAD, whatever `git status` says |
| untracked | an untracked file or folder lies where one will be created |
| case-collision | a created path differs from another only by case |
| read-only, unreadable | a folder can't be written to, a file can't be read |
| empty | nothing would change |
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from msgspec import Struct

from consolidate.errors import Refused, UsageProblem, listed
from consolidate.gitstep import index, settings, worktree
from consolidate.gitstep.index import IndexEntry
from consolidate.gitstep.objects import SUBMODULE, SYMLINK, Delta, Entry, entries
from consolidate.gitstep.paths import bad_path, path_of, placed
from consolidate.gitstep.port import Git, Places, ask, complaint, line
from consolidate.gitstep.worktree import Kind
from planner.model import blob_id, encode

# What an operation of git leaves in the git directory while it is under way, and its name.
IN_PROGRESS: tuple[tuple[str, str], ...] = (
    ("MERGE_HEAD", "merge"),
    ("rebase-merge", "rebase"),
    ("rebase-apply", "rebase or `git am`"),
    ("CHERRY_PICK_HEAD", "cherry-pick"),
    ("REVERT_HEAD", "revert"),
    ("sequencer", "cherry-pick or revert"),
    ("BISECT_LOG", "bisect"),
)


class Head(Struct, frozen=True):
    """Where the branch is: its full name (`refs/heads/main`) and its commit."""

    ref: str
    commit: str


def current_branch(git: Git) -> str:
    """Return the full name of the branch that HEAD is on, or "" while HEAD is detached."""
    output = git.run("symbolic-ref", "--quiet", "HEAD")
    if output.status not in (0, 1):
        raise Refused(f"git symbolic-ref failed: {complaint(output)}", code="git-failed")
    return "" if output.status else line(output.stdout)


def head_commit(git: Git) -> str:
    """Return the commit of HEAD. Raises UsageProblem where the branch has none yet."""
    output = git.run("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
    if output.status:
        raise UsageProblem("the repository has no commit yet", hint="make a first commit")
    return line(output.stdout)


def check_state(git: Git, places: Places, expected: str) -> Head:
    """Return where HEAD is, if a commit can be made there by this user now. Raises Refused."""
    for name, operation in IN_PROGRESS:
        # These are a worktree's own (gitrepository-layout(5)), so `rev-parse --git-path` gives the same.
        if (places.git_dir / name).exists():
            raise Refused(
                f"a {operation} is in progress",
                hint="finish or abort it first",
                code="in-progress",
                details=[operation],
            )
    ref = current_branch(git)
    if not ref.startswith("refs/heads/"):
        raise Refused("HEAD is detached", hint="switch to a branch first", code="detached")
    head = head_commit(git)
    if head != expected:
        raise Refused(
            f"HEAD has moved from {expected[:12]} to {head[:12]}", hint="look again", code="head-moved", details=[head]
        )
    holders = ask(git, "worktree", "list", "--porcelain").split(b"\n").count(b"branch " + encode(ref))
    if holders > 1:
        raise Refused(
            "the branch is checked out in another worktree too",
            ref.removeprefix("refs/heads/"),
            "switch one of them to another branch",
            code="branch-elsewhere",
        )
    check_identity(git)
    lock = places.index.with_name(places.index.name + ".lock")
    if lock.exists():
        raise Refused(
            "another git process holds the index",
            str(lock),
            "let it end, or remove that file if there is none",
            code="index-locked",
        )
    return Head(ref, head)


def check_identity(git: Git) -> None:
    """Raise Refused unless git knows author and committer by configuration or environment."""
    for role in ("AUTHOR", "COMMITTER"):
        output = git.run("var", f"GIT_{role}_IDENT", config=settings.IDENTITY)
        if output.status:
            raise Refused(
                f"git does not know the {role.lower()} of the commit: {complaint(output)}",
                "user.name, user.email",
                'run `git config user.name "…"` and `git config user.email …`',
                code="identity",
            )


def check_paths(paths: Sequence[str]) -> None:
    """Raise Refused for a path that must not be written."""
    for path in paths:
        if why := bad_path(path):
            raise Refused(f"a path {why}", path, code="bad-path", details=[path])


def check_files(git: Git, places: Places, head: Head, deltas: Sequence[Delta]) -> None:
    """Raise Refused unless every file of the deltas is in HEAD, index and work tree what their old side says."""
    check_paths([delta.path for delta in deltas])
    for refused in file_refusals(git, places, head, deltas):
        raise refused


def file_refusals(git: Git, places: Places, head: Head, deltas: Sequence[Delta]) -> Iterator[Refused]:
    """Yield what `check_files` raises, and behind it what it would raise next."""
    committed = {entry.path: entry for entry in entries(git, head.commit)}
    present = index.entries(git, {delta.path for delta in deltas})
    staged = [delta.path for delta in deltas if not _clean(present.get(delta.path, []), delta)]
    checks: list[Callable[[], None]] = [
        lambda: check_paths([delta.path for delta in deltas]),
        lambda: _check_committed(committed, deltas),
        lambda: _refuse("staged", "staged changes to", staged),
        lambda: _check_filters(git, deltas),
    ]
    for check in checks:
        try:
            check()
        except Refused as refused:
            yield refused
    reasons: dict[str, list[str]] = {}
    gone = {delta.path for delta in deltas if not delta.new_blob}
    for delta in deltas:
        if reason := _work_tree_reason(places, delta, present.get(delta.path, []), gone):
            reasons.setdefault(reason, []).append(delta.path)
    last: list[Callable[[], None]] = [
        partial(_refuse, reason, what, reasons.get(reason, [])) for reason, what in _WORK_TREE.items()
    ]
    for check in [*last, lambda: _check_case(committed, deltas)]:
        try:
            check()
        except Refused as refused:
            yield refused


_WORK_TREE = {
    "symlink": "a symbolic link in the way of",
    "unreadable": "cannot read",
    "sparse": "the sparse checkout leaves out",
    "line-endings": "git converts the line ends of",
    "modified": "uncommitted changes to",
    "untracked": "an untracked file in the way of",
    "read-only": "no permission to write the folder of",
}

_HINTS = {
    "stale": "plan again",
    "staged": "commit or unstage them first",
    "modified": "commit or stash them first",
    "untracked": "move it away first",
    "sparse": "add them to the sparse checkout",
    "line-endings": "set core.autocrlf=false and check the files out again, or make the change elsewhere",
    "filtered": "files behind a filter are left to be changed by hand: exclude them",
    "symlink": "exclude them",
    "submodule": "exclude them",
    "case-collision": "some file systems take them for one file: rename one",
}


def _refuse(code: str, what: str, paths: Sequence[str]) -> None:
    if paths:
        paths = sorted(paths)
        raise Refused(f"{what} {listed(paths)}", hint=_HINTS.get(code, ""), code=code, details=paths)


def _check_committed(committed: dict[str, Entry], deltas: Sequence[Delta]) -> None:
    symlinks, submodules, stale = [], [], []
    for delta in deltas:
        entry = committed.get(delta.path)
        above = [committed.get(folder) for folder in _folders(delta.path)]
        if any(part and part.mode == SUBMODULE for part in (entry, *above)):
            submodules.append(delta.path)
        elif SYMLINK in (entry.mode if entry else "", delta.new_mode):
            symlinks.append(delta.path)
        elif (entry.mode, entry.blob) != (delta.old_mode, delta.old_blob) if entry else delta.old_blob:
            stale.append(delta.path)
    _refuse("submodule", "a submodule holds", submodules)
    _refuse("symlink", "a symbolic link is", symlinks)
    _refuse("stale", "HEAD has another version of", stale)


def _clean(present: Sequence[IndexEntry], delta: Delta) -> bool:
    now = [(entry.mode, entry.blob, entry.stage) for entry in present]
    return now == ([(delta.old_mode, delta.old_blob, 0)] if delta.old_blob else [])


def _check_filters(git: Git, deltas: Sequence[Delta]) -> None:
    stdin = b"".join(encode(delta.path) + b"\0" for delta in deltas)
    answer = ask(git, "check-attr", "--stdin", "-z", "filter", "working-tree-encoding", stdin=stdin).split(b"\0")
    filtered = {
        path.decode("utf-8", "surrogateescape")
        for path, value in zip(answer[:-1:3], answer[2::3], strict=True)
        if value not in (b"unspecified", b"unset")
    }
    _refuse("filtered", "a filter or another encoding stands behind", list(filtered))


def _work_tree_reason(places: Places, delta: Delta, present: Sequence[IndexEntry], gone: set[str]) -> str:
    """Return the code of what the work tree has against the delta, or ""."""
    try:
        found = worktree.look(places.root, delta.path)
    except OSError:
        return "unreadable"
    if found.kind in (Kind.SYMLINK, Kind.BEHIND_SYMLINK):
        return "symlink" if delta.old_blob or found.kind is Kind.BEHIND_SYMLINK else "untracked"
    if not delta.old_blob:
        makes_room = found.kind is Kind.BEHIND_FILE and any(folder in gone for folder in _folders(delta.path))
        if found.kind is Kind.OTHER:
            makes_room = _only_holds(places, delta.path, gone)
        if found.kind is not Kind.ABSENT and not makes_room:
            return "untracked"
    elif found.kind is Kind.ABSENT and any(entry.skip_worktree for entry in present):
        return "sparse"
    elif found.kind is not Kind.FILE:
        return "modified"
    elif blob_id(found.data, delta.old_blob) != delta.old_blob:
        converted = found.data.replace(b"\r\n", b"\n")
        return "line-endings" if blob_id(converted, delta.old_blob) == delta.old_blob else "modified"
    return "" if worktree.writable(places.root, delta.path) else "read-only"


def _only_holds(places: Places, folder: str, gone: set[str]) -> bool:
    """Whether a folder in the place of a file goes away with the files in it that this change deletes."""
    kept = {part for path in gone for part in (path, *_folders(path))}
    return folder in kept and all(path_of(places.root, file) in kept for file in placed(places.root, folder).rglob("*"))


def _check_case(committed: dict[str, Entry], deltas: Sequence[Delta]) -> None:
    """Refuse a file or folder that is new and differs from another one only by case."""
    created = [delta.path for delta in deltas if not delta.old_blob]
    if not created:
        return
    gone = {delta.path for delta in deltas if not delta.new_blob}
    stays = {part for path in committed.keys() - gone for part in (path, *_folders(path))}
    folded = {part.casefold() for part in stays}
    clashing = set()
    for path in created:
        for part in (path, *_folders(path)):
            if part not in stays and part.casefold() in folded:
                clashing.add(path)
        stays |= {path, *_folders(path)}
        folded |= {part.casefold() for part in (path, *_folders(path))}
    _refuse("case-collision", "another file differs only by case from", list(clashing))


def _folders(path: str) -> list[str]:
    """Return the folders above a path, nearest first."""
    found = []
    while path := path.rpartition("/")[0]:
        found.append(path)
    return found
