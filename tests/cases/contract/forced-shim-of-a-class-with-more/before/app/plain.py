from app.old.legacy import OldEngine

made = OldEngine('p')
