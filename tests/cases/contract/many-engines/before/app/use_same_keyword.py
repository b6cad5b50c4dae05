from app.old.same import OldSame


def made():
    return OldSame('k', deep=True), OldSame(name='k')
