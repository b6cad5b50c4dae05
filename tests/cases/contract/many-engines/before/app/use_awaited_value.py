from app.old.awaited import old_awaited

held = [old_awaited]
