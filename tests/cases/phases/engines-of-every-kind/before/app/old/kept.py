import os
from json import dumps as dump

from app.old.plain import Plain

__all__ = ["Kept", "make", "keep_it", "dump"]
LIMIT = 3


class Kept:
    def __init__(self, name="default"):
        self.name = name


def make(name):
    return Kept(name)


def keep_it():
    return os.sep, LIMIT
