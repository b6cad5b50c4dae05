"""Reading a repository: finding it, its commits, their files."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from consolidate.errors import UsageProblem
from consolidate.gitstep.fresh import create_repository
from consolidate.gitstep.log import parse_commit
from consolidate.repository import Repository
from tests.git.sandbox import grep

# From printable to what only a hostile repository has.
NAMES = (
    "plain.py",
    "with blank.py",
    'quo"te.py',
    "new\nline.py",
    "-dash.py",
    ":(glob)*.py",
    "HEAD:x.py",
    "caf\udce9.py",
    "ünï.py",
)


def test_opens_from_any_folder_below_the_root(sandbox):
    for start in (sandbox.root, sandbox.root / "pkg" / "deep"):
        with Repository.open(start) as repository:
            assert repository.root == sandbox.root.resolve()
            assert repository.git_dir == repository.common_dir == sandbox.root.resolve() / ".git"
            assert repository.head_branch() == "main"


def test_ignores_a_git_dir_left_in_the_environment_by_a_hook(sandbox, tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "nowhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "nowhere" / "index"))
    with sandbox.open() as repository:
        assert repository.root == sandbox.root.resolve()


@pytest.mark.parametrize("variable", ["GIT_LITERAL_PATHSPECS", "GIT_ICASE_PATHSPECS"])
def test_no_variable_changes_what_a_path_means(sandbox, monkeypatch, variable):
    commit = sandbox.commit({"A.py": b"1\n"})
    sandbox.commit({"a.py": b"2\n"})
    monkeypatch.setenv(variable, "1")
    with sandbox.open() as repository:
        assert repository.last_change("A.py") == commit


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda folder: None, "not a git repository"),
        (lambda folder: folder.rmdir(), "no such folder"),
        (lambda folder: subprocess.run(["git", "init", "-q", "--bare", folder], check=True), "bare repository"),
    ],
)
def test_says_in_one_line_that_there_is_no_work_tree(tmp_path, make, says):
    folder = tmp_path / "x"
    folder.mkdir()
    make(folder)
    with pytest.raises(UsageProblem, match=says) as caught:
        Repository.open(folder)
    assert caught.value.exit_code == 2
    assert "\n" not in str(caught.value)


def test_a_git_directory_is_no_work_tree(sandbox):
    with pytest.raises(UsageProblem, match="not a work tree"):
        Repository.open(sandbox.root / ".git" / "refs")


def test_a_repository_without_a_commit_says_so(tmp_path):
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    with Repository.open(tmp_path) as repository:
        assert repository.head_branch() == "main"
        with pytest.raises(UsageProblem, match="no commit yet"):
            repository.resolve("HEAD")


@pytest.mark.parametrize(
    "rev", ["", "-h", "--all", "nope", "HEAD..HEAD", "HEAD:a.py", "x\0y", "--output=/tmp/x", "^HEAD"]
)
def test_a_revision_that_names_no_commit_is_a_usage_problem(sandbox, rev):
    with sandbox.open() as repository, pytest.raises(UsageProblem):
        repository.resolve(rev)


def test_resolves_branches_tags_and_short_ids(sandbox):
    sandbox.git("tag", "-a", "v1", "-m", "v1")
    sandbox.git("update-ref", "refs/heads/-dash", "HEAD")
    head = sandbox.head()
    with sandbox.open() as repository:
        assert {repository.resolve(rev) for rev in ("HEAD", "main", "v1", head[:8], "-dash", head)} == {head}
        assert repository.tree_id("v1") == sandbox.git("rev-parse", "HEAD^{tree}")


def test_lists_links_submodules_and_hostile_names(sandbox):
    (sandbox.root / "link").symlink_to("a.py")
    for name in NAMES:
        sandbox.write(name, name.encode("utf-8", "surrogateescape"))
    sandbox.git("add", "--all")
    sandbox.git("update-index", "--add", "--cacheinfo", f"160000,{sandbox.head()},module")
    sandbox.git("commit", "-q", "-m", "names")
    with sandbox.open() as repository:
        entries = {entry.path: entry for entry in repository.entries("HEAD")}
        assert set(NAMES) < entries.keys()
        assert (entries["link"].mode, entries["module"].mode, entries["tool.sh"].mode) == ("120000", "160000", "100755")
        found = dict(repository.read_blobs([entries[name].blob for name in NAMES]))
        assert [found[entries[name].blob] for name in NAMES] == [
            name.encode("utf-8", "surrogateescape") for name in NAMES
        ]
        assert grep(repository, "HEAD", [b".py"]) >= set(NAMES)


def test_reads_more_than_a_pipe_holds_in_the_order_asked(sandbox):
    contents = [bytes([number % 256]) * (number * 37) for number in range(300)]
    sandbox.commit({f"many/{number}": data for number, data in enumerate(contents)})
    with sandbox.open() as repository:
        blobs = {entry.path: entry.blob for entry in repository.entries("HEAD")}
        ids = [blobs[f"many/{number}"] for number in reversed(range(300))] * 10
        assert [data for _, data in repository.read_blobs(ids)] == list(reversed(contents)) * 10
        assert repository.begin_missing(ids)() == frozenset()


def test_a_reader_that_stops_early_leaves_no_process(sandbox):
    sandbox.commit({"big": b"x" * 5_000_000})
    with sandbox.open() as repository:
        blob = next(entry.blob for entry in repository.entries("HEAD") if entry.path == "big")
        reader = repository.read_blobs([blob] * 50)
        assert next(reader)[0] == blob
        reader.close()
        assert repository.resolve("HEAD") == sandbox.head()


def _lose(sandbox, path: str) -> str:
    blob = sandbox.git("rev-parse", f"HEAD:{path}")
    (sandbox.root / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    return blob


def test_copes_with_missing_blobs(sandbox):
    lost = _lose(sandbox, "other.py")
    with sandbox.open() as repository:
        ids = [entry.blob for entry in repository.entries("HEAD")]
        assert repository.begin_missing(ids)() == {lost}
        assert [blob for blob, data in repository.read_blobs(ids) if data is None] == [lost]
        assert grep(repository, "HEAD", [b"old"]) == {"a.py", "pkg/b.py", "tool.sh"}
        assert grep(repository, "HEAD", [b"nowhere to be found"]) == frozenset()


def test_never_fetches_in_a_partial_clone(sandbox, tmp_path):
    sandbox.git("config", "uploadpack.allowFilter", "true")
    url = f"file://{sandbox.root}"
    subprocess.run(["git", "clone", "-q", "--no-checkout", "--filter=blob:none", url, tmp_path / "partial"], check=True)
    with Repository.open(tmp_path / "partial") as repository:
        ids = [entry.blob for entry in repository.entries("HEAD")]
        assert all(data is None for _, data in repository.read_blobs(ids))
        assert repository.begin_missing(ids)() == set(ids)
        assert grep(repository, "HEAD", [b"old"]) == frozenset()
        assert repository.begin_missing(ids)() == set(ids)


def test_a_damaged_object_counts_as_missing(sandbox):
    blob = sandbox.git("rev-parse", "HEAD:a.py")
    file = sandbox.root / ".git" / "objects" / blob[:2] / blob[2:]
    file.chmod(0o644)
    file.write_bytes(b"garbage")
    other = sandbox.git("rev-parse", "HEAD:other.py")
    with sandbox.open() as repository:
        assert list(repository.read_blobs([blob, other])) == [(blob, None), (other, b"other\n")]


def test_grep_is_by_fixed_bytes_and_deaf_to_settings(sandbox):
    sandbox.commit({"b.bin": b"\0\0Old.Name\0", "c.py": b"OldXName\n", "d.txt": b"caf\xe9\n", "e.py": b"old.name\n"})
    for key, value in (
        ("grep.patternType", "perl"),
        ("grep.extendedRegexp", "true"),
        ("grep.lineNumber", "true"),
        ("grep.column", "true"),
        ("grep.fullName", "false"),
        ("color.ui", "always"),
        ("color.grep", "always"),
        ("submodule.recurse", "true"),
    ):
        sandbox.git("config", key, value)
    with Repository.open(sandbox.root / "pkg") as repository:
        assert grep(repository, "HEAD", [b"Old.Name"]) == {"b.bin"}
        assert grep(repository, "HEAD", [b"caf\xe9", b"XName"]) == {"c.py", "d.txt"}
        assert grep(repository, "HEAD", [b"from old"]) == {"pkg/b.py"}
        assert grep(repository, "HEAD", []) == frozenset()
        with pytest.raises(ValueError, match="one line"):
            grep(repository, "HEAD", [b"a\nb"])


def test_log_reads_records_and_their_trailers(sandbox):
    first = sandbox.head()
    sandbox.git(
        "-c",
        "user.name=Zoë",
        "commit",
        "-q",
        "--allow-empty",
        "--date=2024-02-03T04:05:06+05:30",
        "-m",
        "Subject\n\nBody: x\ny\n\nKey: value\nOther: 2",
    )
    with sandbox.open() as repository:
        newest, oldest = repository.log()
        assert (newest.id, newest.parents, oldest.id) == (sandbox.head(), (first,), first)
        assert (newest.author, newest.date, newest.subject) == ("Zoë", "2024-02-03T04:05:06+05:30", "Subject")
        assert newest.trailers == (("Key", "value"), ("Other", "2"))
        assert newest.tree == repository.tree_id("HEAD")
        assert [record.id for record in repository.log("HEAD", since=first)] == [newest.id]
        assert [record.id for record in repository.log(needles=("Key: v",))] == [newest.id]
        assert list(repository.log(needles=("Key: .",))) == []


def test_log_survives_commits_that_no_calendar_or_charset_has():
    raw = b"tree 1\nauthor x <y> 99999999999999 +9999\ncommitter x <y> 1 +0000\nencoding rot13\ngpgsig a\n b\n\nt\xff\n"
    record = parse_commit("1", raw)
    assert (record.author, record.date, record.subject, record.parents) == ("x", "99999999999999 +9999", "t\ufffd", ())


def test_changed_files_tells_both_sides(sandbox, phase):
    with sandbox.open() as repository:
        assert len(repository.changed_files("HEAD")) == 7  # a first commit creates all
    sandbox.apply(phase)
    with sandbox.open() as repository:
        changed = {delta.path: delta for delta in repository.changed_files("HEAD")}
    assert changed.keys() == phase.keys()
    assert changed["pkg/deep/gone.py"].new_blob == changed["pkg/deep/gone.py"].new_mode == ""
    assert changed["fresh/made/c.py"].old_blob == ""
    assert changed["tool.sh"].old_mode == changed["tool.sh"].new_mode == "100755"


def test_create_repository_keeps_every_byte(tmp_path, monkeypatch):
    excludes = tmp_path / "excludes"
    excludes.write_text("*.py\n")
    for number, (key, value) in enumerate(
        (("core.autocrlf", "true"), ("core.excludesFile", str(excludes)), ("init.defaultBranch", "x"))
    ):
        monkeypatch.setenv(f"GIT_CONFIG_KEY_{number}", key)
        monkeypatch.setenv(f"GIT_CONFIG_VALUE_{number}", value)
    monkeypatch.setenv("GIT_CONFIG_COUNT", "3")
    folder = tmp_path / "demo"
    (folder / "sub").mkdir(parents=True)
    files = {
        "crlf.py": b"a\r\nb\r\n",
        "sub/latin.py": b"\xe9",
        ".gitignore": b"*.pyc\n",
        "x.pyc": b"cache",
        ".gitattributes": b"* text=auto\n",
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    (folder / "run").write_bytes(b"#!/bin/sh\n")
    (folder / "run").chmod(0o755)
    commit = create_repository(folder, "first\n")
    monkeypatch.delenv("GIT_CONFIG_COUNT")
    with Repository.open(folder) as repository:
        assert repository.resolve("main") == commit
        entries = repository.entries(commit)
        assert {entry.path for entry in entries} == {*files, "run"} - {"x.pyc"}
        blobs = dict(repository.read_blobs([entry.blob for entry in entries]))
        assert {entry.path: blobs[entry.blob] for entry in entries if entry.path in files} == {
            name: data for name, data in files.items() if name != "x.pyc"
        }
        assert next(entry.mode for entry in entries if entry.path == "run") == "100755"
    assert next(iter(Repository.open(folder).log())).author == "consolidate demo"
    status = subprocess.run(["git", "status", "--porcelain"], cwd=folder, capture_output=True, check=True)
    assert status.stdout == b""
    with pytest.raises(UsageProblem, match="already"):
        create_repository(folder, "again\n")
    assert shutil.rmtree(folder) is None


def test_paths_in_errors_are_printable(tmp_path):
    with pytest.raises(UsageProblem) as caught:
        Repository.open(Path(tmp_path, "a\x1b[31m\n"))
    assert str(caught.value).isprintable()
