from app.bridged import limit
from app.pool import Pool


def test_it():
    return limit(Pool.create("x", 4))
