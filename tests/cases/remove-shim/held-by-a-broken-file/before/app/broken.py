from app.old.legacy import OldEngine
print 'broken' +
