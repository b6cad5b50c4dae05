from app.old.wider import OldWider

held = [OldWider]
