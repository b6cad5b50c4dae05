from app.new import New
from app.new import make

print(New().run(), make().run())
