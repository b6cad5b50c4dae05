import app.old.tools
import app.old.tools as t
from app.old import tools
from app.old.tools import build, LIMIT

print(app.old.tools.build(1), t.LIMIT, tools.build(2), build(3), LIMIT)
