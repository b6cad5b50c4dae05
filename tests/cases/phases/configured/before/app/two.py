from app.old.legacy import OldEngine

value = OldEngine('two').run()
name = 'app.old.legacy.OldEngine'
