print 'no reference'
legacy = 1
