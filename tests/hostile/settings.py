"""Settings, variables and files by which a repository gets a program run; and the plain git command that runs it.

To add one: a row in SETTINGS. Each has a program of its own, which leaves a file of the setting's name: the canary.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.hostile.world import World

ABSENT = "1" * 40


class Mine:
    """A repository with canaries: `program(name)` is one that, when it is run, leaves a file of that name."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.programs, self.canaries = world.base / "programs", world.base / "canaries"
        for folder in (self.programs, self.canaries):
            folder.mkdir()

    def program(self, name: str) -> str:
        file = self.programs / name
        file.write_text(f"#!/bin/sh\n: > '{self.canaries}/{name}'\n")
        file.chmod(0o755)
        return str(file)

    def sung(self) -> list[str]:
        """Return the names of the canaries that are there."""
        return sorted(file.name for file in self.canaries.iterdir())


@dataclass(frozen=True, slots=True)
class Setting:
    """One way to get a program run.

    `config` are git settings in which `{}` is the program; `attributes` a line of the tree's .gitattributes; `plant`
    and `variables` do what these cannot. `plain` are the words of a git command that runs the program, `shown` does
    more to show it.
    """

    name: str
    config: Mapping[str, str] = field(default_factory=dict)
    attributes: str = ""
    plain: tuple[str, ...] = ()
    stdin: bytes | None = None
    plant: Callable[[Mine, str], object] | None = None
    shown: Callable[[Mine], object] | None = None
    variables: Callable[[Mine, str], Mapping[str, str]] | None = None
    terminal: bool = False

    def lay(self, mine: Mine) -> dict[str, str]:
        """Plant it; return the variables that belong to it."""
        program = mine.program(self.name)
        for key, value in self.config.items():
            mine.world.git("config", "--add", key, value.replace("{}", program))
        if self.attributes:
            with (mine.world.root / ".gitattributes").open("a") as file:
                file.write(f"{self.attributes}\n")
        if self.plant:
            self.plant(mine, program)
        return dict(self.variables(mine, program)) if self.variables else {}

    def spring(self, mine: Mine, variables: Mapping[str, str]) -> None:
        """Do with plain git what runs the program."""
        for name in ("notes.txt", "a.bin", "b.bin"):
            if (file := mine.world.root / name).exists():
                os.utime(file, (1, 1))  # so that git looks into it
        if self.shown:
            self.shown(mine)
        if self.plain:
            _git(mine.world, self.plain, self.stdin, variables, terminal=self.terminal)


def _git(
    world: World, words: tuple[str, ...], stdin: bytes | None, variables: Mapping[str, str], *, terminal: bool
) -> None:
    environment = {**os.environ, "GIT_TERMINAL_PROMPT": "0", **variables}
    if terminal:
        ours, theirs = os.openpty()
        environment["TERM"] = "xterm"
        subprocess.run(
            ["git", *words], cwd=world.root, env=environment, stdin=subprocess.DEVNULL, stdout=theirs, check=False
        )
        os.close(theirs)
        os.close(ours)
        return
    subprocess.run(
        ["git", *words],
        cwd=world.root,
        input=stdin or b"",
        env=environment,
        capture_output=True,
        check=False,
        timeout=60,
    )


def _hooks(mine: Mine, folder: Path, program: str) -> None:
    folder.mkdir(exist_ok=True)
    for hook in (
        *("pre-commit", "prepare-commit-msg", "commit-msg", "post-commit", "post-checkout", "pre-auto-gc"),
        *("post-index-change", "reference-transaction", "post-rewrite", "pre-merge-commit", "post-merge"),
    ):
        (folder / hook).symlink_to(program)


def _hooks_path(mine: Mine, program: str) -> None:
    folder = mine.world.base / "hooks"
    _hooks(mine, folder, program)
    mine.world.git("config", "core.hooksPath", str(folder))


def _included(mine: Mine, program: str) -> None:
    (mine.world.root / "settings.inc").write_text(f"[core]\n\tfsmonitor = {program}\n")


def _merge(mine: Mine) -> None:
    world = mine.world
    world.commit()
    for branch, text in (("other", b"a\n"), ("main", b"b\n")):
        world.git("checkout", "-q", "-B", branch, "main")
        world.commit({"notes.txt": text})
        if branch == "other":
            world.git("checkout", "-q", "-B", "main", "HEAD^")


def _alternate(mine: Mine, program: str) -> None:
    mine.world.git("clone", "-q", "--bare", ".", str(mine.world.base / "alternate.git"))
    objects = mine.world.base / "alternate.git" / "objects"
    mine.world.write(".git/objects/info/alternates", f"{objects}\n")


def _gone(mine: Mine) -> None:
    (mine.world.root / "notes.txt").unlink()


def _by_environment(mine: Mine, program: str) -> dict[str, str]:
    return {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.fsmonitor", "GIT_CONFIG_VALUE_0": program}


def _of_a_hook(mine: Mine, program: str) -> dict[str, str]:
    """What a hook of another repository finds in its environment (githooks(5))."""
    other = mine.world.base / "other"
    if not other.exists():
        subprocess.run(["git", "init", "-q", "--template=", str(other)], check=True)
    names = {"GIT_DIR": ".git", "GIT_INDEX_FILE": ".git/index", "GIT_WORK_TREE": "."}
    return {name: str(other / where) for name, where in names.items()} | {
        "GIT_PREFIX": "sub/",
        "GIT_CONFIG_PARAMETERS": f"'core.fsmonitor'='{program}'",
    }


_CREDENTIAL = b"protocol=https\nhost=example.invalid\n\n"
_COMMIT = ("commit", "--quiet", "--allow-empty", "-m", "x")
_PROMISOR = {
    "core.repositoryFormatVersion": "1",
    "extensions.partialClone": "origin",
    "remote.origin.promisor": "true",
    "protocol.ext.allow": "always",
}

SETTINGS: tuple[Setting, ...] = (
    Setting("fsmonitor", {"core.fsmonitor": "{}"}, plain=("status",)),
    Setting("hooksPath", plant=_hooks_path, plain=_COMMIT),
    Setting("hooks", plant=lambda mine, run: _hooks(mine, mine.world.root / ".git/hooks", run), plain=_COMMIT),
    Setting("clean", {"filter.clean.clean": "{}"}, "notes.txt filter=clean", ("status",)),
    Setting(
        "smudge",
        {"filter.smudge.smudge": "{}"},
        "notes.txt filter=smudge",
        ("checkout", "--", "notes.txt"),
        shown=_gone,
    ),
    Setting("process", {"filter.process.process": "{}"}, "notes.txt filter=process", ("status",)),
    Setting("textconv", {"diff.textconv.textconv": "{}"}, "* diff=textconv", ("log", "-p")),
    Setting("diff-driver", {"diff.driver.command": "{}"}, "* diff=driver", ("diff", "HEAD", "--", "consolidate.toml")),
    Setting("external-diff", {"diff.external": "{}"}, plain=("diff", "HEAD", "--", "consolidate.toml")),
    Setting("gpg", {"gpg.program": "{}"}, plain=(*_COMMIT, "-S")),
    Setting("gpg-ssh", {"gpg.ssh.program": "{}", "gpg.format": "ssh", "user.signingKey": "/k"}, plain=(*_COMMIT, "-S")),
    Setting("pager", {"core.pager": "{}"}, plain=("log",), terminal=True),
    Setting("pager-of-a-command", {"pager.log": "{}"}, plain=("log",), terminal=True),
    Setting("editor", {"core.editor": "{}"}, plain=("commit", "--allow-empty")),
    Setting("askpass", {"core.askPass": "{}"}, plain=("credential", "fill"), stdin=_CREDENTIAL),
    Setting("credential-helper", {"credential.helper": "{}"}, plain=("credential", "fill"), stdin=_CREDENTIAL),
    Setting("ssh", {"core.sshCommand": "{}"}, plain=("ls-remote", "ssh://example.invalid/x")),
    Setting("git-proxy", {"core.gitProxy": "{}"}, plain=("ls-remote", "git://example.invalid/x")),
    Setting("alias", {"alias.evil": "!{}", "alias.ls-tree": "!{}", "alias.cat-file": "!{}"}, plain=("evil",)),
    Setting("merge-driver", {"merge.evil.driver": "{}"}, "* merge=evil", ("merge", "other"), shown=_merge),
    Setting(
        "alternate-refs",
        {"core.alternateRefsCommand": "{}"},
        plant=_alternate,
        plain=("rev-list", "--alternate-refs", "HEAD"),
    ),
    Setting("promisor", {**_PROMISOR, "remote.origin.url": "ext::{}"}, plain=("cat-file", "-p", ABSENT)),
    Setting("include", {"include.path": "../settings.inc"}, plant=_included, plain=("status",)),
    Setting("includeIf", {"includeIf.onbranch:**.path": "../settings.inc"}, plant=_included, plain=("status",)),
    Setting("trailer", {"trailer.evil.command": "{}"}, plain=("interpret-trailers", "--trailer", "evil=x"), stdin=b"x"),
    Setting("variables", variables=_by_environment, plain=("status",)),
    Setting("variables-of-a-hook", variables=_of_a_hook, plain=("status",)),
    Setting("GIT_EXTERNAL_DIFF", variables=lambda _, run: {"GIT_EXTERNAL_DIFF": run}, plain=("diff", "HEAD")),
    Setting("GIT_EDITOR", variables=lambda _, run: {"GIT_EDITOR": run}, plain=("commit", "--allow-empty")),
    Setting("GIT_PAGER", variables=lambda _, run: {"GIT_PAGER": run}, plain=("log",), terminal=True),
    Setting(
        "GIT_ASKPASS",
        variables=lambda _, run: {"GIT_ASKPASS": run},
        plain=("credential", "fill"),
        stdin=_CREDENTIAL,
    ),
    Setting(
        "GIT_SSH_COMMAND",
        variables=lambda _, run: {"GIT_SSH_COMMAND": run},
        plain=("ls-remote", "ssh://example.invalid/x"),
    ),
)
