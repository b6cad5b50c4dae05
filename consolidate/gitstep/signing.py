"""Signed commits, where the user's git signs: the wish may come from anywhere, the program only from the user.

`commit.gpgSign`, `gpg.format` and `user.signingKey` are data and are read as git reads them. What names a program
(`gpg.program`, `gpg.<format>.program`, `gpg.ssh.defaultKeyCommand`) counts only where the user wrote it: the system's
and the user's configuration with what they include, and GIT_CONFIG_*; never the repository's own (git-config(1),
"SCOPES").
"""

from __future__ import annotations

from msgspec import Struct

from consolidate.errors import Refused, printable
from consolidate.gitstep.port import Git, complaint
from consolidate.gitstep.settings import OPTIONS

# The settings that name a signing program, the one by which it is given here, and what git runs without them.
_PROGRAMS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("gpg.program", "gpg.openpgp.program"), "gpg"),
    (("gpg.ssh.program",), "ssh-keygen"),
    (("gpg.x509.program",), "gpgsm"),
    (("gpg.ssh.defaultkeycommand",), "false"),
)
_REPOSITORY = ("local", "worktree")


class Signing(Struct, frozen=True):
    """How commits are signed: the settings (`key=value`) for `commit-tree -S`, and settings that were not believed."""

    config: tuple[str, ...]
    ignored: tuple[str, ...] = ()

    def refusal(self, why: str) -> Refused:
        """Return the error for a signature that could not be made."""
        hint = "see if `git commit -S` works, or don't sign: `git config commit.gpgSign false`"
        if self.ignored:
            hint = f"the repository's own {self.ignored[0]} is never run, set it by `git config --global`"
        return Refused(f"the commit cannot be signed: {why}", hint=hint, code="signing")


def signing(git: Git) -> Signing | None:
    """Return how the user's git signs commits here, None where it doesn't. Raises Refused (`signing`)."""
    wish = git.run("config", "--type=bool", "--get", "commit.gpgSign")
    if wish.status not in (0, 1):
        raise Refused(f"git cannot tell if commits are signed: {complaint(wish)}", "commit.gpgSign", code="signing")
    if wish.stdout.strip() != b"true":
        return None
    mine, theirs = _programs(git)
    config = []
    for keys, default in _PROGRAMS:
        named = [(place, value) for key in keys for place, value in mine.get(key, ())]
        config.append(f"{keys[0]}={max(named)[1] if named else default}")
    return Signing(tuple(config), theirs)


def _programs(git: Git) -> tuple[dict[str, list[tuple[int, str]]], tuple[str, ...]]:
    """Return the user's settings that name programs, each with its place in the order of reading; the repository's."""
    listing = git.run("config", "-z", "--show-scope", "--get-regexp", r"^gpg\..*(program|command)$").stdout
    fields = listing.decode("utf-8", "surrogateescape").split("\0")[:-1]
    mine: dict[str, list[tuple[int, str]]] = {}
    theirs = set()
    for place, (scope, setting) in enumerate(zip(fields[::2], fields[1::2], strict=True)):
        key, _, value = setting.partition("\n")
        if scope in _REPOSITORY:
            theirs.add(printable(key))
        else:
            mine.setdefault(key, []).append((place, value))
    for option in OPTIONS:  # those by which no program runs elsewhere come last, as settings of the command line
        key, equals, _ = option.partition("=")
        if equals and mine.get(key):
            mine[key].pop()
    return mine, tuple(sorted(theirs))
