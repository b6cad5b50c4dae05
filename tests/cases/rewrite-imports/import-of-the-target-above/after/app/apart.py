from app.new import make
import os
from app.new import make, New  # both

print(New().run(), make().run(), os.sep)
