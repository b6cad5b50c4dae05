from app.new import make
from app.stars import *
from app.new import New, make

print(New().run(), make().run())
