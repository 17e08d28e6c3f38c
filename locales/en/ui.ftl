# The frame around every page and the shared components.

ui-skip-main = Skip to content
ui-nav = Main navigation
ui-seeing = Seeing as { $name } until { $until }
ui-seeing-end = End
ui-nav-more = More
ui-rail = Labels
ui-views = Views
ui-view-urgent = A deadline within 30 minutes
ui-search = Search
ui-new = New ticket
ui-new-request = New request
ui-help = Need help?
ui-reconnecting = Reconnecting

ui-me = Your menu
ui-preferences = Preferences
ui-theme = Theme
ui-theme-light = Light
ui-theme-dark = Dark
ui-theme-system = System
ui-language = Language
ui-logout = Sign out

ui-close = Close
ui-cancel = Cancel
ui-undo = Undo
ui-retry = Retry
ui-remove = Remove
ui-more = Show more
ui-optional = (optional)
ui-choose = Choose
ui-vip = VIP
ui-copy-number = Copy number; twice copies the link
ui-copied = Copied

ui-errors-title = Check these fields
ui-failed = We could not finish this. Nothing was changed; what you typed is still here.
ui-forbidden = You do not have access to do this.
ui-missing = This no longer exists or is not visible to you.
ui-busy = Too many requests at once. Wait a moment and retry.
ui-offline = No connection. What you typed is still here.
ui-no-results = Nothing found
ui-results = Suggestions: %count
ui-selected = Selected: %count

ui-session-title = Sign in to continue
ui-session-text = You were away, so we signed you out. Your text is here.
ui-session-email = E-mail
ui-session-password = Password
ui-session-login = Sign in
ui-session-failed = The e-mail or the password is not right. Try again.

ui-entry-request = Request
ui-entry-reply = Reply
ui-entry-note = Internal
ui-entry-call = Call

ui-previous = Previous ticket
ui-next = Next ticket
ui-details = Details
ui-composer = Answer
ui-composer-kind = What you are writing
ui-message = Message
ui-reply = Reply
ui-note = Note
ui-call = Log call
ui-to = To
ui-note-hint = Only your team sees this
ui-call-direction = Direction
ui-call-in = Incoming
ui-call-out = Outgoing
ui-call-minutes = Minutes
ui-call-public = The requester sees it
ui-send-reply = Send reply
ui-add-note = Add note
ui-save-call = Save call
ui-send-and = More ways to send
ui-attach = Attach
ui-drop = Attach files: choose, drop or paste
ui-draft-kept = Draft kept
ui-draft-saved = Saved %time
ui-draft-joined = What you wrote on another machine stands above
ui-will-be-masked = Will be masked when you send it: %what
ui-send-unmasked = Leave it as it stands
ui-mode-reply = Reply: the requester sees this
ui-mode-note = Note: only your team sees this
ui-mode-call = Call: this becomes a call entry

ui-new-messages = New messages: %count
ui-updates = Changes in this list: %count

ui-now = now
ui-ago = %time ago
ui-in = in %time
ui-sla-left = %time left
ui-sla-over = %time over
ui-unit-day = d
ui-unit-hour = h
ui-unit-minute = min

ui-walk-left = no longer in the list
ui-keys = Keyboard shortcuts
ui-keys-off = Turn letters off
ui-keys-on = Turn letters on
ui-key-next = Next
ui-key-previous = Previous
ui-key-open = Open
ui-key-select = Select
ui-key-updates = Apply updates
ui-key-unread = Mark read or unread
ui-key-send = Send
ui-key-back = Close or leave
