import sys

import app.takes
from app.plain import Plain

print(sys.modules["app.takes"].G(left=1).left, Plain(left=2).left)
