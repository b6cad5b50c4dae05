class UserEngine:
    def __init__(self, registry, bridge=None):
        self.registry, self.bridge = registry, bridge

    def show(self):
        return f"{self.registry} {self.bridge} nobody"
