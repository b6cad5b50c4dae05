from app.engine import UserEngine
import sys

print UserEngine('a').run()
exec 'x = 1'
