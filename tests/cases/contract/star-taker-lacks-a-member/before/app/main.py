from app.api import *

print(OldEngine('a').extra())
