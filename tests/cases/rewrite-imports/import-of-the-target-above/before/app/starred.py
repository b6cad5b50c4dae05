from app.new import make
from app.stars import *
from app.older import Old, make

print(Old().run(), make().run())
