"""States of a repository in which no phase may be applied, and names that are none."""

from __future__ import annotations

import shutil
from collections.abc import Callable

from tests.hostile.rows import Row
from tests.hostile.world import World

_USER = "app/user.py"


def _state(name: str, make: Callable[[World], object], says: str, words: tuple[str, ...] = ()) -> Row:
    return Row(f"state: {name}", make, says, 3, words or ("apply", "--all", "../plan.json"))


def _words(name: str, words: tuple[str, ...], says: str) -> Row:
    return Row(f"words: {name}", lambda world: None, says, 2, words)


def _first(world: World) -> World:
    """Apply the first phase, so that the second, which edits importers, is next."""
    assert world.run("apply", "--phase", "1").code == 0
    return world


def _hidden(flag: str) -> Callable[[World], object]:
    def make(world: World) -> None:
        world.git("update-index", flag, "app/legacy.py")
        world.write("app/legacy.py", "hidden = 1\n")
        assert world.git("status", "--porcelain") == ""

    return make


def _staged(world: World) -> None:
    before = (world.root / "app/legacy.py").read_bytes()
    world.write("app/legacy.py", "staged = 1\n")
    world.git("add", "app/legacy.py")
    world.write("app/legacy.py", before)


def _conflict(command: str) -> Callable[[World], object]:
    def make(world: World) -> None:
        world.git("checkout", "-q", "-b", "other")
        world.commit({"notes.txt": b"1\n"})
        world.git("checkout", "-q", "main")
        world.commit({"notes.txt": b"2\n"})
        world.git(command, "other", check=False)

    return make


def _reverting(world: World) -> None:
    world.commit({"notes.txt": b"1\n"})
    world.commit({"notes.txt": b"2\n"})
    world.git("revert", "--no-edit", "HEAD^", check=False)


def _link(world: World) -> None:
    (world.root / "app/legacy.py").unlink()
    (world.root / "app/legacy.py").symlink_to("engine.py")


def _folder_is_link(world: World) -> None:
    shutil.move(world.root / "app", world.base / "moved")
    (world.root / "app").symlink_to(world.base / "moved")


def _nobody(world: World) -> None:
    world.git("config", "user.name", "")
    world.git("config", "user.email", "")


def _attributes(text: str) -> Callable[[World], object]:
    return lambda world: world.write(".git/info/attributes", f"*.py {text}\n")


def _second_worktree(world: World) -> None:
    world.git("worktree", "add", "-q", "--force", str(world.base / "second"), "main")


def _crlf(world: World) -> None:
    world.git("config", "core.autocrlf", "true")
    (world.root / "app/legacy.py").unlink()
    world.git("checkout", "--", "app/legacy.py")


def _sparse(world: World) -> None:
    world.git("status")  # git leaves files out only where it knows that nobody has edited them
    world.git("sparse-checkout", "set", "--cone", "docs")
    assert not (world.root / "app/legacy.py").exists()


def _submodule(world: World) -> None:
    head = world.git("rev-parse", "HEAD")
    (world.root / "app/legacy.py").unlink()
    world.git("update-index", "--force-remove", "app/legacy.py")
    world.git("update-index", "--add", "--cacheinfo", f"160000,{head},app/legacy.py")
    world.git("commit", "-qm", "a submodule")


def _read_only(world: World) -> None:
    (world.root / "app").chmod(0o555)


def _elsewhere(world: World) -> None:
    (world.base / "elsewhere").mkdir()
    world.git("config", "core.worktree", str(world.base / "elsewhere"))


def _lacking(path: str, *, planned: bool = True) -> Callable[[World], None]:
    """Let a file's contents never have been fetched; `planned`: when they were there, a plan was made and kept."""

    def make(world: World) -> None:
        blob = world.git("rev-parse", f"HEAD:{path}")
        (world.root / ".git/objects" / blob[:2] / blob[2:]).unlink()
        for key, value in _PROMISED.items():
            world.git("config", key, value)
        if not planned:
            shutil.rmtree(world.root / ".git/consolidate/plans")

    return make


_PROMISED = {
    "core.repositoryFormatVersion": "1",
    "extensions.partialClone": "origin",
    "remote.origin.promisor": "true",
    "remote.origin.url": "ext::touch fetched",
    "protocol.ext.allow": "always",
}


# States in which a revert is refused as well, for the same reason.
_SHARED: list[tuple[str, Callable[[World], object], str]] = [
    ("assume-unchanged hides an edit", _hidden("--assume-unchanged"), "uncommitted changes"),
    ("skip-worktree hides an edit", _hidden("--skip-worktree"), "uncommitted changes"),
    ("staged", _staged, "staged changes"),
    ("merge", _conflict("merge"), "a merge is in progress"),
    ("rebase", _conflict("rebase"), "a rebase is in progress"),
    ("cherry-pick", _conflict("cherry-pick"), "a cherry-pick is in progress"),
    ("revert", _reverting, "a revert is in progress"),
    ("bisect", lambda w: w.git("bisect", "start"), "a bisect is in progress"),
    ("detached", lambda w: w.git("checkout", "-q", "--detach"), "detached"),
    ("the branch is elsewhere, too", _second_worktree, "another worktree"),
    ("nobody", _nobody, "does not know the author"),
    ("the index is locked", lambda w: w.write(".git/index.lock", b""), "holds the index"),
    ("lfs", _attributes("filter=lfs"), "a filter or another encoding"),
    ("encoding", _attributes("working-tree-encoding=UTF-16"), "a filter or another encoding"),
    ("sparse", _sparse, "sparse checkout"),
    ("a link in its place", _link, "symbolic link"),
    ("a link in its folder's place", _folder_is_link, "symbolic link"),
]


def _reverted(name: str, make: Callable[[World], object], says: str) -> Row:
    return _state(f"a revert, {name}", lambda world: (_first(world), make(world)), says, ("revert", "--phase", "1"))


STATES = [
    _state("a file is edited", lambda w: w.write("app/legacy.py", "mine = 1\n"), "uncommitted changes"),
    _state("a file is gone", lambda w: (w.root / "app/legacy.py").unlink(), "uncommitted changes"),
    _state("assume-unchanged hides an edit", _hidden("--assume-unchanged"), "uncommitted changes"),
    _state("skip-worktree hides an edit", _hidden("--skip-worktree"), "uncommitted changes"),
    _state("staged", _staged, "staged changes"),
    _state("staged deletion", lambda w: w.git("rm", "-q", "--cached", "app/legacy.py"), "staged changes"),
    _state("merge", _conflict("merge"), "a merge is in progress"),
    _state("rebase", _conflict("rebase"), "a rebase is in progress"),
    _state("cherry-pick", _conflict("cherry-pick"), "a cherry-pick is in progress"),
    _state("revert", _reverting, "a revert is in progress"),
    _state("bisect", lambda w: w.git("bisect", "start"), "a bisect is in progress"),
    _state("detached", lambda w: w.git("checkout", "-q", "--detach"), "detached"),
    _state("the branch is elsewhere, too", _second_worktree, "another worktree"),
    _state("nobody", _nobody, "does not know the author"),
    _state("the index is locked", lambda w: w.write(".git/index.lock", b""), "holds the index"),
    _state("stale", lambda w: w.commit({"app/legacy.py": b"class OldEngine: pass\n"}), "other contents of"),
    _state("stale, deleted", lambda w: ((w.root / "app/legacy.py").unlink(), w.commit()), "other contents of"),
    _state("out of order", lambda w: None, "comes after phase", ("apply", "--phase", "3", "../plan.json")),
    _state("lfs", _attributes("filter=lfs"), "a filter or another encoding"),
    _state("encoding", _attributes("working-tree-encoding=UTF-16"), "a filter or another encoding"),
    _state("line ends", _crlf, "line ends"),
    _state("sparse", lambda w: w.git("sparse-checkout", "set", "--cone", "docs"), "sparse checkout"),
    _state("a link in its place", _link, "symbolic link"),
    _state("a link in its folder's place", _folder_is_link, "symbolic link"),
    _state("a revert out of order", lambda w: w.run("apply", "--all"), "needed by phase", ("revert", "--phase", "1")),
    _state(
        "a revert of an edited file",
        lambda w: (_first(w), w.write("app/legacy.py", "mine = 1\n")),
        "uncommitted changes",
        ("revert", "--phase", "1"),
    ),
    *(_reverted(*shared) for shared in _SHARED),
    _state("a submodule in its place", _submodule, "app/legacy.py"),
    _state("a tracked link in its place", lambda w: (_link(w), w.commit()), "app/legacy.py"),
    Row("state: read-only", _read_only, "no permission", 3, ("apply", "--all", "../plan.json"), "no root"),
    _state("core.bare", lambda w: w.git("config", "core.bare", "true"), "core.bare", ("apply", "--all")),
    _state("core.bare, status", lambda w: w.git("config", "core.bare", "true"), "core.bare", ("status",)),
    _state("core.worktree", _elsewhere, "core.worktree", ("apply", "--all")),
    _state("core.worktree, status", _elsewhere, "core.worktree", ("status",)),
    _state("a file of the phase was never fetched", _lacking("app/legacy.py"), "app/legacy.py; fetch"),
    _state(
        "an importer was never fetched",
        lambda w: _lacking("app/user.py")(_first(w)),
        "app/user.py; fetch",
        ("apply", "--phase", "2"),
    ),
    *(
        _state(
            f"{path} was never fetched, {words[0]}",
            _lacking(path, planned=False),
            f"lacks the contents of {path}",
            words,
        )
        for path in ("app/legacy.py", "app/user.py", "app/__init__.py", "app/engine.py")
        for words in (("plan",), ("apply", "--all"))
    ),
    _state(
        "the importer is edited",
        lambda w: (_first(w), w.write(_USER, "mine = 1\n")),
        "uncommitted changes",
        ("apply", "--phase", "2"),
    ),
]
WORDS = [
    _words("no command of that name", ("aply",), "did you mean `apply`?"),
    _words("a command with a newline", ("a\nb",), "no such command"),
    _words("no phase", ("apply",), "say what to apply"),
    _words("two answers", ("apply", "--all", "--abort"), "say what to apply"),
    _words("phase nil", ("apply", "--phase", "0"), "there is no phase 0"),
    _words("a negative phase", ("apply", "--phase", "-1"), "there is no phase -1"),
    _words("a phase of 5,000 digits", ("apply", "--phase", "9" * 5000), ""),
    _words("a phase that is text", ("diff", "--phase", "x"), "not a valid integer"),
    _words("a revision that is an option", ("plan", "--commit=--output=x"), "no such commit"),
    _words("a revision that is a range", ("plan", "--commit", "HEAD..HEAD"), "no such commit"),
    _words("an empty revision", ("plan", "--commit", ""), "no such commit"),
    _words("a revision that is a tree", ("plan", "--commit", "HEAD^{tree}"), "no such commit"),
    _words("a plan with a newline in its name", ("show", "a\nb.json"), "cannot be read"),
    _words("a plan that begins with a dash", ("show", "--", "-x.json"), "cannot be read"),
    _words("a configuration that is a folder", ("--config", ".", "plan"), "cannot be read"),
    _words("a folder that is not there", ("-C", "nowhere", "plan"), "nowhere"),
    _words("a file in place of a folder", ("-C", "notes.txt", "plan"), "notes.txt"),
    _words("nothing was cut off", ("apply", "--continue"), "no run was cut off"),
    _words("files that are not there", ("check", "nowhere.py"), "no such file"),
    _words("files outside", ("check", "../outside.txt"), "outside of the repository"),
]
ROWS = [*STATES, *WORDS]
