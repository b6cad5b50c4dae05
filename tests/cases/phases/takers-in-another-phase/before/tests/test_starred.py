from app.starred import OldEngine


def test_it():
    return OldEngine().run()
