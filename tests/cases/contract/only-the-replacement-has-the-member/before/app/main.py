from app import another_object, asks, asks_an_unknown, catches, expects, fails, fits, lists, misfits, only_imports

print(asks.answer, asks_an_unknown.answer, catches.answer(), expects.answer, fails.answer(), lists.answer)
print(another_object.answer, fits.answer, misfits.made, only_imports.close(1))
