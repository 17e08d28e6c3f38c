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
