print(b"app.old.legacy.OldEngine", rb"OldEngine")
