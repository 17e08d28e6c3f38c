### The portal: where people ask for something and read what became of it.

## Navigation
portal-nav-home = Home
portal-nav-requests = My requests
portal-nav-desk = Service desk
portal-help = Write to us
portal-the-desk = Service desk
portal-you = You

## Home
portal-home-title = Home
portal-home-question = What do you need?
portal-home-hint = VPN drops, a new monitor, access to a folder
portal-home-go = Next
portal-needs-you = Needs you
portal-under-way = Under way
portal-all-needs = All that need you
portal-all-requests = All my requests
portal-start = Start here
portal-tile-incident = We restore it as fast as we can
portal-tile-request = Devices, access, software
portal-tile-question = How do I...

## Kinds, in the words of somebody who asks
portal-kind-incident = Something is broken
portal-kind-request = I need something
portal-kind-question = I have a question
portal-kind-complaint = I want to complain
portal-kind-suggestion = I have a suggestion
# Words that show that somebody needs something, parted by commas
portal-guess-need = need,needs,want

## New request
portal-new-title = New request
portal-what = What happened, or what do you need?
portal-what-help = A sentence or two is enough. A screenshot often says more
portal-kind = What is it about?
portal-service = Which service?
portal-service-unknown = I do not know
portal-files-help = Up to { $limit } each
portal-files-kept = Files already here
portal-for-other = For somebody else
portal-person = Name or e-mail
portal-person-help = A colleague you ask for. They can follow the request too
portal-confidential-help = Only you, the people you add and those who handle it see this request
portal-about = A complaint about a person
portal-about-help = They will not see it, whatever they do at the desk. Complaints are confidential
portal-which-person = Who is it?
portal-send-request = Send request
portal-follows = Goes on with
portal-sent-already = You sent this page before and changed it since. Send it again to make a second request

## My requests
portal-requests-title = My requests
portal-tabs = Which requests
portal-tab-needs = Needs you
portal-tab-open = Open
portal-tab-closed = Closed
portal-tab-team = Team
portal-search = Search my requests
portal-empty-needs = Nothing waits for you
portal-empty-open = You have no open requests
portal-empty-others = Nothing else is open
portal-empty-closed = Nothing is closed yet
portal-empty-team = Nobody else in your organisation has asked for anything
portal-empty-search = No requests match “{ $text }”. Try fewer words or the number

## A request
portal-steps = How far it is
portal-step-received = Received
portal-step-with = With { $name }
portal-step-queue = In the queue
portal-step-fixed = Fixed?
portal-step-done = Done?
portal-conversation = Conversation
portal-erased = This text was removed
portal-sent-title = We have your request
portal-sent-team = It is with { $name } now.
portal-sent-next = Somebody reads it and answers on this page. You can add to it at any time.
portal-sent-back = Back to the start page
portal-reply = Your reply
portal-reason = Anything to add?
portal-reason-help = If it is not done, say what is still wrong
portal-is-it-fixed = Is it fixed?
portal-is-it-done = Is everything done?
portal-closes = Without an answer it closes by itself on { $day }
portal-fixed = It is fixed
portal-broken = Still broken
portal-all-done = All done
portal-not-done = Not done yet
portal-over = This request is closed. If something is still open, send a new one that goes on with it.
portal-follow-up = Follow up
portal-usual-answer-today = Usually answered by { $clock } today
portal-usual-answer-tomorrow = Usually answered by { $clock } tomorrow
portal-usual-answer-day = Usually answered by { $day }
portal-usual-answer-late = It takes longer than usual: most have an answer within { $length }
portal-usual-solution-today = Usually by { $clock } today
portal-usual-solution-tomorrow = Usually by { $clock } tomorrow
portal-usual-solution-day = Usually by { $day }
portal-usual-solution-late = It takes longer than usual: most are done within { $length }
portal-measured = How long it usually takes
portal-measured-answer = { $count_plural ->
    [one] Measured from { $count } request like this: half had an answer within { $half }, eight of ten after { $low } to { $high }.
   *[other] Measured from { $count } requests like this: half had an answer within { $half }, eight of ten after { $low } to { $high }.
}
portal-measured-solution = { $count_plural ->
    [one] Measured from { $count } request like this: half were done within { $half }, eight of ten after { $low } to { $high }.
   *[other] Measured from { $count } requests like this: half were done within { $half }, eight of ten after { $low } to { $high }.
}
portal-awaits = Waiting for: { $name } · since { $since }
portal-awaits-state = { $name } · since { $since }
portal-you-then = you
portal-rate = Rate this request
portal-rated = Your rating
portal-rate-solution = How was it solved?
portal-rate-analyst = How were you helped?
portal-rate-about = What is it about?
portal-rate-comment = Anything to add?
portal-rate-send = Send rating
portal-rate-change = Change it
portal-rate-call = May we call you about it?
portal-rate-call-help = Then we open your request again and somebody calls you.
portal-rate-call-yes = Yes, call me
portal-rate-call-no = No, thank you
portal-rate-home = How did it go?
portal-fact-service = Service
portal-fact-requester = Asked by
portal-fact-for = For
portal-fact-with = With
portal-fact-created = Sent
portal-files = Files
portal-people = People who follow
portal-add-people = Add people
portal-people-help = They read everything on this page and can reply
portal-cancel-ask = I no longer need this
portal-cancel-why = Why
portal-cancel = Cancel my request

## What was done
portal-done-sent = Your reply is sent
portal-done-confirmed = Thank you. The request is closed
portal-done-reopened = The request is open again
portal-done-cancelled = The request is cancelled
portal-done-added = Added
portal-done-removed = Removed
portal-done-rated = Thank you for the rating
portal-done-called = Thank you. Your request is open again, and somebody will call you

## Errors
error-portal-what = Write what happened or what you need
error-portal-kind = Choose what it is about
error-portal-reason = Say what is still wrong, so that we know where to look
error-portal-nobody = We found nobody named { $name }. Check the spelling
error-portal-several = Several people match { $name }. Choose one, or type the e-mail address
error-portal-cancel = This request can no longer be cancelled
