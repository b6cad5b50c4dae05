from app.pool import capacity_of
from app.starred_pool import made


def test_it():
    return capacity_of(made)
