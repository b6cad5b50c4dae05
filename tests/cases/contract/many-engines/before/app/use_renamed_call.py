from app.old.renamed import OldRenamed

made = OldRenamed('call')
