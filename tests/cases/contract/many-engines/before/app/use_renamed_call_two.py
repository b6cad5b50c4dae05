from app.old.renamed import OldRenamed


def made():
    return OldRenamed('call', 2)
