import sys
import app.old.legacy as module

print(sys.modules["app.old.legacy"].OldEngine("a").old_only())
