## Custom fields
forms-fields = Fields
forms-fields-about = What the desk writes down beside what every record has. A field belongs to all tickets, or to some kinds and services.
forms-fields-none = There are no custom fields yet.
forms-field-new = New field
forms-saved = Saved.
forms-type-choose = What shall it hold? The type can be changed later, with a preview of what would be lost.
forms-name = Name
forms-name-en = Name in English
forms-name-es = Name in Spanish
forms-name-ru = Name in Russian
forms-help-en = Help in English
forms-help-es = Help in Spanish
forms-help-ru = Help in Russian
forms-key = Key
forms-key-help = Small letters, digits, dashes and underscores. Used by filters, the API and imports; it never changes
forms-type = Type
forms-object = Belongs to
forms-object-ticket = Tickets
forms-object-person = People
forms-object-organisation = Organisations
forms-object-service = Services
forms-tenant = For whom
forms-tenant-help = A field of all tenants is there everywhere
forms-tenant-all = All tenants
forms-tenant-own = My tenant only
forms-audience = The requester
forms-audience-help = What the requester of a ticket has of it
forms-audience-desk = does not see it
forms-audience-reads = reads it
forms-audience-fills = fills and reads it
forms-kinds = Kinds of tickets
forms-kinds-help = None chosen: all kinds
forms-services = Services
forms-services-help = None chosen: all services
forms-decimals = Decimals
forms-decimals-help = 0 to 6
forms-currency = Currency, such as EUR
forms-place = Place
forms-place-help = Fields stand in the order of this number
forms-active = In use
forms-active-help = A field out of use is neither shown nor filled. Its values stay
forms-inactive = out of use
forms-used = { $count_plural ->
    [one] { $count } record has a value
   *[other] { $count } records have a value
}
forms-items = Values
forms-items-help = What is no longer offered is retired: records that have it keep it
forms-items-more = More lines
forms-item-parent = Key of the one above
forms-item-retired = Retired
forms-history = History
forms-version = Version { $version }
forms-revert = Put back
forms-delivered = delivered

## Types
forms-type-text = Text
forms-type-text-help = One line
forms-type-long-text = Long text
forms-type-long-text-help = Several lines
forms-type-number = Number
forms-type-number-help = With or without decimals; filters compare it
forms-type-money = Amount
forms-type-money-help = In one currency
forms-type-date = Date
forms-type-date-help = A day
forms-type-time = Date and time
forms-type-time-help = A moment, in the time zone of whoever reads it
forms-type-choice = Choice
forms-type-choice-help = One of a list
forms-type-several = Several
forms-type-several-help = Any of a list
forms-type-tree = Tree
forms-type-tree-help = One of a list in branches; a filter on a branch finds all below it
forms-type-person = Person
forms-type-person-help = Somebody of the directory
forms-type-file = File
forms-type-file-help = A file of the same ticket
forms-type-checkbox = Checkbox
forms-type-checkbox-help = Yes or no
forms-type-address = Address
forms-type-address-help = Street, town, country

## Kinds and states
forms-kinds-title = Kinds and states
forms-kinds-about = What sorts of tickets there are, the states that each goes through, and who may take which step.
forms-prefix = Prefix
forms-prefix-help = Letters before the number
forms-plural-en = Plural in English
forms-plural-es = Plural in Spanish
forms-plural-ru = Plural in Russian
forms-states = States
forms-states-help = The category decides what a state means: for lists, service levels and reports. A state that tickets are in stays, with its category
forms-steps = Steps
forms-steps-help = From a state to a state. Whoever takes it needs the right; without roles every role that has it may
forms-drawing = Drawing
forms-drawing-label = The states as boxes and the steps as arrows. The table below says the same
forms-drawing-table = As a table
forms-initial = New ones begin in
forms-children = Closing a parent while a child is open
forms-children-block = is not possible
forms-children-cascade = solves the children with it
forms-children-free = does not touch the children
forms-close-days = Days until a solved one closes by itself
forms-close-days-help = 0: never
forms-reopen-days = Days within which the requester may reopen it
forms-rate-days = Days to rate it
forms-rate-days-help = After it was solved. 0: nobody is asked
forms-rating-final = A rating stays as it was given
forms-category = Category
forms-category-new = New
forms-category-active = Active
forms-category-waiting = Waiting for the requester
forms-category-held = On hold
forms-category-resolved = Resolved
forms-category-closed = Closed
forms-category-cancelled = Cancelled
forms-state-names = Name for the desk
forms-state-portal = Name for the requester
forms-state-requires = Needs
forms-step-from = From
forms-step-to = To
forms-step-verb = Right
forms-step-who = Who
forms-step-staff = the desk
forms-step-requester = the requester
forms-step-roles = Only these roles
forms-required = Must be filled
forms-required-help = By whoever registers a ticket and may fill it. A call and an import may leave it open: the ticket is then incomplete
forms-state-fields = Fields that must be filled
forms-state-entering = to enter, by key
forms-state-leaving = to leave, by key
forms-secrets = Secrets in texts
forms-secrets-about = Secrets in messages, titles and reports are found when they are written. Masked ones are taken out before anybody reads them and kept encrypted; whoever may reads one with a reason. A change holds for what is written from now on.
forms-secrets-mask = Mask
forms-secrets-warn = Leave it and warn
forms-secrets-off = Do nothing

## Rules of fields
forms-rules = Field rules
forms-rules-about = What is shown, must be filled, may be chosen or is filled in, depending on the ticket. A rule binds every page, the portal and the API alike.
forms-rules-none = There are no rules yet.
forms-rule-new = New rule
forms-rule-key-help = Small letters, digits, dashes and underscores; it never changes
forms-rule-name-help = Whoever the rule stops reads its name: say what it asks for, such as “Laptops have a serial number”.
forms-rule-place-help = Rules stand in the order of this number; the first that fills a field in counts
forms-rule-when = When
forms-rule-when-help = All lines must hold. Of several values, one to a line, any will do. Without lines the rule always holds
forms-rule-then = Then
forms-rule-then-help = A field that rules show is there only while one of them holds. Values stand one to a line, as keys
forms-rule-on = Looks at
forms-rule-test = Compares
forms-rule-does = Does
forms-rule-keys = Keys to write here
forms-rule-always = Always
forms-on-kind = Kind
forms-on-service = Service
forms-on-state = State
forms-on-enters = State it comes to
forms-on-leaves = State it goes from
forms-on-organisation = Organisation
forms-on-role = Role of the requester
forms-on-field = Field
forms-test-is = is
forms-test-is-not = is not
forms-test-filled = is filled
forms-test-empty = is empty
forms-test-at-least = is at least
forms-test-at-most = is at most
forms-does-show = Show
forms-does-require = Require
forms-does-limit = Limit
forms-does-preset = Fill in
forms-when-is = { $what } is { $values }
forms-when-is-not = { $what } is not { $values }
forms-when-filled = { $what } is filled
forms-when-empty = { $what } is empty
forms-when-at-least = { $what } is at least { $values }
forms-when-at-most = { $what } is at most { $values }
forms-then-show = { $field } is shown
forms-then-require = { $field } must be filled
forms-then-limit = { $field } is one of { $values }
forms-then-preset = { $field } is filled with { $values }
forms-trial = Trial
forms-trial-help = What all rules would say, with this one as it stands here. Nothing is saved.
forms-trial-values = Values
forms-trial-values-help = One to a line: key = value
forms-trial-as = As the requester fills the form
forms-trial-run = Try
forms-trial-none = No rule applies.
forms-trial-applying = Rules that apply
forms-trial-required = must be filled
forms-trial-preset = Filled in
forms-trial-choices = May be chosen
forms-trial-hidden = is not shown

## Forms
forms-forms = Forms
forms-forms-about = What is asked of whoever registers a ticket: fields in sections, in an order, some only when something holds. The portal, the desk, the phone form and the API ask the same.
forms-forms-none = There are no forms yet. Without one the fields stand in their own order.
forms-form-new = New form
forms-form-services-help = None chosen: all services. A form for a service comes before one for all
forms-form-place-help = Of several forms that fit the one with the lowest number counts
forms-section = Section
forms-sections = Sections
forms-sections-help = Fields that stand in no section come last. A section without fields for somebody is not shown to them
forms-sections-more = More sections
forms-section-fields = Fields
forms-section-fields-help = Keys, one to a line, in this order
forms-title-en = Title in English
forms-title-es = Title in Spanish
forms-title-ru = Title in Russian
forms-preview = Preview
forms-preview-desk = Preview for the desk
forms-preview-portal = Preview for the portal
forms-preview-none = Nothing would be asked.

## Another type for a field
forms-retype = Change the type
forms-retype-title = Another type for { $name }
forms-retype-about = Look first: the preview says what every value would become. The field has the new type at once; its values follow in the background, and filters find each when it is done.
forms-retype-to = New type
forms-retype-choose = Choose a type
forms-retype-none = A person or a file is no word or number: this field keeps its type.
forms-retype-decimals-help = Of numbers and amounts. Fewer than now: values are rounded
forms-retype-add = Add the choices that are missing
forms-retype-add-help = What values say and the list does not offer becomes a choice
forms-retype-look = Preview
forms-retype-preview = What would happen
forms-retype-kept = { $count_plural ->
    [one] { $count } value stays.
   *[other] { $count } values stay.
}
forms-retype-changed = { $count_plural ->
    [one] { $count } value becomes another one.
   *[other] { $count } values become other ones.
}
forms-retype-lost = { $count_plural ->
    [one] { $count } value is lost.
   *[other] { $count } values are lost.
}
forms-retype-missing = { $count_plural ->
    [one] { $count } choice is missing in the list.
   *[other] { $count } choices are missing in the list.
}
forms-retype-overtaken = { $count_plural ->
    [one] { $count } value was written since; the old one did not come back.
   *[other] { $count } values were written since; the old ones did not come back.
}
forms-retype-left = { $count_plural ->
    [one] { $count } record is still to come.
   *[other] { $count } records are still to come.
}
forms-retype-lost-which = Lost, of what you may see
forms-retype-changed-which = Changed, of what you may see
forms-retype-overtaken-which = Written since, of what you may see
forms-retype-confirm = These values may be lost
forms-retype-confirm-help = They are kept for the way back
forms-retype-do = Change the type
forms-retype-again = Look again
forms-retype-revert = Take back
forms-retype-running = { $from } becomes { $to }
forms-retype-done = { $from } became { $to }
forms-retype-back = Taken back: { $from } became { $to } again
forms-why-written = written in another way
forms-why-joined = its lines stand in one
forms-why-cut = its end is cut off
forms-why-rounded = rounded
forms-why-day = only the day stays
forms-why-truth = only yes or no stays
forms-why-first = only the first stays
forms-why-some = some are not offered
forms-why-no-number = is no number
forms-why-no-date = is no date
forms-why-no-time = is no date and time
forms-why-no-truth = is neither yes nor no
forms-why-no-choice = is not offered
error-retype-running = Its type is being changed already. Wait until that is done
error-retype-pair = Values of this type cannot become those of the other
error-retype-rule = “{ $name }” would no longer make sense with this type. Change it first
error-retype-confirm = Values that would be lost: { $count }. Confirm that they may be
error-retype-state = There is no change of the type that can be taken back
error-revert-type = The field had another type then. Change the type by itself, with a preview
