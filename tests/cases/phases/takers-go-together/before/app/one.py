import app.giver

value = app.giver.OldEngine('one').run()
