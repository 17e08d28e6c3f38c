### Signing in, passwords, one's own account.

## Sign in
sessions-login-title = Sign in
sessions-login-name = E-mail
sessions-password = Password
sessions-login-forgotten = Forgotten the password? An administrator can give you a link to choose a new one.
sessions-login-changed = Your password is changed. Sign in with it.
sessions-login-empty = This desk is not set up yet. Open the link that the server printed when it started.
sessions-demo-title = This is a demo
sessions-demo-text = Everything in it is made up. Choose whom to be; the buttons sign you in.

error-login-failed = E-mail and password do not match. Check both and try again
error-login-wait = Too many wrong tries. Your account is not locked: try again in { $seconds } s

## Passwords
sessions-password-new = New password
sessions-password-again = The same password once more
sessions-password-current = Current password
sessions-password-save = Change password
sessions-password-help = { $count_plural ->
    [one] At least { $count } character. A few words that only you put together are good
   *[other] At least { $count } characters. A few words that only you put together are good
}
sessions-password-ends = You stay signed in here; every other browser is signed out.
sessions-reset-title = Choose a password
sessions-reset-text = The link works once. Afterwards sign in with the new password; every browser is signed out.
sessions-revoke-all = Also revoke my API tokens
sessions-revoke-all-help = Choose this if somebody else may have used your account
error-password-common = This password is among the first that attackers try. Choose another one
error-password-own = This is your own name or address, which is guessed first. Choose another one
error-password-again = The two passwords are not the same. Type both again
error-password-wrong = This is not your current password
error-reset-link = This link does not work: it was used, is too old or is not complete. Ask an administrator for a new one
error-account-inactive = This account is disabled. Enable it first

## Set-up
sessions-setup-title = Set up your desk
sessions-setup-text = Three things, then you can take the first ticket: whose desk it is, who looks after it, and its language.
sessions-setup-organisation = Organisation
sessions-setup-organisation-help = The company or department that runs this desk
sessions-setup-name = Your name
sessions-setup-email-help = You sign in with it
sessions-setup-lang = Language
sessions-setup-send = Create the desk
sessions-first-team = Service desk
error-setup-link = This link does not work: the desk is set up already, or the link is old. Restart the server to get a new one

## One's own account
sessions-me-title = Your account
sessions-me-profile = Profile
sessions-me-name = Name
sessions-email = E-mail
sessions-zone = Time zone
sessions-as-organisation = As the organisation has it
sessions-me-export = All that is kept about me, as a file
sessions-me-save = Save profile
sessions-me-look = Look
sessions-density = Density
sessions-density-comfortable = Comfortable
sessions-density-compact = Compact
sessions-density-dense = Dense
sessions-letters = Keyboard shortcuts of one letter
sessions-letters-help = Such as R for reply. Turn them off if you speak to the computer or press keys by accident
sessions-me-password = Password
sessions-done-profile = Profile saved
sessions-done-password = Password changed, other browsers signed out
sessions-done-session = Signed out there
sessions-done-sessions = Signed out everywhere else
sessions-done-token = Token revoked
error-time-zone = Choose a time zone of the list

## Sessions
sessions-me-sessions = Where you are signed in
sessions-device = Browser
sessions-device-unknown = Unknown browser
sessions-address = Address
sessions-seen = Last seen
sessions-began = Signed in
sessions-here = This browser
sessions-end = Sign out there
sessions-end-others = Sign out everywhere else
error-session-only = A token cannot do this. Sign in with your password
error-see-as-self = You see the desk as yourself already
error-see-as-out = This person cannot sign in and sees no desk
error-see-as-above = This person may read what you may not
error-see-as-reason = Say why, in at most { $max } letters
error-seeing-as = You look as { $name } does and can change nothing. End that first
sessions-see-as = See as
sessions-see-as-title = See the desk as { $name }
sessions-see-as-help = For 15 minutes this browser shows what this person sees, and changes nothing. Confidential tickets show only when they name you as well. Begin and end stand in the administration log.
sessions-see-as-reason = Why
sessions-see-as-reason-help = Stands in the administration log.
sessions-see-as-begin = Begin

## API tokens
sessions-me-tokens = API tokens
sessions-tokens-text = A token lets a program act for you. It can do no more than you can.
sessions-token-made = Copy the token now: it is not shown again.
sessions-token-name = What it is for
sessions-token-name-help = Such as "Monitoring"
sessions-token-scopes = It may
sessions-scope-read = Read
sessions-scope-write = Read and change
sessions-token-used = Last used
sessions-token-expires = Ends
sessions-days = { $count_plural ->
    [one] in { $count } day
   *[other] in { $count } days
}
sessions-token-create = Create token
sessions-token-revoke = Revoke
error-token-scope = There is no scope { $scope }
error-token-expiry = { $days_plural ->
    [one] Choose an end ahead, at most { $days } day from now
   *[other] Choose an end ahead, at most { $days } days from now
}
error-token-many = { $max_plural ->
    [one] You have { $max } token, which is the limit. Revoke one first
   *[other] You have { $max } tokens, which is the limit. Revoke one first
}
error-token-shown = This request has made a token already, and its text was shown then. If you did not keep it, revoke it and make another
error-token-exceeds = A token can only make tokens that may do no more and live no longer than itself

## The log-ins of others
sessions-account = Log-in
sessions-account-title = Log-in of { $name }
sessions-account-people = People
sessions-account-none = No log-in yet: this person can be written to, but cannot sign in.
sessions-account-login = Signs in as
sessions-account-login-help = Usually the mail address
sessions-account-make = Make log-in
sessions-account-rename = Save
sessions-account-access = Access
sessions-account-out = Shut out
sessions-account-link = A link to choose a password
sessions-account-link-text = Hand it over by a way you trust. It works once, for a short time, and is not shown again.
sessions-account-link-help = A link by which the owner chooses a new password. An earlier link works no longer; the password stays until then.
sessions-account-link-make = Make link
sessions-account-shut-out = Shut out
sessions-account-shut-out-help = Ends all sessions, links and API tokens at once. They do not come back when the log-in is let in again.
sessions-account-let-in = Let in again
sessions-account-let-in-help = The owner can sign in again with the same password. Sessions and tokens must be made anew.
sessions-account-sessions = Where this person is signed in
sessions-account-nowhere = Nowhere
sessions-account-sign-out = Sign out everywhere
sessions-account-renamed = Log-in saved
sessions-account-signed-out = Signed out everywhere
sessions-account-is-out = Shut out
sessions-account-is-in = Let in again
error-account-known = This person has a log-in already
error-login-blank = A log-in has no blanks in it
error-login-taken = Somebody else signs in as this. Choose another log-in
sessions-undo = Time to take back a reply
sessions-undo-none = None
sessions-undo-seconds = { $count } s
sessions-after = After an answer
sessions-after-stay = Stay on the ticket
sessions-after-next = Next ticket
sessions-after-list = Back to the list
