from app.new.to_class import NewToClass
