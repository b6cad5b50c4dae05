from app.new import New
from app.takes import helper

print(New(1).run(), New(2).run(), helper(3))
