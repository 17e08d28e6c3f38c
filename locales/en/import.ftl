### Import: stages, states of a batch, why rows are refused, errors.

## Stages
import-stage-reading = Reading the file
import-stage-checking = Checking the rows
import-stage-parties = Adding people, teams, organisations, services and locations
import-stage-writing = Writing tickets
import-stage-undoing = Removing tickets

## States of a batch
import-state-running = Under way
import-state-interrupted = Interrupted
import-state-done = Done
import-state-undoing = Being rolled back
import-state-undone = Rolled back

## Refused rows; $detail is the cause as it stands in the file
import-refused-cells = The row has another number of cells than the header: { $detail }
import-refused-encoding = The row is not written in { $detail }
import-refused-no-number = The column “{ $detail }” is empty, so the row belongs to no ticket
import-refused-moment = This is no date and time: { $detail }
import-refused-future = This moment has not come yet: { $detail }
import-refused-unmapped = The mapping does not know this value: { $detail }
import-refused-missing = A value that is needed is missing: { $detail }
import-refused-value = The desk cannot take this value: { $detail }
import-refused-unknown = The desk does not have this, and the mapping does not let the import add it: { $detail }
import-refused-twice = An earlier row is the same record: line { $detail }
import-refused-doubtful = It cannot be told which record is meant: { $detail }
import-refused-above = The row changes how somebody is reached or signs in who may do more than you: { $detail }
import-refused-after-closed = The ticket was closed before, and the mapping refuses what comes after
import-refused-unchanged = The row changes nothing, and the mapping refuses such rows
import-refused-case = Another row of the same ticket was refused
import-refused-known = The ticket is there already: { $detail }
import-refused-database = The database refused the row: { $detail }

## Errors
error-import-stopped = The import was stopped before anything was written
error-import-elsewhere = Another process works on import { $batch }
error-import-undoing = Import { $batch } of the same source is being rolled back. Finish that first
error-import-states = The states of the mapping do not fit the kind: { $message }

## Pages
import-imports = Import
import-skip-list = Skip to the list
import-file = File
import-file-help = CSV, plain or compressed with gzip, or XLSX, of which the first sheet is read
import-records = What its rows are
import-source = Source
import-source-help = A short name of the other system, without blanks. Its records are known again by it
import-tenant = For whom
import-bring = Upload
import-none = Nothing was imported yet
import-state = State
import-when = Uploaded
import-number = Number
import-intake-ready = To be checked
import-intake-checking = Being checked
import-intake-checked = Checked
import-sort-person = People
import-sort-organisation = Organisations
import-sort-service = Services
import-sort-team = Teams
import-sort-location = Locations
import-done-brought = The file is here. Look over the columns, then check it
import-done-saved = Saved
import-done-stopped = It stops after the rows that it is writing
import-progress = Progress
import-stop = Stop
import-report = What it did
import-report-sum = Rows: { $read } read, { $applied } taken, { $refused } refused
import-report-made = { $what }: { $count } added
import-report-changed = Changed: { $count }
import-refused-file = Refused rows, to be corrected and uploaded again
import-refused-reasons = The same with the reasons
import-dry = What would become of it
import-dry-sum = Added: { $made }. Changed: { $changed }. The same already: { $same }. Refused: { $refused }
import-dry-needed = Also added, because rows name them:
import-dry-unused = Columns that nothing uses:
import-line = Line
import-row = In the file
import-becomes = In the desk
import-becomes-made = Added
import-becomes-changed = Changed
import-becomes-same = The same already
import-becomes-refused = Refused
import-mapping = Columns
import-mapping-help = Which column is which field. Proposed by their names
import-no-column = No column
import-create = Add what rows name and the desk lacks
import-create-help = Organisations, locations and what records stand below
import-check = Check
import-run = Import
import-go-on = Go on
import-undo = Take back
event-import-uploaded = A file with { $records } brought in
event-import-corrected = The columns of an import changed
event-import-checked = Dry run of an import begun
event-import-run = Import begun
event-import-undone = Roll-back of an import begun
event-import-stopped = Import asked to stop
error-import-step = This cannot be done with the import as it is now
error-import-mapping = The mapping is not right: { $mistakes }
error-import-file = The file cannot be read: { $cause }
error-import-source = A short name without blanks, such as staff-list

## Fields
import-field-key = Key
import-field-name = Name
import-field-given = Given name
import-field-family = Family name
import-field-email = E-mail
import-field-phone = Phone
import-field-mobile = Mobile phone
import-field-title = Job title
import-field-organisation = Organisation
import-field-location = Location
import-field-lang = Language
import-field-time-zone = Time zone
import-field-vip = VIP
import-field-note = Note
import-field-active = Active
import-field-parent = Stands below
import-field-kind = Kind
import-field-domains = Mail domains
import-field-address = Address
import-field-team = Team
import-field-owner = Owner
import-field-state = State
import-field-impact = Impact
import-field-description = Description
import-field-line = Support line
import-field-lead = Lead
