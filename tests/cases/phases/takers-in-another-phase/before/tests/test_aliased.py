from app.aliased import Engine


def test_it():
    return Engine().run()
