from app.new.static import NewStatic

shown = NewStatic().name
