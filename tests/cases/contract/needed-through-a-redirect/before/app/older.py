from app.old.legacy import OldEngine
