from app.old.wider import OldWider

made = OldWider('call')
