### Words that every area uses.

desk-name = Spoc

## Verbs on buttons and links
action-add = Add
action-apply = Apply
action-back = Back
action-cancel = Cancel
action-clear = Clear
action-close = Close
action-copy = Copy
action-copy-code = Copy code
action-create = Create
action-delete = Delete
action-download = Download
action-edit = Edit
action-filter = Filter
action-more = Show more
action-next = Next
action-previous = Previous
action-remove = Remove
action-retry = Retry
action-save = Save
action-search = Search
action-show = Show
action-sign-in = Sign in
action-sign-out = Sign out
action-undo = Undo

## Answers
yes = Yes
no = No
none = None
unknown = Unknown
all = All
optional = optional
required = required
saved = Saved
loading = Loading
updating = Updating
about-count = about { $count }
skip-to-content = Skip to content

## Languages, each in its own words
language-en = English
language-es = Español
language-ru = Русский

## Time
time-now = now
time-ago = { $length } ago
time-in = in { $length }
time-left = { $length } left
time-over = { $length } over
time-today = Today
time-yesterday = Yesterday
time-never = Never

## Counts
count-results = { $count_plural ->
    [one] { $count } result
   *[other] { $count } results
}
count-selected = { $count_plural ->
    [one] { $count } selected
   *[other] { $count } selected
}

## Connection
live-reconnecting = Reconnecting
live-offline = No connection since { $time }. Changes need the connection back
live-messages = { $count_plural ->
    [one] { $count } new message
   *[other] { $count } new messages
}
