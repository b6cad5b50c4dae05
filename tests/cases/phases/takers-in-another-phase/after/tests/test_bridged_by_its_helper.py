from app.pool import capacity_of
from app.pool import Pool


def test_it():
    return capacity_of(Pool.create("x", 4))
