from app.old.forced import OldForced

made = OldForced('call')
