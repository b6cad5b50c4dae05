import app.old.legacy

print app.old.legacy.OldEngine('a'), app.old.legacy.create_engine('b')
