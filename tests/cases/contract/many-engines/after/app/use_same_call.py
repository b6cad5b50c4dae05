from app.new.same import NewSame

made = NewSame('call')
