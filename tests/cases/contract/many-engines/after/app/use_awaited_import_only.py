from app.new.awaited import new_awaited
