from app.new.derived import NewDerived

made = NewDerived('call')
