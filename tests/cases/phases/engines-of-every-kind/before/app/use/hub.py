from app.old.plain import Plain
from app.old.ruled import Ruled
from app.old import forced
import app.old.whole as whole

Alias = Plain
