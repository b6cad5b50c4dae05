from app.new import make
from app.new import New

print(New().run(), make().run())
