import pytest

from consolidate.verifying.compare import compare
from consolidate.verifying.junit import Case, Outcome


def _cases(**outcomes: str) -> dict[str, Case]:
    names = {name.replace("__", "[") + ("]" if "__" in name else ""): value for name, value in outcomes.items()}
    return {name: Case(name, Outcome(value), collected=not name.startswith("file")) for name, value in names.items()}


def _told(found) -> dict[str, list[str]]:
    groups = ("newly_failing", "gone", "flaky", "newly_passing", "new", "still_failing")
    told = {group: [case.name for case in getattr(found, group)] for group in groups}
    return {group: names for group, names in told.items() if names}


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("passed", "passed", {}),
        ("passed", "failed", {"newly_failing": ["t"]}),
        ("passed", "error", {"newly_failing": ["t"]}),
        ("skipped", "failed", {"newly_failing": ["t"]}),
        ("passed", "skipped", {"gone": ["t"]}),
        ("passed", None, {"gone": ["t"]}),
        ("failed", None, {"gone": ["t"]}),
        ("skipped", None, {}),
        ("error", None, {}),
        ("failed", "failed", {"still_failing": ["t"]}),
        ("failed", "error", {"still_failing": ["t"]}),
        ("failed", "passed", {"newly_passing": ["t"]}),
        ("failed", "skipped", {}),
        (None, "passed", {"new": ["t"]}),
        (None, "skipped", {"new": ["t"]}),
        (None, "failed", {"newly_failing": ["t"]}),
    ],
)
def test_every_transition(before, after, told):
    found = compare(_cases(t=before) if before else {}, _cases(t=after) if after else {})
    assert _told(found) == told
    assert bool(found.bad) == bool({"newly_failing", "gone"} & told.keys())


def test_a_file_that_is_collected_now_is_no_loss():
    assert _told(compare(_cases(file_x="skipped", file_y="error"), _cases(t="passed"))) == {"new": ["t"]}


def test_parameters_that_were_renamed_with_the_code_are_the_same_tests():
    found = compare(_cases(t__Old="passed", t__a="passed"), _cases(t__New="passed", t__a="passed"))
    assert _told(found) == {}
    assert [(old.name, new.name) for old, new in found.renamed] == [("t[Old]", "t[New]")]


def test_renamed_tests_must_be_as_many_and_not_worse():
    assert _told(compare(_cases(t__Old="passed", t__X="passed"), _cases(t__New="passed"))) == {
        "gone": ["t[Old]", "t[X]"],
        "new": ["t[New]"],
    }
    assert _told(compare(_cases(t__Old="passed"), _cases(t__New="failed"))) == {
        "gone": ["t[Old]"],
        "newly_failing": ["t[New]"],
    }
    assert _told(compare(_cases(t__Old="failed"), _cases(t__New="failed"))) == {}


def test_what_passes_in_one_repetition_is_flaky():
    before = _cases(a="passed", b="passed", c="passed")
    first = compare(before, _cases(a="failed", b="failed"))
    second = first.repeated(compare(before, _cases(a="failed", b="passed", c="passed")))
    assert _told(second) == {"newly_failing": ["a"], "flaky": ["b", "c"]}
    third = second.repeated(compare(before, _cases(a="passed", b="failed", c="passed")))
    assert _told(third) == {"flaky": ["a", "b", "c"]}
