import pytest

from consolidate.review.shape import LARGE, shape_of

IMPORT = ("from a.old import Old", "from a.new import New")


def same(one: tuple[str, str], other: tuple[str, str]) -> bool:
    return shape_of("c", "f", *one) == shape_of("c", "f", *other)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(("from x.y.z import Thing", "from q import Engine"), id="names"),
        pytest.param(("from a.old import (\n    Old,\n)", "from a.new import New"), id="parentheses"),
        pytest.param(("from a.old import (  # why\n    Old,  # this\n)", "from a.new import New"), id="comments"),
        pytest.param(("from a.old import \\\n    Old", "from a.new  import New"), id="blanks"),
    ],
)
def test_names_and_spelling_make_no_shape(other):
    assert same(IMPORT, other)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(("from a.old import Old as Old", "from a.new import New"), id="alias"),
        pytest.param(("from ..old import Old", "from a.new import New"), id="relative"),
        pytest.param(("from a.old import Old", "from a.new import Old"), id="a name that stays"),
        pytest.param(("from a.old import Old", ""), id="nothing after"),
        pytest.param(("from a.old import Old", "from a.new import New\nfrom a.new import More"), id="two statements"),
        pytest.param(("import a.old", "import a.new"), id="another statement"),
    ],
)
def test_what_is_done_makes_the_shape(other):
    assert not same(IMPORT, other)


def test_codemod_and_form_belong_to_it():
    shape = shape_of("c", "f", *IMPORT)
    assert shape != shape_of("d", "f", *IMPORT)
    assert shape != shape_of("c", "g", *IMPORT)
    assert len({shape.id, shape_of("d", "f", *IMPORT).id, shape_of("c", "f", *IMPORT).id}) == 2


def test_names_in_a_row_count_as_one_and_those_of_two_kinds_do_not():
    assert same(("Old(a, b)", "New.make(a, b)"), ("Old(a, b, c, d)", "New.make(a, b, c, d)"))
    assert not same(("Old(a)", "New.make(a)"), ("Old(a)", "New.make(a, None)"))
    assert not same(("Old(a, b)", "New(a, b)"), ("Old(a, b)", "New(a, c)"))


def test_it_reads_like_code():
    shape = shape_of("c", "f", "Old(a, b)", "New.make(a, b, None)")
    assert (shape.before, shape.after) == ("<old>(<same...>)", "<new>(<same...>, None)")
    shape = shape_of("c", "f", "from .old import (Old, x)", "from .new import New\nfrom .old import x")
    assert shape.before == "from .<same> import <old>, <same>"
    assert shape.after == "from .<new> import <new>; from .<same> import <same>"


def test_keywords_are_no_names():
    assert not same(("x = Old()", "x = New()"), ("x = Old()", "x = await New()"))


def test_a_large_text_has_no_shape_but_its_size():
    text = "\n".join(f"name_{n} = {n}" for n in range(500))
    assert shape_of("c", "", text, "").before == LARGE
    assert shape_of("c", "", text, "").after == ""
    assert shape_of("c", "", text, "x").after == LARGE
    assert shape_of("c", "", "", "a" * 10**6).after == LARGE


@pytest.mark.parametrize(
    "text", ["", "\udcff\x00", "((((", "))))", "'", "\\", "#", "from", "import (", "<old>", "\u2028"]
)
def test_any_text_has_one(text):
    assert shape_of("c", "f", text, "New").id.startswith("s")
