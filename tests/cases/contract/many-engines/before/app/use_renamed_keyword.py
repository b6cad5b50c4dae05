from app.old.renamed import OldRenamed


def made():
    return OldRenamed('k', deep=True), OldRenamed(name='k')
