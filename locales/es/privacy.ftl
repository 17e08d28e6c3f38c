### Erasing a person for good.

privacy-erase = Borrar para siempre
privacy-stand-in = Persona borrada { $id }
privacy-goes = Qué desaparece
privacy-gone = Qué ha desaparecido
privacy-messages = Mensajes
privacy-texts = Títulos e informes
privacy-files = Archivos
privacy-addresses = Contactos
privacy-organisations = Pertenencias
privacy-teams = Equipos
privacy-roles = Roles
privacy-tickets = Tiques que se quedan
privacy-text = Nombre, contactos, acceso, roles, equipos y vistas propias desaparecen enseguida; lo que escribió la persona, en segundo plano. Los tiques se quedan, con sus fechas y estados. También se queda lo que otros escribieron sobre ella, y las copias de seguridad anteriores lo conservan todo hasta que se eliminen.
privacy-reason = Motivo
privacy-reason-help = Por ejemplo, la solicitud de la persona con su fecha
privacy-sure = Sé que esto no se puede deshacer
privacy-send = Borrar a esta persona
privacy-running = Se está borrando a la persona. Recarga la página para ver el avance.
privacy-done = Esta persona fue borrada.
