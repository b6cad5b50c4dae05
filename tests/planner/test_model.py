"""Edits fit what they are made for, and object ids are git's own."""

import subprocess

import pytest

from planner.model import Edit, EditError, apply_edits, blob_id, decode, encode


def edit(start: int, old: str, new: str) -> Edit:
    return Edit(start, start + len(old.encode("utf-8", "surrogateescape")), old, new, "x")


def test_edits_are_made_in_their_order_and_leave_the_rest() -> None:
    edits = (edit(4, "e", "E"), edit(0, "ab", ""), edit(4, "", "+"), edit(6, "", "!"))
    assert apply_edits(b"abcdef", edits) == b"cd+Ef!"
    assert apply_edits(b"\xff\xe9x", (edit(1, "\udce9", "é"),)) == b"\xff\xc3\xa9x"
    assert apply_edits(b"abc", ()) == b"abc"


@pytest.mark.parametrize(
    ("edits", "message"),
    [
        ((edit(0, "ab", "x"), edit(1, "b", "y")), "edits overlap at byte 1 of a.py"),
        ((edit(0, "b", "x"),), "byte 0 of a.py does not hold 'b'"),
        ((edit(2, "cd", "x"),), "byte 2 of a.py does not hold 'cd'"),
    ],
)
def test_an_edit_that_does_not_fit_is_an_error(edits: tuple[Edit, ...], message: str) -> None:
    with pytest.raises(EditError, match=message):
        apply_edits(b"abc", edits, "a.py")
    with pytest.raises(EditError, match="the file"):
        apply_edits(b"abc", edits)


@pytest.mark.parametrize("name", ["sha1", "sha256"])
@pytest.mark.parametrize("data", [b"", b"text\n", b"\x00\xff" * 99])
def test_object_ids_are_those_of_git(tmp_path, name: str, data: bytes) -> None:
    run = {"cwd": tmp_path, "capture_output": True, "check": True}
    subprocess.run(["git", "init", "-q", f"--object-format={name}"], **run)
    wanted = subprocess.run(["git", "hash-object", "--stdin"], input=data, **run).stdout.decode().strip()
    assert blob_id(data, wanted) == wanted
    assert blob_id(data) == blob_id(data, "0" * 40)


def test_text_gives_its_bytes_back() -> None:
    assert encode(decode(bytes(range(256)))) == bytes(range(256))
