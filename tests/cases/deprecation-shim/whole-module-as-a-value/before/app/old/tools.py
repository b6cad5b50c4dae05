LIMIT = 3


def build(n):
    return n * LIMIT
