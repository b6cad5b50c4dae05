from app.old.same import OldSame

held = [OldSame]
