### People, organisations, teams, services, locations and roles.

## Pages
people-people = People
people-orgs = Organisations
people-teams = Teams
people-services = Services
people-locations = Locations
people-roles = Roles
people-show = Show
people-skip-list = Skip to list
people-clear = Clear the filter
people-active = Active
people-inactive = Inactive
people-inactive-all = Inactive
people-all = All
people-vip = VIP
people-more = More
people-nothing = Nothing
people-unseen = Not visible to you
people-settings = Settings
people-save = Save changes
people-save-mine = Save mine

## Fields
people-name = Name
people-label = Name
people-title = Job title
people-contacts = Contacts
people-organisations = Organisations
people-location = Location
people-lang = Language
people-zone = Time zone
people-clock = it is { $time } there
people-note = Note
people-email = E-mail
people-phone = Phone
people-mobile = Mobile
people-room = Room
people-tag = Badge
people-org = Organisation
people-role-title = Role there
people-payer = Paid by
people-payer-self = The organisation itself
people-payer-help = The paying customer, when it is another organisation
people-domains = Mail domains
people-domains-none = None
people-domains-help = Who writes from one of these belongs here. One a line
people-lead = Lead
people-member = Member
people-members = Members
people-owner = Owner
people-team = Team
people-impact = Impact
people-impact-low = Low
people-impact-medium = Medium
people-impact-high = High
people-impact-extensive = Extensive
people-impact-help = A ticket about it starts with this
people-description = Description
people-state = State
people-key = Key
people-key-help = Rules, filters and imports name it so. It never changes; leave it empty to have one made of the name
people-parent = Stands below
people-parent-help = It moves with everything below it
people-parent-top = Leave it empty for the top. It moves with everything below it
people-address = Address
people-where = Where
people-whose = Whose it is
people-whose-help = Below another one it belongs to the same customer
people-all-tenants = All customers
people-as-organisation = As the organisation has it
people-as-location = As location and organisation have it
people-as-above = As the one above has it
people-kind = Kind
people-kind-internal = Internal
people-kind-customer = Customer
people-kind-supplier = Supplier
people-kind-partner = Partner
people-person = Person
people-line = Support line
people-line-n = Line { $line }
people-line-1 = Line 1: takes everything first
people-line-2 = Line 2: specialists
people-line-3 = Line 3: experts and suppliers

## People
people-new = New person
people-create = Create person
people-search = Name, e-mail or phone
people-none = Nobody is here yet
people-none-match = Nobody matches
people-about = About
people-main = Main
people-main-org = Main
people-verified = Verified
people-contacts-none = No contacts yet
people-contact-add = Add contact
people-contact-kind = What it is
people-contact-value = Address or number
people-contact-main = Use this one first
people-contact-main-help = Among those of its kind
people-organisations-none = Belongs to no organisation
people-membership-add = Add organisation
people-membership-main = This is the main one
people-membership-end = End
people-since = since { $day }
people-from-to = { $from } to { $to }
people-org-help = Leave it empty if you do not know it
people-vip-help = Everybody on the desk sees the mark
people-note-help = What the next colleague should know before calling
people-login = Signs in as
people-log-in = Log-in
people-see-as = See the desk as they do
people-login-last = last:
people-tickets = Tickets
people-tickets-open = Open tickets
people-tickets-all = All tickets
people-new-ticket = New ticket for them
people-disable = Shut out
people-enable = Let in again
people-merged = Also known as
people-merge = Merge with another record
people-export-all = All that is kept, as a file
people-erase = Erase for good
people-merge-text = When two records are one person, one of them takes in the other: tickets, contacts and organisations are found under it, and both log-ins lead to it. You can take this back.
people-merge-gone = This record
people-merge-into = is really
people-merge-into-help = The record that remains
people-merge-send = Merge records
people-unmerge = Take apart
people-roles-held = Roles
people-role = Role
people-grant = Give role
people-revoke = Take away
people-fallback = Everybody without another role has it

## Organisations
people-tenant-new = New customer
people-org-new = New organisation
people-org-below = New organisation below
people-org-create = Create organisation
people-org-active = Active
people-org-active-help = An inactive organisation is not suggested any more
people-orgs-search = Name or mail domain
people-orgs-none = No organisations yet
people-orgs-none-match = No organisation matches
people-tree = Place in the tree
people-members-none = Nobody belongs here yet
people-members-all = Show all members

## Teams
people-team-new = New team
people-team-create = Create team
people-team-active = Active
people-team-active-help = An inactive team gets no more tickets
people-team-empty = Nobody is in this team yet, so its tickets wait for nobody
people-member-add = Add member
people-member-role = As
people-teams-search = Name or key
people-teams-none = No teams yet
people-teams-none-match = No team matches

## Services and locations
people-service-new = New service
people-service-create = Create service
people-service-proposed = Proposed
people-service-live = Live
people-service-retired = Retired
people-service-active = Can be chosen
people-service-active-help = Off: tickets keep it, new ones cannot name it
people-service-team-help = A ticket about it starts with this team
people-services-search = Name or key
people-services-empty = No services yet. Begin with what people ask for most
people-location-new = New location
people-location-create = Create location
people-location-active = Can be chosen
people-location-active-help = Off: people and tickets keep it, new ones cannot name it
people-locations-search = Name or address
people-locations-empty = No locations yet. Begin with your offices
people-tree-none-match = Nothing matches
people-below = New one below
people-level = level { $level }

## Roles
people-matrix = What each role may do, and how far
people-verb = Action
people-role-own = Changed
people-role-new = New role
people-role-create = Create role
people-role-save = Save role
people-role-key-help = Small letters, digits and underscores. It never changes
people-role-name-en = Name in English
people-role-name-es = Name in Spanish
people-role-name-ru = Name in Russian
people-role-active = Active
people-role-active-help = An inactive role grants nothing to those who hold it
people-role-fixed = This role may do everything, always. It cannot be changed, so that nobody locks the desk.
people-role-fallback = Whoever holds no other role has this one.
people-role-shared = This definition counts for all customers. Saving makes one of your own, which counts here instead.
people-hidden = Hidden fields
people-hidden-help = Who sees the record only by this role does not see these fields
people-holders = Who holds it here
people-holders-none = Nobody holds it here
people-history = History
people-version = Version { $version }
people-delivered = Delivered with the product
people-role-change = { $verb }: { $before }, now { $after }
people-role-hides = { $object }: { $field } is hidden
people-role-shows = { $object }: { $field } is shown
people-role-on = Switched on
people-role-off = Switched off

## What was done
people-done-saved = Saved
people-done-created = Created
people-done-disabled = Shut out
people-done-enabled = Let in again
people-done-merged = Records merged
people-done-unmerged = Records taken apart
people-done-granted = Role given
people-done-revoked = Role taken away

## Somebody was faster
people-conflict-by = { $name } changed this on { $time }, after you opened it
people-conflict = This was changed on { $time }, after you opened it
people-conflict-help = Nothing was saved yet. What you typed is below; where it differs, this is stored now:

## Errors
error-pick = Choose one of the suggestions
error-person-shut-out = This person is shut out. Choose somebody else, or let them in again
error-key-taken = This key is taken. Choose another one
error-domain-taken = Another organisation has one of these domains
error-domains-many = { $max_plural ->
    [one] At most { $max } domain
   *[other] At most { $max } domains
}
people-roles-all = { $count_plural ->
    [one] Show { $count } role
   *[other] Show all { $count } roles
}
people-fields = Fields
people-fields-edit = Change the fields
people-fields-none = There are no custom fields here.
