### What happened, what is safe, what to do. Codes without the prefix are problem types of the API.

## General, by the kind of error
error-invalid = Check the marked fields: the rest is kept on the page
error-malformed = The request could not be read
error-unauthenticated = Sign in to continue
error-forbidden = Your role does not include this. Ask an administrator for access
error-not-found = There is nothing here that you can see
error-conflict = This clashes with what is stored now. Reload the page and try again
error-stale = Somebody changed this after you opened it. Compare and choose what to keep
error-too-large = This is larger than the limit of { $limit }
error-too-many = Too many requests. Try again in { $seconds } s
error-internal = The desk could not finish this, and nothing was changed by it. Give the code to an administrator
error-busy = The desk is busy. Nothing was changed; try again in a moment
error-method = This address does not take that method
error-media-type = Send JSON with the type application/json
error-origin = This came from another site, so it was not carried out
error-timeout = The answer took too long. Nothing was changed; try again

## Storage
error-commit-unknown = The database went away while it stored this. Reload to see whether it was stored before you try again
error-concurrent = Several people changed this at once. Nothing was changed by you; try again
error-database = The database does not answer. Nothing was changed; try again in a moment
error-disk-full = The disk is full. Nothing was changed; tell an administrator
error-duplicate = This exists already
error-reference = This refers to something that does not exist
error-refused = The rules of the database refuse this change
error-slow-query = This took too long. Narrow the filter and try again
error-stopping = The desk is restarting. Nothing was changed; try again in a moment

## Fields
error-file-large = { $name } is larger than { $limit }. Share a link or make it shorter
error-files-many = { $max_plural ->
    [one] At most { $max } file at once
   *[other] At most { $max } files at once
}
error-required = Fill this in
error-too-long = { $max_plural ->
    [one] At most { $max } character
   *[other] At most { $max } characters
}
error-too-short = { $min_plural ->
    [one] At least { $min } character
   *[other] At least { $min } characters
}
error-cursor = The list changed its order. Open it from the first page
error-search-many-words = Use { $max } words at most. Leave out those that matter least, or put quotes around a sentence
error-search-too-long = This search takes too long. Use fewer or longer words
error-number = Enter a whole number
error-choice = Choose one of the list
error-date = Enter a date
error-unknown-field = There is no such field
error-json = The JSON could not be read: { $detail }

## The error page
error-page-invalid = Something is not right yet
error-page-malformed = This request could not be read
error-page-unauthenticated = Sign in to continue
error-page-forbidden = You do not have access
error-page-not-found = Not found
error-page-conflict = It has changed meanwhile
error-page-too-large = Too large
error-page-too-many = Too many requests
error-page-internal = The desk made a mistake
error-page-busy = The desk is busy
error-page-home = Go to the start page
error-page-incident = Code { $incident }
error-revert-state = The state { $state } cannot go: tickets are in it
error-revert-unfit = This version no longer fits the rest of the settings

## Custom fields
error-field-number = Enter a number. Decimals at most: { $decimals }
error-field-date = Enter a date as 2026-11-22
error-field-time = Enter a date and time as 2026-11-22T14:05
error-field-choice = { $value } is none of the values. Choose one of the list
error-field-elsewhere = This field is of another kind of ticket or another service
error-field-key = Use small letters, digits, dashes and underscores, and begin with a letter
error-field-decimals = Only numbers and amounts have decimals, at most 6
error-field-currency = Write the three letters of the currency, such as EUR; only amounts have one
error-field-items = This type needs a list of values, at most { $max }; other types have none
error-field-item-key = { $key }: use small letters, digits, dashes and underscores, and begin with a letter
error-field-item-twice = { $key } is in the list twice
error-field-item-name = { $key } needs an English name
error-field-item-parent = { $key }: the one above is not in the list, stands below it, or the field is no tree
error-field-type = The type stays as it is here. Change it on the page of the type, which shows what would be lost
error-field-kind = { $kind } is no kind of ticket
error-field-object = Only fields of tickets have kinds, services and files
error-field-item-used = { $count_plural ->
    [one] { $key } is the value of { $count } record. Mark it as retired instead of taking it away
   *[other] { $key } is the value of { $count } records. Mark it as retired instead of taking it away
}

## Kinds and states
error-kind-prefix = Use one to eight letters
error-kind-days = Use 0 to 3650 days
error-kind-state-key = { $state }: use small letters, digits, dashes and underscores, and begin with a letter
error-kind-state-twice = { $state } is there twice
error-kind-state-name = { $state } needs an English name for the desk and for the requester
error-kind-state-requires = { $state } is open: only what ends a ticket can need a resolution
error-kind-initial = New tickets begin in a state of the category new or active
error-kind-category = There is no state of the category { $category }
error-kind-step = { $from } → { $to }: one of them is no state, or they are the same
error-kind-step-twice = { $from } → { $to } is there twice
error-kind-step-by = { $from } → { $to }: nobody may take it
error-kind-step-verb = { $from } → { $to }: choose the right that it needs
error-kind-role = There is no role { $role }
error-kind-lost = No way leads to { $state }
error-kind-trap = The desk cannot get from { $state } to an end
error-kind-state-used = { $count_plural ->
    [one] { $count } ticket is in { $state }. It stays, with its category
   *[other] { $count } tickets are in { $state }. It stays, with its category
}
error-field-needed = { $name }: fill this in before this step
error-rule-hidden = { $name } is not asked here: { $rule }
error-rule-required = { $name }: fill this in. { $rule }
error-rule-limited = { $name }: this value is not allowed here. { $rule }
error-rule-then = Say what follows; lines at most: { $max }
error-rule-values = Give values, one to a line. To be filled or empty needs none
error-rule-test = { $field } cannot be compared so
error-rule-field = { $field } is no field of tickets
error-rule-value = { $field } cannot have this value
error-rule-unknown = { $value } does not exist
error-rule-circle = { $field } would depend on itself
error-form-section = { $key }: each section needs a key of its own, of small letters, digits, dashes and underscores
error-form-twice = { $field } stands in the form twice
error-kind-field = There is no field { $field } of tickets
