from app.new.narrower import NewNarrower

made = NewNarrower('call')
