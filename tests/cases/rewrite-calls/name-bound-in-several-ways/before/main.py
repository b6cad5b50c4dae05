from app import compared, in_try, star

print(compared.made.show(), in_try.made.show(), star.made.show())
