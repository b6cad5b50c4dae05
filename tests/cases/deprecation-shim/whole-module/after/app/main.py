import app.tools
import app.tools as t
from app import tools
from app.tools import build, LIMIT

print(app.tools.build(1), t.LIMIT, tools.build(2), build(3), LIMIT)
