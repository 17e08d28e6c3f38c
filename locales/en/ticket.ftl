### Tickets: labels, choices, the timeline and errors.

## field
field-title = Subject
field-description = Description
field-state = Status
field-kind = Type
field-category = Status group
field-impact = Impact
field-urgency = Urgency
field-priority = Priority
field-requester = Requester
field-beneficiary = For
field-organisation = Organisation
field-location = Location
field-service = Service
field-owner-team = Owner
field-team = Team
field-assignee = Assignee
field-parent = Parent
field-resolution-code = Resolution
field-resolution-report = What was done
field-incomplete = Incomplete
field-confidential = Confidential
field-named = May see it
field-about = About
field-channel = Channel
field-line = Line
field-number = No.
field-created = Created
field-updated = Updated
field-customer = Last customer message
field-due = Next due
field-tags = Tags
field-watchers = Watchers
field-coworkers = Co-workers
field-attachments = Files
field-links = Links
field-children = Children
field-teams = Teams so far
field-handovers = Hand-overs
field-reopened = Reopened
field-reopened-closed = Reopened after closing
field-other = Field

## impact
impact-low = Low
impact-medium = Medium
impact-high = High
impact-extensive = Extensive

## urgency
urgency-low = Low
urgency-medium = Medium
urgency-high = High
urgency-critical = Critical

## priority
priority-low = Low
priority-medium = Medium
priority-high = High
priority-urgent = Urgent

## channel
channel-portal = Portal
channel-phone = Phone
channel-email = E-mail
channel-chat = Chat
channel-walk-in = Walk-in
channel-api = API
channel-agent = Service desk
channel-import = Import
channel-system = Automatic

## category
category-new = New
category-active = Open
category-waiting = Waiting for requester
category-held = On hold
category-resolved = Solved
category-closed = Closed
category-cancelled = Cancelled

## link
link-duplicate-out = Duplicate of
link-duplicate-in = Has the duplicate
link-relates-out = Related to
link-relates-in = Related to
link-blocks-out = Blocks
link-blocks-in = Blocked by
link-caused-by-out = Caused by
link-caused-by-in = Cause of

## timeline
timeline-created = Registered · { $channel }
timeline-confirmed = Confirmed by the requester
timeline-reopened = Reopened
timeline-field-set = { $field }: { $to }
timeline-field-cleared = { $field } cleared (was { $from })
timeline-field-changed = { $field }: { $from } → { $to }
timeline-attached = File: { $name }
timeline-coworker-added = Co-worker added: { $name }
timeline-coworker-removed = Co-worker removed: { $name }
timeline-watcher-added = Watcher added: { $name }
timeline-watcher-removed = Watcher removed: { $name }
timeline-named-added = May see it now: { $name }
timeline-named-removed = May no longer see it: { $name }
timeline-about-added = It is about: { $name }
timeline-about-removed = It is no longer about: { $name }
timeline-confidential = Made confidential: only the people named on it see it
timeline-confidential-lifted = No longer confidential
timeline-unsealed = { $name } opened this confidential ticket. Reason: { $reason }
timeline-tagged = Tag: { $tag }
timeline-untagged = Tag removed: { $tag }
timeline-linked = { $link } { $number }
timeline-unlinked = Link removed: { $link } { $number }
timeline-undone = Change taken back
timeline-handover = Handed over: { $reason }
timeline-handover-words = Handed over: { $reason } · { $words }
timeline-merged-in = Merged with ticket { $number }, which goes on here
timeline-merged-out = Merged into ticket { $number } and goes on there
timeline-unmerged-in = Taken apart again from ticket { $number }
timeline-unmerged-out = Taken apart again from ticket { $number }
timeline-merged-outer = Joined with another request; answers arrive there as well
timeline-unmerged-outer = On its own again
timeline-split-in = Split off from ticket { $number }
timeline-split-out = Messages split off as ticket { $number }
timeline-unsplit = Split taken back: { $number }
timeline-trashed = Moved to the trash
timeline-restored = Brought back from the trash

## handover
handover-wish = The requester asked for it
handover-conflict = They do not get on
handover-skill = Others know more about it
handover-absence = Absence
handover-load = Too much to do
handover-wrong-team = It was with the wrong team
handover-other = Another reason
timeline-erased = A person was erased here: { $messages } messages, { $texts } titles, reports and fields, { $files } files
timeline-redacted-message = A part of a message was removed for good. Reason: { $reason }
timeline-redacted-title = A part of the title was removed for good. Reason: { $reason }
timeline-redacted-report = A part of the report was removed for good. Reason: { $reason }
timeline-redacted-file = A file was removed for good. Reason: { $reason }
redaction-part = { $name } removed a part of this text. Reason: { $reason }
redaction-part-desk = The desk removed a part of this text. Reason: { $reason }
redaction-file = { $name } removed a file. Reason: { $reason }
redaction-file-desk = The desk removed a file. Reason: { $reason }
timeline-checklist-added = Checklist added: { $title }
timeline-checklist-removed = Checklist removed: { $title }
timeline-task-added = Task added: { $title }
timeline-task-changed = Task changed: { $title }
timeline-task-given = Task given to { $name }: { $title }
timeline-task-nobody = Task is nobody’s now: { $title }
timeline-task-accepted = Task received: { $title }
timeline-task-done = Task done: { $title }
timeline-task-reopened = Task is open again: { $title }
timeline-task-removed = Task removed: { $title }
timeline-time-added = Time spent: { $length }
timeline-time-changed = Time spent changed: { $length }
timeline-time-removed = Time spent taken away: { $length }
timeline-revealed = Read what was masked: { $kind }. Reason: { $reason }
secret-card = Card number
secret-key = Private key
secret-token = Token
secret-password = Password
secret-masked = { $kind } masked: { $shown }
secret-seems = { $kind }: this text seems to hold one
error-secret-gone = What was masked here is not kept
error-secret-elsewhere = Another installation has masked this; its key is needed to read it
error-redact-range = There is no such part of the text
error-redact-short = Give at least { $min } letters, so that nothing else is removed with it
error-redact-not-found = This text does not stand there; copy it exactly as it is written
error-redact-gone = There is no text any more

## error
error-title-empty = Write a subject
error-text-empty = Write something first
error-tag-empty = A tag needs at least one letter or digit
error-kind-unknown = There is no ticket type { $kind }
error-state-unknown = This type of ticket has no status { $state }
error-transition = The ticket cannot go from { $from } to { $to } now. Possible: { $allowed }
error-resolution-code-missing = Choose how it was solved
error-resolution-report-missing = Write what was done, so that the next person can use it
error-resolution-code-unknown = There is no resolution { $code }
error-field-changed = { $who } changed this meanwhile
error-grade = Choose a value from 1 to 4
error-parent-circle = A ticket cannot be its own parent, not even through others
error-parent-confidential = A confidential ticket stands alone. Link the two instead
error-about = The ticket is about this person, who must not see it
error-about-kind = Only a complaint can be about a person
error-about-self = A complaint about yourself must be registered by somebody else
error-about-part = { $name } has a part in this ticket. Take them off it first
error-confide-children = It has more than { $max } children. Take them out first
error-unseal-seen = You see this ticket already
error-unseal-none = There is no such confidential ticket that you could open
error-reason-missing = Write why
error-upload-gone = This file is no longer there. Add it again
error-message-kind = Choose reply, note or call
error-not-solved = This is not solved yet, or it has been closed
error-link-self = Choose another ticket to link
error-view-twice = A view may be named only once
error-view-changed = Somebody changed this view meanwhile. Open it again
error-view-share = Whose a view is cannot be changed. Save a new one
error-setting-changed = Somebody changed this setting meanwhile. Open it again
error-name-empty = Write a name
error-person-inactive = This person is no longer active
error-no-team = { $name } is in no team that works on these tickets
error-team-inactive = The team { $name } is no longer active. Choose another one
error-other-tenant = This belongs to another customer than the ticket. Choose one of the same customer
error-idempotency-key = This key was used for another request
error-work-open = The desk still has work to do on this. Write to them if it can end now
error-worker-blind = { $name } does not see this ticket. Make them a co-worker first
error-blocked = { $count_plural ->
    [one] { $count } open ticket blocks this one. Finish it first
   *[other] { $count } open tickets block this one. Finish them first
}
error-children-open = { $count_plural ->
    [one] { $count } child is still open. Finish it first
   *[other] { $count } children are still open. Finish them first
}
error-reopen-late = { $days_plural ->
    [one] It was solved more than { $days } day ago. Send a new request
   *[other] It was solved more than { $days } days ago. Send a new request
}
error-tags-many = At most 50 tags
error-items-many = At most { $max }
error-idempotency-header = An Idempotency-Key has 1 to 200 characters
error-if-match = Send the ETag that you read as If-Match
error-cursor-epoch = The log was restored since. Read it from the beginning
error-undo-late = This can no longer be taken back: more than ten minutes have passed
error-undo-not-yours = Only the person who changed it can take it back
error-undo-nothing = There is nothing of yours to take back here
error-undo-changed = It was changed again meanwhile, so it stays as it is
error-undo-gone = What was there before no longer exists, so it stays as it is
error-changed-since = This was changed again since then
error-handover-alone = A reason belongs to a new team or assignee
error-draft-elsewhere = You wrote this on another machine meanwhile. Open it again
error-drafts-many = At most { $max } drafts. Send or delete some first
error-merged = Ticket { $number } was merged into another one. Work on that one, or take it apart first
error-merge-itself = A ticket cannot be merged into itself
error-merge-apart = It is not merged with any ticket
error-merge-confidential = A confidential ticket is not merged: each has its own people who may see it
error-merge-kind = This type of ticket has no status for what is cancelled
error-merge-take = Only messages that came after the merge can go over
error-split-many = Choose 1 to { $max } messages
error-split-description = The description stays with its ticket
error-split-merged = A message that came by a merge stays. Take the merge apart first
error-split-none = This ticket was not split off, or that was taken back
error-split-written = Somebody has written to it since. Merge it instead
error-trash-merged = It was merged with another ticket. Take them apart first
error-trash-gone = This request is no longer there. Send what you wrote as a new one
error-trash-days = From 1 to 3650 days
error-bulk-trial = Only a try
error-bulk-nothing = Say what is to be changed
error-bulk-many = Choose 1 to { $max } tickets
error-bulk-state = This is not done yet, or was taken back already
error-bulk-late = This can no longer be taken back: more than a day has passed

## Delivered views
view-mine = My open tickets
view-unassigned = Unassigned in my teams
view-team = Open in my teams
view-open = All open
view-waiting = Waiting for requester
view-solved = Solved
view-watching = Watching

## Why somebody sees a ticket
why-yes = { $name } sees this ticket.
why-no = { $name } does not see this ticket.
why-shut-out = They cannot sign in.
why-about = The ticket is about them. Nobody sees what is about themselves, whatever their roles.
why-confidential = The ticket is confidential. Only the people named on it see it, whatever their roles.
why-no-role = None of their roles reaches it.
why-everywhere = everywhere
why-reason = { $clause } (role { $role }, { $place }, reach: { $reach })
why-requester = They asked for it
why-beneficiary = It is for them
why-assignee = They are the assignee
why-creator = They registered it
why-involved = They are on it as co-worker or watcher, or are named on it
why-team = It is with their team { $name }
why-team-involved = Their team { $name } works along or watches
why-organisation = It belongs to their organisation { $name } or to one below it
why-tenant = The role reaches every ticket there
error-send-at = Choose a time from now on, at most a year ahead
error-held-sent = It was sent already, or taken back
error-held-trial = Only a try
error-message-meanwhile = Somebody wrote meanwhile. Read it above; your text is here. Send again to send it anyway
