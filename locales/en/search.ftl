### Search: the box at the top and the page of results.

search-title = Search
search-title-of = Search: { $text }
search-skip = Skip to results
search-hint = Words from tickets, messages and notes, names, numbers, phones, host names. Quotation marks keep words together, a minus leaves out, and filters such as is:open team:l1 narrow it down
search-kinds = Kinds
search-all = All
search-tickets = Tickets
search-people = People
search-organisations = Organisations
search-teams = Teams
search-services = Services
search-kind-ticket = Ticket
search-kind-person = Person
search-kind-organisation = Organisation
search-kind-team = Team
search-kind-service = Service
search-facets = Narrow down
search-facets-since = Counted among the newest: tickets changed since { $day }.
search-order = Order
search-order-best = Best match
search-order-updated = Last changed
search-order-created = Newest
search-inactive = Inactive
search-instead = Nothing found for “{ $typed }”. Showing results for “{ $meant }”
search-mostly = Nothing has all of these words. Showing what has most of them
search-full = Words were looked for in descriptions, messages, notes and reports, too
search-nothing = Nothing for “{ $text }”. Try fewer words
search-building = The search index is being made: { $percent } % done. Until then only numbers lead to their tickets
search-rebuilding = The search index is being made anew: { $percent } % done. What changed in the meantime may be missing

## Similar tickets
search-similar = Similar tickets
search-similar-show = Show similar tickets
search-similar-none = No similar tickets
search-similar-open = Open already
search-similar-solved = Solved before
search-answer = What solved it
search-back-ticket = Back to the ticket
