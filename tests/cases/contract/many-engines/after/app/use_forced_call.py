from app.new.forced import NewForced

made = NewForced('call')
