from app.old.to_class import old_to_class
