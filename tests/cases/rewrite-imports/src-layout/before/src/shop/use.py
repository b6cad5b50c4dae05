from .old.legacy import OldEngine

value = OldEngine('a').run()
