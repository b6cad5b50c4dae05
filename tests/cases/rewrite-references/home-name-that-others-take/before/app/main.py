from app.user import Ctx
import app.user as u

print(Ctx.user, u.Ctx.user)
