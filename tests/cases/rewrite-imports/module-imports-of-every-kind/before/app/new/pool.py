class Pool:
    def __init__(self, size, label):
        self.size, self.label = size, label

    @classmethod
    def create(cls, *, label, size):
        return cls(size, label)


def capacity_of(pool):
    return pool.size
