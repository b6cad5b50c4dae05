import app.starred_pool


def test_it():
    return app.starred_pool.made.size
