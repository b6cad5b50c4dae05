from app.takes import G, helper

print(G(1).run(), helper())
