from app.old.legacy import helper

print helper()
