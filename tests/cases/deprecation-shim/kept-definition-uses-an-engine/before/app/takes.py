import os

from app.plain import Plain
from app.types import Kind


class G:
    def __init__(self, a=0):
        self.a = a

    def run(self):
        return Plain(self.a).run()


# What makes a plain one has no successor.
def helper(a):
    return Plain(a), Kind.__name__


def forgotten():
    return Plain(os.sep)
