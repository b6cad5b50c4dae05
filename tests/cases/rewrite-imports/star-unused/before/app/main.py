from app.old.legacy import *

print("nothing of it")
