from app.old.tools import build
import app.old.tools

print build(1), app.old.tools.build(2)
