from app.old.same import OldSame

shown = OldSame().name
