from app.new.same import NewSame

held = [NewSame]
