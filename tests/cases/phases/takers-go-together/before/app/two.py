import app.giver

value = app.giver.OldEngine('two').run()
