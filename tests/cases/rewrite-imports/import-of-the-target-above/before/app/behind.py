from app.older import Old, make
from os.path import join as make
from app.new import make

print(Old().run(), make().run())
