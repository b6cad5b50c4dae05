from app.legacy import OldEngine


class Special(OldEngine):
    def __init__(self, registry):
        super().__init__(registry, "special")


print(Special("a").show())
