class Pool:
    size = 0

    def __init__(self, label, size):
        self.size, self.label = size, label

    @classmethod
    def create(cls, label, size):
        return cls(label, size)


def capacity_of(pool):
    return pool.size
