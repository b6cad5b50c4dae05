from shop.old.legacy import OldEngine


def test_it():
    assert OldEngine('a').run()
