from app.old.legacy import OldEngine
import sys

print OldEngine('a').run()
exec 'x = 1'
