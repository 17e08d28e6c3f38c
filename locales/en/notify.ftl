### Notifications: what happened that concerns somebody.

notify-inbox = Notifications
notify-none = All caught up.
notify-unread = Unread
notify-ticket = Ticket
notify-reason = Why
notify-by = By
notify-when = When
notify-done = Done
notify-all-done = Mark all done
notify-mute = Mute this ticket
notify-unmute = Hear of this ticket again
notify-desk = Service desk
notify-count = { $count_plural ->
    [one] { $count } event
   *[other] { $count } events
}

## Why somebody is told
notify-reason-mentioned = You were mentioned
notify-reason-named = You were named
notify-reason-assigned = Assigned to you
notify-reason-handed-over = Handed over to you
notify-reason-coworker = You work on it
notify-reason-team = Given to your team
notify-reason-reopened = Opened again
notify-reason-solved = Solved
notify-reason-cancelled = Cancelled
notify-reason-confirmed = Solution confirmed
notify-reason-message = New message
notify-reason-merged = Goes on in another ticket
notify-reason-watching = You were added

## What one wants to hear of
notify-preferences = Notification preferences
notify-house = Notifications of everybody
notify-house-help = What holds for everybody who has said nothing themselves.
notify-as-delivered = You have said nothing yourself: this is what administrators chose.
notify-reset = As administrators chose
notify-saved = Saved.
notify-preview = In the last 24 hours this would have reached you: { $inbox } in the product, { $push } by push.
notify-matrix = What reaches you by which way
notify-event = What happens
notify-channel-inbox = In the product
notify-channel-push = Push
notify-channel-mail = Mail
notify-mail-later = Mail is not set up yet.
notify-urgent = Urgent from priority
notify-urgent-help = Neither quiet hours nor a digest hold back what is urgent.
notify-urgent-never = Never
notify-digest = Together
notify-digest-help = Whether what is not urgent comes at once. The bell always tells at once.
notify-digest-off = At once
notify-digest-hourly = Each hour
notify-digest-daily = Each day at 8:00
notify-quiet = Quiet hours
notify-quiet-from = From
notify-quiet-to = to
notify-quiet-zone = In your time zone, { $zone }
notify-quiet-each = In the time zone of each person
notify-titles = A push tells the title of the ticket
notify-titles-help = Never of a confidential one. Otherwise it tells number and reason only.
notify-hosts = Other push services
notify-hosts-help = Names of hosts with spaces between, such as push.example.org. Those of the common browsers are known.

## Push
notify-push = Push to browsers
notify-push-help = The desk can tell you something also when no page of it is open. What it sends is encrypted, and only this browser reads it.
notify-push-on = Turn on in this browser
notify-push-script = This browser cannot be pushed to, or runs no scripts.
notify-push-denied = The browser does not allow it. Allow notifications for this page in its settings and try again.
notify-push-device = Browser
notify-push-since = Since
notify-push-sent = Last sent
notify-push-added = This browser is told from now on.
notify-push-removed = The browser is told no longer.
notify-push-several = { $count_plural ->
    [one] News on { $count } ticket
   *[other] News on { $count } tickets
}
error-push-endpoint = The browser is at no push service that this desk may reach
error-push-many = At most { $max } browsers; remove one
error-push-hosts = Write names of hosts such as push.example.org, at most 20
error-quiet = Write both times, such as 22:00
