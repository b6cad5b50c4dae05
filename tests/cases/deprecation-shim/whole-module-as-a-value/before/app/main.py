from app.old import tools

names = [tools]
print(names[0].build(2), getattr(tools, 'LIMIT'))
