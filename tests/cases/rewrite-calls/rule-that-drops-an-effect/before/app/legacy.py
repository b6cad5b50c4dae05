class OldEngine:
    def __init__(self, registry, bridge=None, *, user="nobody"):
        self.registry, self.bridge, self.user = registry, bridge, user

    def show(self):
        return f"{self.registry} None {self.user}"
