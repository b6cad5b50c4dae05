from app.old.legacy import Ctx


class Context:
    user = "another"


print(Ctx.user, Context.user)
