from app.new.wider import NewWider

made = NewWider('call')
