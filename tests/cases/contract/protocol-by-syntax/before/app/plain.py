from typing import List

from app.old.legacy import OldEngine


def first(numbers: List[int]) -> int:
    return sum([number for number in [1, 2, 3]]) + len("abc")


with open(__file__) as own:
    answer = OldEngine().run(), first([1]), 2 in (1, 2)
