### Roles and rights in words.

## Errors
error-role-exceeds = Your own rights do not go so far: { $verb }
error-role-system = The administrator's role cannot be changed
error-role-changed = Somebody else changed this role. Reload and try again
error-role-reach = This verb cannot reach so far
error-role-last = Somebody who can sign in must remain an administrator

## How far a verb goes
access-reach-none = None
access-reach-own = Own
access-reach-team = Team
access-reach-organisation = Organisation
access-reach-all = All

## What it is done to
access-object-ticket = Tickets
access-object-person = People
access-object-organisation = Organisations
access-object-team = Teams
access-object-service = Services
access-object-location = Locations
access-object-role = Roles
access-object-settings = Settings
access-object-view = Saved views
access-object-token = API tokens
access-object-import = Import
access-object-report = Reports
access-object-audit = Audit log
access-object-system = System

## Verbs
access-verb-ticket-see = See tickets
access-verb-ticket-see-internal = See notes and the desk's own work
access-verb-ticket-create = Register tickets
access-verb-ticket-edit = Change properties
access-verb-ticket-work = Move between states of work
access-verb-ticket-take = Take tickets
access-verb-ticket-assign = Assign to teams and people
access-verb-ticket-note = Write notes
access-verb-ticket-reply = Reply
access-verb-ticket-follow = Go on as the requester
access-verb-ticket-solve = Solve
access-verb-ticket-close = Close and confirm
access-verb-ticket-reopen = Reopen
access-verb-ticket-cancel = Cancel
access-verb-ticket-link = Link tickets
access-verb-ticket-merge = Merge tickets
access-verb-ticket-watch = Add and remove co-workers and watchers
access-verb-ticket-log-time = Log time
access-verb-ticket-approve = Approve
access-verb-ticket-delete = Move tickets to the trash and back
access-verb-ticket-purge = Remove tickets in the trash for good
access-verb-ticket-export = Export tickets
access-verb-ticket-confide = Make tickets confidential and name who sees them
access-verb-ticket-unseal = Open confidential tickets of others, with a reason
access-verb-ticket-explain = Ask why somebody sees a ticket
access-verb-ticket-redact = Remove parts of messages, titles and files for good
access-verb-ticket-reveal = Read what was masked, with a reason
access-verb-person-see = See people
access-verb-person-create = Add people
access-verb-person-edit = Change people
access-verb-person-account = Manage log-ins, passwords and sessions
access-verb-person-merge = Merge people
access-verb-person-disable = Shut people out
access-verb-person-export = Export people
access-verb-person-erase = Erase people for good
access-verb-person-see-as = See the desk as somebody else
access-verb-organisation-see = See organisations
access-verb-organisation-create = Add organisations
access-verb-organisation-edit = Change organisations
access-verb-team-see = See teams
access-verb-team-edit = Change teams and members
access-verb-service-see = See services
access-verb-service-edit = Change services
access-verb-location-see = See locations
access-verb-location-edit = Change locations
access-verb-role-see = See roles
access-verb-role-edit = Change roles
access-verb-role-grant = Give and take away roles
access-verb-settings-see = See settings
access-verb-settings-edit = Change settings
access-verb-view-share = Share saved views
access-verb-token-manage = Manage API tokens
access-verb-import-run = Import data
access-verb-report-see = See reports
access-verb-audit-see = Read the audit log
access-verb-system-see = See health, jobs and logs
access-verb-system-run = Run jobs and backups

## The delivered roles
access-role-user = Asks for help and follows own requests.
access-role-customer = Asks for help and sees the requests of the own organisation; who works on them stays hidden.
access-role-observer = Sees the requests of the own organisation and changes only own ones.
access-role-approver = Approves what waits for a decision, besides own requests.
access-role-super-user = Registers and follows requests for everybody of the own organisation.
access-role-responsible = Works on the tickets of the own teams.
access-role-operator = Works on all tickets: registers, assigns, answers, solves.
access-role-coordinator = An operator who also keeps services, organisations and shared views in order, and sees reports.
access-role-manager = A coordinator who also runs teams, people, roles and imports.
access-role-cio = Sees everything and approves, without working on tickets.
access-role-administrator = May do everything, everywhere it is given.
