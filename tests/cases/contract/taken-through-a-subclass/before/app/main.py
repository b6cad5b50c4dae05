from app.takes import G, Plain, Other

print(G(1).run(), Plain(2).run(), Other.__name__)
