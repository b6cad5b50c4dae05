import app.wide_one
from app.old.legacy import OldEngine


def local():
    from app.old.legacy import OldError

    try:
        raise OldError
    except OldError:
        return OldEngine("narrow").run()
