from app.legacy import OldEngine

first = OldEngine(
    "r",  # the registry
    "b",
    # who
    user="u",  # trailing
)
second = OldEngine(
    "r",
    bridge="b"
)
third = OldEngine("r",
                  "b",)
fourth = OldEngine(
    registry="r",
)
fifth = OldEngine("r",
    # a remark before the keyword
    user="u",
)
print(first.show(), second.show(), third.show(), fourth.show(), fifth.show())
