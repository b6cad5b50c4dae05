class Pool:
    def __init__(self, size):
        self.size = size

    @classmethod
    def create(cls, size):
        return cls(size)
