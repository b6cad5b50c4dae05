from app.new import New
from app.plain import helper

print(New(1).run(), helper())
