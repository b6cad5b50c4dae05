from app.starred_pool import limit_of, made


def test_it():
    return limit_of(made)
