from app.plain import Plain
from app.takes import G, helper

print(G(1).run(), Plain(2).run(), helper(3))
