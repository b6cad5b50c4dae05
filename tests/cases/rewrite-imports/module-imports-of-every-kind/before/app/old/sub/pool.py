import os.path

from app.context import Context


class OldPool:
    def __init__(self, size, label="p"):
        self.size, self.label = size, label


def limit_of(pool):
    return pool.size


def internal():
    return os.path.sep, Context
