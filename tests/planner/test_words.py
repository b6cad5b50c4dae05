"""Whole names in bytes, beside the regular expression that says what they are."""

import re

from hypothesis import example, given
from hypothesis import strategies as st

from planner.words import PART, WHOLE, Whole

NAMES = frozenset({"Old", "OldEngine", "old_engine"})
PATTERN = re.compile(rb"(?<![A-Za-z0-9_])(?:Old|OldEngine|old_engine)(?![A-Za-z0-9_])")


@given(st.lists(st.sampled_from([*NAMES, "My", "_", "2", ".", " ", "ä", "old"])).map("".join))
@example("MyOld Old")
@example("OldOld")
@example("Old")
def test_a_whole_name_is_one_between_what_is_no_letter_digit_or_underscore(text: str) -> None:
    data, whole = text.encode(), Whole(NAMES)
    part = any(name in text for name in NAMES)
    expected = WHOLE if PATTERN.search(data) else PART if part else 0
    assert whole.held(data) == expected
    assert whole.search(data) is (expected == WHOLE)
