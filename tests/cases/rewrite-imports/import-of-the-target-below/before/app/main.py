import os
from app.old.legacy import OldEngine
from app.context import Context
from app.engine import UserEngine
import sys

print(OldEngine("a").run(), UserEngine("b").run(), Context.user, os.sep, bool(sys.path))


def inside():
    from app.old.legacy import OldEngine, create_engine
    from app.engine import UserEngine
    return OldEngine("c").run(), create_engine("d").run(), UserEngine("e").run()


def used_between():
    from app.old.legacy import OldEngine
    first = OldEngine("f").run()
    from app.engine import UserEngine
    return first, UserEngine("g").run()


print(inside(), used_between())
