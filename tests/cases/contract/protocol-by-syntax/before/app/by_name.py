from app.old.legacy import OldEngine

answer = OldEngine().__len__()
