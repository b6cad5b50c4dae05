from app import asks_in, by_name, calls, indexes, loops, plain, sizes, with_it

print(asks_in.answer, by_name.answer, calls.answer, indexes.answer)
print(loops.answer, plain.answer, sizes.answer, with_it.answer)
