from app.new import make
from app.older import Old, make

print(Old().run(), make().run())
