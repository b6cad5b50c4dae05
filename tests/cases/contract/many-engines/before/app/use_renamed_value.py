from app.old.renamed import OldRenamed

held = [OldRenamed]
