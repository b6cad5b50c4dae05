import sys
from importlib import import_module
from unittest import mock

import app.before


def late():
    return sys.modules["app.before"].OldEngine


with mock.patch.object(import_module("app.before"), "OldEngine", int):
    print(late())
print(late().__name__ in ("OldEngine", "UserEngine"))
