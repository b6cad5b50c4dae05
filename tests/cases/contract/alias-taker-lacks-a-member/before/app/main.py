from app import hub
from app.hub import Engine as Local

print(Local("a").old_only(), hub.Engine("b").run(), hub.Other("c").run())
