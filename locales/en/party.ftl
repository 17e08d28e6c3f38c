### Errors of people, organisations, teams, locations and services.

## Trees
error-tree-cycle = It cannot stand below itself
error-tree-tenant = It must stay within the same customer
error-tree-root = The top of a customer's tree cannot be moved
error-tree-deep = A tree has { $max } levels at most
error-tree-large = More than { $max } entries would move at once. Move its parts one by one

## Names and keys
error-key = Use small letters, digits, dots and dashes
error-domain = Enter mail domains such as example.com, one a line

## Persons
error-address = This does not look like an address that can be reached
error-login = Enter a name to sign in with
error-membership-dates = It ends before it begins
error-membership-tenant = Person and organisation belong to different customers
error-merge-self = Choose another person to merge with
error-merge-tenant = Persons of different customers cannot be merged
error-merge-done = One of the two was merged already
error-merge-none = This person was not merged
