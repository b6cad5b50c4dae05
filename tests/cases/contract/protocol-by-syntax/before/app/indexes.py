from app.old.legacy import OldEngine

answer = OldEngine()[0]
