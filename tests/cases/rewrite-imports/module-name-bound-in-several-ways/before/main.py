from app import hub_in_try, in_try, star_of_hub, star_or_class, star_or_import

for module in hub_in_try, in_try, star_of_hub, star_or_class, star_or_import:
    print(module.made.run())
print(hub_in_try.again().run())
