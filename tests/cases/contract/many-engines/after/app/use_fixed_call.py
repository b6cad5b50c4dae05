from app.new.fixed import NewFixed

made = NewFixed('call')
