from app.old.legacy import *

print OldEngine('a')
