from app.new import New
from app.takes import Other

print(New(1).run(), New(2).run(), Other.__name__)
