from collections import Counter
from unittest.mock import MagicMock

from app.old.legacy import OldEngine


class Factory:
    def create(self, registry):
        return registry

    def twice(self):
        return [self.create(1), getattr(self, "create")(2)]


class Holder:
    def __init__(self):
        self.factory = Factory()

    def create_one(self):
        return self.factory.create(registry=3)


mock = MagicMock()
made = mock.create(registry=4), hasattr(Counter(), "create"), dir(Factory())
answer = OldEngine().run(), Factory().twice(), Holder().create_one()
