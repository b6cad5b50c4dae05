from app.new.static import NewStatic

name = NewStatic.name
