from app.old.same import OldSame

made = OldSame('call')
