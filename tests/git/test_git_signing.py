"""Commits are signed where the user's git signs, by programs that the user names and never by one of the repository."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from consolidate.errors import Refused

SIGN = r"""#!/bin/sh
echo "$0 $*" >> '{log}'
cat >/dev/null
printf '\n[GNUPG:] SIG_CREATED \n' >&2
echo made by {name}
"""


def program(folder: Path, name: str) -> Path:
    """Write a signing program that signs everything, and logs that it ran."""
    file = folder / name
    file.write_text(SIGN.format(log=folder / f"{name}.log", name=name))
    file.chmod(0o755)
    return file


@pytest.fixture
def user(tmp_path, monkeypatch) -> Path:
    """Return the user's own configuration file, with an identity."""
    file = tmp_path / "user.gitconfig"
    file.write_text("[user]\n\tname = A\n\temail = a@b.invalid\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(file))
    return file


def _set(file: Path, **settings: str) -> None:
    for key, value in settings.items():
        subprocess.run(["git", "config", "--file", file, key.replace("_", "."), value], check=True)


def _signature(sandbox) -> str:
    commit = sandbox.git("cat-file", "commit", "HEAD")
    return commit.partition("gpgsig ")[2].partition("\n\n")[0] if "gpgsig " in commit else ""


def test_nothing_is_signed_unless_git_signs(sandbox, phase, user, tmp_path):
    _set(user, gpg_program=str(program(tmp_path, "mine")))
    sandbox.apply(phase)
    assert _signature(sandbox) == ""
    assert not (tmp_path / "mine.log").exists()


def test_apply_and_revert_sign_with_the_users_program_and_key(sandbox, phase, user, tmp_path):
    _set(user, gpg_program=str(program(tmp_path, "mine")), commit_gpgSign="true", user_signingKey="KEY")
    commit = sandbox.apply(phase)
    assert "made by mine" in _signature(sandbox)
    assert "-bsau KEY" in (tmp_path / "mine.log").read_text()
    with sandbox.open() as repository:
        repository.revert([commit], ["revert\n"], expected_head=commit)
    assert "made by mine" in _signature(sandbox)


@pytest.mark.parametrize("key", ["gpg.program", "gpg.openpgp.program", "gpg.ssh.program", "gpg.ssh.defaultKeyCommand"])
@pytest.mark.parametrize("where", ["local", "include", "worktree"])
def test_a_program_of_the_repository_never_runs(sandbox, phase, user, tmp_path, key, where):
    evil = program(tmp_path, "evil")
    mine = program(tmp_path, "mine")
    _set(user, gpg_program=str(mine), gpg_ssh_program=str(mine))
    sandbox.git("config", "commit.gpgSign", "true")
    if where == "include":
        _set(tmp_path / "included", **{key.replace(".", "_"): str(evil)})
        sandbox.git("config", "include.path", str(tmp_path / "included"))
    else:
        sandbox.git("config", "extensions.worktreeConfig", "true")
        sandbox.git("config", f"--{where}", key, str(evil))
    before = sandbox.state()
    if "ssh" in key:
        if key == "gpg.ssh.program":
            sandbox.git("config", "user.signingKey", str(mine))
        sandbox.git("config", "gpg.format", "ssh")
        with pytest.raises(Refused, match="cannot be signed") as caught:
            sandbox.apply(phase)
        assert (caught.value.code, caught.value.exit_code) == ("signing", 3)
        assert "is never run" in caught.value.hint
        assert sandbox.state() == before
    else:
        sandbox.apply(phase)
        assert "made by mine" in _signature(sandbox)
    assert not (tmp_path / "evil.log").exists()
    subprocess.run(["git", "commit", "-q", "--allow-empty", "-m", "x"], cwd=sandbox.root, check=False)
    assert (tmp_path / "evil.log").exists(), "plain git would have run it"


def test_the_last_of_the_users_settings_counts(sandbox, phase, user, tmp_path, monkeypatch):
    _set(user, commit_gpgSign="true", gpg_program="false")
    _set(user, gpg_openpgp_program=str(program(tmp_path, "mine")))
    sandbox.apply(phase)
    assert "made by mine" in _signature(sandbox)
    sandbox.git("reset", "--quiet", "--hard", "HEAD^")
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "gpg.program")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", str(program(tmp_path, "environment")))
    sandbox.apply(phase)
    assert "made by environment" in _signature(sandbox)


@pytest.mark.parametrize("wrong", [{"gpg_program": "false"}, {"gpg_format": "wax"}, {"commit_gpgSign": "perhaps"}])
def test_a_failing_signature_refuses_with_nothing_touched(sandbox, phase, user, wrong):
    _set(user, commit_gpgSign="true")
    _set(user, **wrong)
    changes = sandbox.changes(phase)
    before, head = sandbox.state(), sandbox.head()
    with sandbox.open() as repository:
        with pytest.raises(Refused, match="sign") as caught:
            repository.apply(changes, expected_head=head)
        assert repository.pending() is None
    assert (caught.value.code, caught.value.exit_code) == ("signing", 3)
    assert sandbox.state() == before


@pytest.mark.skipif(not shutil.which("ssh-keygen"), reason="no ssh-keygen")
def test_a_signature_by_ssh_is_good(sandbox, phase, user, tmp_path):
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    (tmp_path / "allowed").write_text(f"a@b.invalid {key.with_suffix('.pub').read_text()}")
    _set(user, commit_gpgSign="true", gpg_format="ssh", user_signingKey=str(key))
    sandbox.apply(phase)
    sandbox.git("-c", f"gpg.ssh.allowedSignersFile={tmp_path / 'allowed'}", "verify-commit", "HEAD")


@pytest.mark.skipif(not shutil.which("gpg"), reason="no gpg")
def test_a_signature_by_gpg_is_good(sandbox, phase, user, tmp_path, monkeypatch):
    home = Path("/tmp") / f"gpg-{tmp_path.parent.name[-12:]}"  # a socket lies in there: a short name
    home.mkdir(mode=0o700, exist_ok=True)
    monkeypatch.setenv("GNUPGHOME", str(home))
    make = ["gpg", "--batch", "--quiet", "--passphrase", "", "--quick-gen-key", "A <a@b.invalid>", "ed25519", "sign"]
    try:
        if subprocess.run(make, capture_output=True, check=False).returncode:
            pytest.skip("gpg makes no key here")
        _set(user, commit_gpgSign="true")
        sandbox.apply(phase)
        sandbox.git("verify-commit", "HEAD")
    finally:
        subprocess.run(["gpgconf", "--kill", "all"], check=False)
        shutil.rmtree(home, ignore_errors=True)
