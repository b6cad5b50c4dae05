from app.context import Context
import app.user as u

print(Context.user, u.Context.user)
