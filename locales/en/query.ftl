# Mistakes in a filter: what is wrong at the marked place and how to write it.

filter-did-you-mean = Did you mean { $proposals }?

filter-too-long = The filter is longer than { $max } bytes. Remove a part or save it as two views
filter-too-many-terms = The filter has more than { $max } parts. Remove some
filter-too-deep = Parentheses are nested more than { $max } deep. Remove some
filter-unclosed-quote = A closing quotation mark is missing
filter-unclosed-group = A closing parenthesis is missing
filter-unexpected = “{ $value }” does not belong here. Remove it or put the text in quotation marks
filter-empty-group = There is nothing between the parentheses
filter-missing-term = OR needs a condition on both sides
filter-missing-value = Write a value after “{ $key }:”
filter-sort-place = Put sort: outside parentheses and without a dash before it

filter-unknown-key = There is no field “{ $key }”. To search for the text, put it in quotation marks
filter-unknown-flag = “{ $key }:” does not know “{ $value }”
filter-unknown-reference = No “{ $value }” was found
filter-bad-value = “{ $key }” has no value “{ $value }”
filter-bad-number = “{ $value }” is not a whole number. Write for example { $key }:>5
filter-bad-date = “{ $value }” is not a date. Write for example { $key }:2026-01-31, { $key }:today or { $key }:>-2d
filter-bad-duration = “{ $value }” is not a length of time. Write for example { $key }:<90m, { $key }:<4h or { $key }:>2d
filter-bad-range = The range ends before it starts. Swap its ends
filter-no-comparison = “{ $key }” cannot be compared. Write the value alone, without “{ $value }”
filter-not-sortable = A list cannot be sorted by “{ $key }”
filter-not-here = “{ $key }” cannot be used in this place
filter-no-text = Text cannot be searched here. Use a field, such as is:open
filter-needs-actor = “{ $value }” depends on who asks, and nobody does here. Name a person or a team
filter-unknown-zone = The time zone “{ $value }” is not known. Choose another in the preferences
