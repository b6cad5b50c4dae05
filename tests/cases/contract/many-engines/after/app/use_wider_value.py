from app.new.wider import NewWider

held = [NewWider]
