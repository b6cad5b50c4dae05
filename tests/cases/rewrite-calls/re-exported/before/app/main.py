from app.api import OldEngine
from app import api

print(OldEngine("a").show())
