from app.new import make
from os.path import join as make
from app.new import New, make

print(New().run(), make().run())
