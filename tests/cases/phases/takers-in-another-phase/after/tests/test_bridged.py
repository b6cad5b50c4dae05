from app.pool import Pool


def test_it():
    return Pool.create("é", 2).size
