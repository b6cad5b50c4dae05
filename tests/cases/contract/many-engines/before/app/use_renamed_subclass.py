from app.old.renamed import OldRenamed


class Sub(OldRenamed):
    pass
