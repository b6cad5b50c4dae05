from app.old.legacy import OldEngine


def test_it():
    assert OldEngine
