from app.legacy import OldEngine

given = ['r', 'b']
print(OldEngine(*given).show(), OldEngine('r').show(), isinstance(OldEngine('x'), OldEngine))
