from app.legacy import OldEngine

given = ['r']
match OldEngine(*given):
    case OldEngine():
        print('matched')
