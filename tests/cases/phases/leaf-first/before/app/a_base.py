from app.old.legacy import OldEngine

value = OldEngine('base').run()
