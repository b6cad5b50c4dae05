class OldPool:
    def __init__(self, size, label="p"):
        self.size, self.label = size, label


def limit_of(pool):
    return pool.size
