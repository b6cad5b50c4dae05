from app.bridged import Basin


def test_it():
    return Basin(2, "é").size
