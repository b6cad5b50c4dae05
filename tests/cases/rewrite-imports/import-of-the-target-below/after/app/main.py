import os
from app.context import Context
from app.engine import UserEngine
import sys

print(UserEngine("a").run(), UserEngine("b").run(), Context.user, os.sep, bool(sys.path))


def inside():
    from app.factory import make_engine
    from app.engine import UserEngine
    return UserEngine("c").run(), make_engine("d").run(), UserEngine("e").run()


def used_between():
    from app.engine import UserEngine
    first = UserEngine("f").run()
    from app.engine import UserEngine
    return first, UserEngine("g").run()


print(inside(), used_between())
