import sys

import app.takes
from app.new import New

print(sys.modules["app.takes"].G(left=1).left, New(left=2).left)
