import app.old.legacy

made = app.old.legacy.OldEngine("n")
package = app.old
