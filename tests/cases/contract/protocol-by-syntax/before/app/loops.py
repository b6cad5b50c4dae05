from app.old.legacy import OldEngine

answer = [number for number in OldEngine()]
