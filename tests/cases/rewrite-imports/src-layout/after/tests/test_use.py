from shop.engine import UserEngine


def test_it():
    assert UserEngine('a').run()
