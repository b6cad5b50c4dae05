# -*- coding: latin-1 -*-
ä = "ö"; from app.old.legacy import OldEngine; print(OldEngine("é" + ä).run(), "ü"); print(OldEngine("x").run())
