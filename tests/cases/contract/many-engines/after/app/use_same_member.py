from app.new.same import NewSame

shown = NewSame().name
