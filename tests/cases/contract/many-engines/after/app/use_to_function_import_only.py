from app.new.to_function import NewToFunction
