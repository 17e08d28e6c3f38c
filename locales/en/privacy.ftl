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
