from app.old.legacy import Ctx, OldEngine, os, context

print(Ctx.user, OldEngine().run(), os.sep, context.Context.user)
