from app.context import Context
from app.engine import UserEngine
from app.old.legacy import os, context

print(Context.user, UserEngine().run(), os.sep, context.Context.user)
