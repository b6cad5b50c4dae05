from app.old.legacy import OldEngine, OldError

made = OldEngine("renamed")
