# -*- coding: latin-1 -*-
ä = "ö"; from app.engine import UserEngine; print(UserEngine("é" + ä).run(), "ü"); print(UserEngine("x").run())
