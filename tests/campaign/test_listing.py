"""The list of a campaign: what a line may be, and that no line stops another."""

from pathlib import Path

import pytest

from consolidate.campaign.listing import Entry, read
from consolidate.errors import UsageProblem


def entries(folder: Path, text: bytes) -> tuple[Entry, ...]:
    file = folder / "repos.txt"
    file.write_bytes(text)
    return read(file)


@pytest.mark.parametrize(
    ("line", "name", "config"),
    [
        (b"../a", "../a", None),
        (b"  a/b \r", "a/b", None),
        (b"'a b'  # two words", "a b", None),
        (b"a\\ b", "a b", None),
        (b"a#b", "a#b", None),
        (b"'#a'", "#a", None),
        (b"a --config c.toml", "a", "c.toml"),
        (b"a '--config=x y.toml' #", "a", "x y.toml"),
        (b"/abs --config /c.toml", "/abs", "/c.toml"),
        ("caf\u00e9".encode(), "caf\u00e9", None),
        (b"caf\xe9", "caf\udce9", None),
    ],
)
def test_a_line_is_a_path_and_perhaps_a_configuration(tmp_path, line, name, config):
    [entry] = entries(tmp_path, b"\xef\xbb\xbf# a comment\n\n" + line + b"\n")
    assert (entry.line, entry.name, entry.problem) == (3, name, "")
    assert entry.path == tmp_path / name
    assert entry.config == (tmp_path / config if config else None)


@pytest.mark.parametrize("line", [b"a b", b"a --config", b"a --confg c", b"a --config c d", b"'a", b"a --config=c d"])
def test_a_wrong_line_is_an_entry_with_its_problem(tmp_path, line):
    first, wrong, last = entries(tmp_path, b"x\n" + line + b"\ny\n")
    assert (first.problem, last.problem) == ("", "")
    assert wrong.line == 2
    assert "; line 2; " in wrong.problem


def test_what_is_listed_twice_is_told_from_the_first(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").symlink_to("a")
    assert [entry.problem for entry in entries(tmp_path, b"a\nb\n./a\n")] == [
        "",
        "it is the repository of line 1",
        "it is the repository of line 1",
    ]


def test_folders_are_told_apart_and_their_names_are_harmless(tmp_path):
    first, second = entries(tmp_path, b"x/a\n'y/a'\n")
    assert first.folder != second.folder
    [odd] = entries(tmp_path, b"'caf\xc3\xa9 \xff;..'\n")
    assert odd.folder.rpartition("-")[0] == "caf____.."


@pytest.mark.parametrize("text", [b"", b"# nothing\n\n"])
def test_a_list_that_names_nothing_is_refused(tmp_path, text):
    with pytest.raises(UsageProblem, match="names no repository"):
        entries(tmp_path, text)


def test_a_list_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(UsageProblem, match="cannot be read"):
        read(tmp_path / "none.txt")
