from app.old.legacy import OldEngine as Handed
