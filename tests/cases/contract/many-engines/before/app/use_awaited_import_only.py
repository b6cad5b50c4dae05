from app.old.awaited import old_awaited
