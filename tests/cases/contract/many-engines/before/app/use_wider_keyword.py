from app.old.wider import OldWider


def made():
    return OldWider('k', deep=True), OldWider(name='k')
