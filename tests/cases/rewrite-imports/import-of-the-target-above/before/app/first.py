from app.older import Old, make
from app.new import make

print(Old().run(), make().run())
