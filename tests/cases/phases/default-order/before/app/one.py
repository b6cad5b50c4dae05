from app.old.legacy import OldEngine

value = OldEngine('one').run()
