from consolidate.render.diff import FileDiff
from consolidate.review.rows import MOST, hunks, marked
from planner.model import Edit, apply_edits


def diff(old: bytes, *edits: Edit) -> FileDiff:
    return FileDiff("a.py", "100644", "1" * 40, "2" * 40, old, apply_edits(old, edits), edits)


def edit(old: bytes, text: bytes, new: str) -> Edit:
    start = old.index(text)
    return Edit(start, start + len(text), text.decode(), new, "c", old[:start].count(b"\n") + 1)


def sides(hunk) -> list[tuple[str | None, str | None]]:
    return [tuple(None if side is None else "".join(side) for side in (row.old, row.new)) for row in hunk.rows]


def test_a_hunk_is_the_changed_lines_with_three_around_them():
    old = b"".join(b"line %d\n" % n for n in range(1, 21))
    hunk = hunks(diff(old, edit(old, b"line 10", "new 10")))[0]
    assert (hunk.old_start, hunk.new_start) == (7, 7)
    assert [row.changed for row in hunk.rows] == [False, False, False, True, False, False, False]
    assert sides(hunk)[3] == ("line 10", "new 10")


def test_a_change_near_by_is_shown_as_one():
    old = b"a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n"
    found = hunks(diff(old, edit(old, b"b", "B\nB"), edit(old, b"d", ""), edit(old, b"j", "J")))
    assert ("d", "") in sides(found[0])
    assert ("c", "c") in sides(found[1])
    assert found[2].new_start == found[2].old_start + 1
    assert sides(found[2])[-1] == ("j", "J")


def test_edits_of_one_line_share_a_hunk():
    old = b"Old(Old)\n"
    found = hunks(diff(old, Edit(0, 3, "Old", "New", "c", 1), Edit(4, 7, "Old", "New", "c", 1)))
    assert found[0] is found[1]


def test_words_that_differ_are_marked():
    assert marked("x = Old(a)", "x = New(a)") == (("x = ", "Old", "(a)"), ("x = ", "New", "(a)"))
    assert marked("f(a)", "f(a, None)") == (("f(a)",), ("f(a", ", None", ")"))
    assert marked("Old", "New") == (("", "Old"), ("", "New"))


def test_lines_are_fit_to_be_shown():
    old = b"Old = '\xff\x1b\xe2\x80\xae\t'  # \x00\r\n"
    assert sides(hunks(diff(old, edit(old, b"Old", "New")))[0]) == [
        ("Old = '\\xff\\x1b\\u202e\t'  # \\x00", "New = '\\xff\\x1b\\u202e\t'  # \\x00")
    ]
    old = b"Old" + b"x" * 5000
    assert all(len(side) < 1100 for side in sides(hunks(diff(old, edit(old, b"Old", "New")))[0])[0])


def test_of_a_long_change_the_rest_is_counted():
    old = b"".join(b"line %d\n" % n for n in range(1000))
    hunk = hunks(diff(old, Edit(0, len(old), old.decode(), "short\n", "c", 1)))[0]
    assert len(hunk.rows) == MOST
    assert hunk.cut == 1000 - MOST


def test_files_that_come_and_go():
    gone = FileDiff("a.py", "100644", "1" * 40, "", b"a\n", None, (Edit(0, 2, "a\n", "", "c", 1),))
    assert sides(hunks(gone)[0]) == [("a", None)]
    assert hunks(FileDiff("a.py", "100644", "1" * 40, "", b"", None)) == {}
    assert sides(hunks(FileDiff("a.py", "100644", "", "1" * 40, None, b"a"))[0]) == [(None, "a")]
