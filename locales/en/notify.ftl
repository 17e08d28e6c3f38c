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
notify-bell = { $n_plural ->
    [one] Notifications, { $n } unread
   *[other] Notifications, { $n } unread
}
notify-count = { $n_plural ->
    [one] { $n } event
   *[other] { $n } events
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
