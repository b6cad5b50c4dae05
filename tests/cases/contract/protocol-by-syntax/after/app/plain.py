from typing import List

from app.engine import UserEngine


def first(numbers: List[int]) -> int:
    return sum([number for number in [1, 2, 3]]) + len("abc")


with open(__file__) as own:
    answer = UserEngine().run(), first([1]), 2 in (1, 2)
