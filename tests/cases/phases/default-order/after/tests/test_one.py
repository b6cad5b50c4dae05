from app.engine import UserEngine


def test_it():
    assert UserEngine
