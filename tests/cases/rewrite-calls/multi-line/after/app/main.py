from app.engine import UserEngine

first = UserEngine.create(
    "r",  # the registry
    "b",
    # who
    user="u",  # trailing
)
second = UserEngine.create(
    "r",
    "b", user='nobody'
)
third = UserEngine.create("r",
                  "b", user='nobody',)
fourth = UserEngine.create(
    "r", None, user='nobody',
)
fifth = UserEngine.create("r",
    # a remark before the keyword
    None, user="u",
)
print(first.show(), second.show(), third.show(), fourth.show(), fifth.show())
