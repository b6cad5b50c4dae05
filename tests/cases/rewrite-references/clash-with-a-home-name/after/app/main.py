from app.context import Context as Ctx


class Context:
    user = "another"


print(Ctx.user, Context.user)
