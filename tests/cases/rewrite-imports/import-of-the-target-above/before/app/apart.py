from app.new import make
import os
from app.older import make, Old  # both

print(Old().run(), make().run(), os.sep)
