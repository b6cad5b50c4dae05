from app.new import New, make
from os.path import join as make
from app.new import make

print(New().run(), make().run())
