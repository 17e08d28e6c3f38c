### Erasing a person for good.

privacy-erase = Erase for good
privacy-stand-in = Erased person { $id }
privacy-goes = What goes
privacy-gone = What has gone
privacy-messages = Messages
privacy-texts = Titles and reports
privacy-files = Files
privacy-addresses = Contacts
privacy-organisations = Memberships
privacy-teams = Teams
privacy-roles = Roles
privacy-tickets = Tickets that stay
privacy-text = Name, contacts, log-in, roles, teams and own views go at once; what the person wrote goes in the background. Tickets stay, with their times and states. What others wrote about the person stays as well, and older backups still hold everything until they are thinned out.
privacy-reason = Reason
privacy-reason-help = Such as the request of the person, with its date
privacy-sure = I know that this cannot be taken back
privacy-send = Erase this person
privacy-running = The person is being erased. Load the page again to see how far it is.
privacy-done = This person was erased.

## What is kept about a person, as a file.

privacy-export = All that is kept, as a file
privacy-export-me = Profile and log-in
privacy-export-text = One ZIP file with everything that is kept about the person: profile, contacts, organisations, custom fields, preferences, log-in and sessions, every request of theirs with what was said, and the files they added. It can be read without the desk.
privacy-export-own = It is made in the background, and you can take it for seven days; nobody else gets it. Notes of the desk are not in it.
privacy-export-other = It holds what both the person and you may see, so confidential requests on which you are not named are not in it. It is made in the background, and you can take it for seven days; nobody else gets it. Asking for it and taking it are written down.
privacy-export-notes = With the notes of the desk
privacy-export-notes-help = Those on the person's requests that you may read
privacy-export-noted = with notes
privacy-export-send = Make the file
privacy-export-asked = The file is being made.
privacy-export-wait = A file is being made. Load the page again to see whether it is ready.
privacy-export-none = No file was asked for yet.
privacy-export-when = Asked for
privacy-export-state = State
privacy-export-take = Download
privacy-export-running = In the making
privacy-export-ready = Ready
privacy-export-failed = Failed
privacy-export-expired = Expired
privacy-export-until = until { $day }
privacy-export-tickets = { $count_plural ->
    [one] { $count } request
   *[other] { $count } requests
}
privacy-export-files = { $count_plural ->
    [one] { $count } file
   *[other] { $count } files
}
privacy-file-made = Made on { $when }.
privacy-file-holds = The same stands in person.json and tickets.jsonl for programs; manifest.json has the SHA-256 of each file.
privacy-file-with-notes = With the notes of the desk.
privacy-file-own = It holds what you may see in the desk, and what you wrote.
privacy-file-asked = It holds what both the person and whoever asked for it may see: confidential requests on which that one is not named are missing. With a file that the person asks for they are there.
privacy-file-name = Name
privacy-file-title = Job title
privacy-file-email = E-mail
privacy-file-phone = Phone
privacy-file-mobile = Mobile
privacy-file-room = Room
privacy-file-tag = Mark
privacy-file-organisation = Organisation
privacy-file-tickets = Requests
privacy-file-state = State
privacy-file-created = Created
privacy-file-service = Service
privacy-file-report = Report
privacy-file-desk = Service desk
privacy-file-note = Note of the desk
privacy-file-erased = This message was erased.

error-person-export-running = A file is being made already. Wait until it is ready.
error-person-export-large = There is more than one file may hold. An administrator can hand it over in parts
error-person-export-stopped = The desk was stopped; the file is made after its next start.
error-person-export-failed = The file could not be made. Try again; if it fails again, the log of the server says why
