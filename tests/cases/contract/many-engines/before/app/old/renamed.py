class OldRenamed:
    def __init__(self, name, /, size=1):
        self.name, self.size = name, size
