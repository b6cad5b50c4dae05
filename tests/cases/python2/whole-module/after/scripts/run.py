from app.tools import build
import app.tools

print build(1), app.tools.build(2)
