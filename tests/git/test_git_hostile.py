"""A repository's own settings can name programs. None of them may run, whatever is done to the repository."""

from __future__ import annotations

import os
import subprocess

import pytest

from consolidate.errors import Refused
from tests.git.sandbox import grep

HOOKS = (
    "pre-commit",
    "post-commit",
    "post-checkout",
    "post-index-change",
    "reference-transaction",
    "commit-msg",
    "pre-auto-gc",
)


def _plant(sandbox, canary, tmp_path):
    """Point every setting that takes a program at one that makes the canary file."""
    script = tmp_path / "evil"
    script.write_text(f"#!/bin/sh\necho \"$0 $*\" >> '{canary}'\ncat\n")
    script.chmod(0o755)
    hooks = tmp_path / "hooks"
    for folder in (hooks, sandbox.root / ".git" / "hooks"):
        folder.mkdir(exist_ok=True)
        for hook in HOOKS:
            (folder / hook).unlink(missing_ok=True)
            (folder / hook).symlink_to(script)
    program = str(script)
    for key, value in {
        "core.fsmonitor": program,
        "core.hooksPath": str(hooks),
        "filter.evil.clean": program,
        "filter.evil.smudge": program,
        "filter.evil.process": program,
        "filter.evil.required": "true",
        "diff.evil.textconv": program,
        "diff.evil.command": program,
        "diff.external": program,
        "merge.evil.driver": program,
        "gpg.program": program,
        "commit.gpgSign": "true",
        "log.showSignature": "true",
        "core.sshCommand": program,
        "core.pager": program,
        "core.editor": program,
        "core.askPass": program,
        "credential.helper": program,
        "core.alternateRefsCommand": program,
        "alias.ls-tree": f"!{program}",
        "alias.cat-file": f"!{program}",
        "uploadpack.packObjectsHook": program,
        "remote.origin.url": f"ext::{program}",
        "remote.origin.promisor": "true",
        "extensions.partialClone": "origin",
        "protocol.ext.allow": "always",
        "core.repositoryFormatVersion": "1",
    }.items():
        sandbox.git("config", key, value)
    (sandbox.root / ".git" / "info").mkdir(exist_ok=True)
    sandbox.write(".git/info/attributes", b"* diff=evil merge=evil\nother.py filter=evil\n")


@pytest.fixture
def canary(sandbox, tmp_path):
    file = tmp_path / "canary"
    _plant(sandbox, file, tmp_path)
    return file


def test_plain_git_would_run_them(sandbox, canary):
    subprocess.run(["git", "status"], cwd=sandbox.root, capture_output=True, check=False)
    assert canary.exists()


def test_nothing_that_the_repository_brings_along_is_run(sandbox, canary, phase, monkeypatch):
    for name in ("GIT_EXTERNAL_DIFF", "GIT_PAGER", "GIT_EDITOR", "GIT_SSH_COMMAND", "GIT_ASKPASS"):
        monkeypatch.setenv(name, str(canary.with_name("evil")))
    # The repository may wish for signatures, but not say which program makes them: the user's own does.
    signer = canary.with_name("signer")
    signer.write_text("#!/bin/sh\ncat >/dev/null\nprintf '[GNUPG:] SIG_CREATED \\n' >&2\necho signature\n")
    signer.chmod(0o755)
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "gpg.program")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", str(signer))
    sandbox_writes = sandbox.root / "other.py"
    sandbox_writes.write_bytes(b"dirty\n")
    os.utime(sandbox_writes, (1, 1))
    with sandbox.open() as repository:
        head = repository.resolve("HEAD")
        repository.tree_id("main")
        repository.head_branch()
        ids = [entry.blob for entry in repository.entries(head)]
        assert repository.begin_missing([*ids, "1" * 40])() == {"1" * 40}
        assert len(list(repository.read_blobs([*ids, "1" * 40]))) == len(ids) + 1
        assert grep(repository, head, [b"old"])
        assert len(list(repository.log())) == 1
        repository.changed_files(head)
    changes = sandbox.changes(phase)
    with sandbox.open() as repository:
        repository.check(changes, expected_head=head)
        commit = repository.apply(changes, expected_head=head)
        repository.revert_changes([commit])
        repository.revert([commit], ["revert\n"], expected_head=commit)
        assert repository.tree_id("HEAD") == repository.tree_id(head)
        filtered = sandbox.changes({"other.py": b"x\n"})
        with pytest.raises(Refused) as caught:
            repository.apply(filtered, expected_head=repository.resolve("HEAD"))
    assert caught.value.code == "filtered"
    if canary.exists():
        # The helpers of this test run git themselves.
        pytest.fail(canary.read_text())
