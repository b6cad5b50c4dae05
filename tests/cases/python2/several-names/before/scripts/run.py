from app.old.legacy import OldEngine, Context
from app.old.legacy import create_engine as make

print OldEngine('a'), make('b'), Context
