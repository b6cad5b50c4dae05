from app.new import New
from app.types import Kind
from app.takes import helper

made, kind = helper(1)
print(New(1).run(), New(2).run(), made.run(), kind, Kind.__name__)
