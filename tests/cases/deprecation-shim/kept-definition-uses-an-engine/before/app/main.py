from app.takes import G, Kind, Plain, helper

made, kind = helper(1)
print(G(1).run(), Plain(2).run(), made.run(), kind, Kind.__name__)
