from app.new import make
from os.path import join as make
from app.older import Old, make

print(Old().run(), make().run())
