### The console of the agents.

## Lists
console-tickets = Tickets
console-skip-list = Skip to list
console-filter = Filter
console-filter-hint = Words, a number, or is:open team:l1
console-filter-add = Add a condition
console-filter-edit = Edit filter as text
console-columns = Columns
console-columns-narrow = A narrow window leaves columns out until you choose some here.
console-column-customer = Last from requester
console-density = Row height
console-density-comfortable = Comfortable
console-density-compact = Compact
console-density-dense = Dense
console-unread = Unread
console-mark-unread = Mark as unread
console-incomplete = Incomplete
console-unknown-caller = Unknown caller
console-nobody = Nobody
console-empty = No tickets match.
console-empty-desk = There are no tickets yet.
console-empty-remove = Remove:
console-all = All tickets
console-save-view = Save as view
console-view-edit = Edit view
console-views = All views
console-views-help = The order and what stands beside the tickets are yours alone.
console-view-new = New view
console-view-arrange = Order
console-view-pinned = In the column
console-view-pin = Put { $name } into the column
console-view-unpin = Take { $name } out of the column
console-move-up = Move { $name } up
console-move-down = Move { $name } down
console-view-order = Sorted by
console-sort-delivered = Last change, newest first
console-sort-rising = { $field }, ascending
console-sort-falling = { $field }, descending
console-view-count = Count again
console-view-holds = { $count_plural ->
    [one] It holds one ticket now.
   *[other] It holds { $count } tickets now.
}
console-view-holds-more = It holds more than { $count } tickets now.
console-view-broken = The filter of this view is not understood any more, so the view shows nothing.
console-view-name = Name
console-view-delete = Delete view
console-share = For whom
console-share-me = Only me
console-share-everyone = Everyone

## Ticket
console-back = Back to the list
console-skip-timeline = Skip to messages
console-skip-composer = Skip to answer
console-conversation = Conversation
console-show = Show
console-tab-all = All
console-tab-conversation = Conversation
console-tab-notes = Notes
console-tab-events = Events
console-nothing-here = Nothing here.
console-earlier = { $count_plural ->
    [one] { $count } earlier message
   *[other] { $count } earlier messages
}
console-event = { $who } · { $what }
console-event-more = { $count_plural ->
    [one] { $who } · { $what } and { $count } more change
   *[other] { $who } · { $what } and { $count } more changes
}
console-erased = The text was erased.
console-edit-title = Edit subject
console-take = Assign me
console-solve = Solve
console-solve-title = Solve this ticket
console-watch = Watch
console-unwatch = Stop watching
console-confide = Make confidential
console-lift = No longer confidential
console-confidential-help = Only the people named on it see it: no team, no role, no administrator.
console-about-help = They never see this ticket, whatever their role, and are not told.
console-confidential-is = Only the people named here see it, with requester and assignee.
console-unseal = Open a confidential ticket
console-unseal-help = Only the people named on a confidential ticket see it. If you must, you can be named on it. It stands in the timeline with your reason, and the requester reads it.
console-unseal-reason = Reason
console-unseal-reason-help = The requester reads this
console-why = Why can somebody see this?
console-why-person = Person
console-why-ask = Explain
console-choose = Choose
console-report-help = The requester reads this
console-then = Then set
console-then-keep = Keep status
console-send-and = Send and set: { $state }
console-by-matrix = by impact and urgency
console-conflict = Somebody changed this meanwhile. Which do you keep?
console-conflict-theirs = There now
console-conflict-mine = Yours
console-conflict-send = Your text is below. Send it again to keep yours.
console-keep-theirs = Keep theirs
console-keep-mine = Use mine
console-done-registered = The ticket is registered.
console-done-added = The call is added to this ticket.
console-done-changed = Saved: { $what }
console-done-undone = The change is taken back.
console-drafts = Drafts
console-draft = Draft
console-drafts-none = Nothing begun and not sent.
console-draft-gone = Ticket { $number }, which you no longer see
console-draft-request = New request
console-draft-other = Something else
console-draft-discard = Delete the draft: { $title }
console-merge = Merge with another ticket
console-merge-other = Which ticket?
console-merge-compare = Compare
console-merge-apart = They have different requesters. Each of them goes on reading only their own: the other one's messages are seen by the desk alone. What the desk answers from now on reaches both.
console-merge-help = The one that ends is cancelled and links to the other; its messages and files stand there as well, and answers to it arrive there. It can be taken apart at any time.
console-merge-keep = Go on with { $number }
console-merged = This ticket goes on as part of another one.
console-unmerge = Take apart
console-done-merged = Merged. This one goes on.
console-done-unmerged = Taken apart. This one is as it was.
console-trash = Trash
console-trash-move = Move to the trash
console-trash-none = Nothing in the trash.
console-trash-help = Nobody sees these tickets but whoever may bring them back. Their requesters are not told.
console-trash-here = This ticket is in the trash. Nobody sees it but whoever may bring it back.
console-trash-restore = Bring back
console-trash-remove = Remove for good
console-trash-remove-this = { $number } goes for good, with its messages and files. This cannot be taken back.
console-trash-since = In the trash:
console-trash-until = Removed for good:
console-trash-more = Earlier ones
console-trash-days = Days in the trash
console-trash-days-help = After so many days a ticket is removed for good. For the whole installation.
console-done-restored = Brought back. It is as it was.
console-done-removed = Removed for good.
console-bulk = Several tickets at once
console-select = Select
console-bulk-open = Change the selected ones
console-bulk-keep = Keep as it is
console-bulk-try = Try it first
console-bulk-run = Do it
console-bulk-help = What stays empty is not changed. The try says which tickets would be refused, and changes nothing.
console-bulk-add-tags = Add tags
console-bulk-remove-tags = Take tags off
console-bulk-tried = { $allowed } of { $all } can be changed.
console-bulk-running = { $done } of { $all } are done.
console-bulk-done = { $done } of { $all } are changed.
console-bulk-undoing = { $done } of { $all } are taken back.
console-bulk-undone = { $done } of { $all } were taken back. Notes stay.
console-bulk-refused = Not changed
console-bulk-kept = Changed again since, so they stay
console-bulk-again = Look again
console-handover-reason = Why it is handed over
console-handover-none = No reason
console-handover-words = In a few words

## Beside the conversation
console-open-tickets = Open tickets
console-all-tickets = All tickets of this person
console-their-time = { $time } there
console-email = E-mail
console-phone = Phone
console-mobile = Mobile
console-room = Room
console-tag-number = Badge or tag
console-people = People
console-add-person = Add a person
console-add-tag = Add a tag
console-link = Link to another ticket
console-link-kind = Kind of link
console-link-child = Child
console-link-other = Number or words
console-file-edit = Describe { $name }
console-file-public = The requester sees it
console-history = History
console-line = Line { $line }

## Registering
console-new = New ticket
console-register = Register
console-register-solve = Register and solve
console-solve-now = Solved already
console-tags-help = Separate with commas
console-call = Phone call
console-call-who = Who is calling
console-call-what = What is it about
console-call-notes = Notes
console-sent-already = You sent this page before and changed it since. Send it again to store this as well
console-call-look = Show open tickets
console-call-add = Add to it
console-call-registered = Registered. Tell the caller this number:
console-call-untitled = Phone call
console-call-unknown = Unknown caller: { $caller }

## Errors
error-no-such-ticket = There is no such ticket that you can see
error-call-empty = Write who is calling or what it is about
console-fields = Fields
console-fields-all = Change all fields
