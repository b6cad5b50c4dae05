from app.old.forced import *


def go():
    return OldForced().stop()
