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

## What is kept about a person, as a file.

privacy-export = Todo lo guardado, en un archivo
privacy-export-me = Perfil y acceso
privacy-export-text = Un archivo ZIP con todo lo que se guarda sobre la persona: perfil, contactos, organizaciones, campos propios, preferencias, acceso y sesiones, cada solicitud suya con lo que se dijo y los archivos que añadió. Se lee sin la mesa de servicio.
privacy-export-own = Se prepara en segundo plano y puedes descargarlo durante siete días; nadie más lo recibe. No contiene las notas internas de la mesa.
privacy-export-other = Contiene lo que podéis ver tanto la persona como tú, de modo que faltan las solicitudes confidenciales en las que no figuras. Se prepara en segundo plano y puedes descargarlo durante siete días; nadie más lo recibe. Queda registrado quién lo pide y quién lo descarga.
privacy-export-notes = Con las notas internas de la mesa
privacy-export-notes-help = Las de las solicitudes de la persona que puedes leer
privacy-export-noted = con notas
privacy-export-send = Preparar el archivo
privacy-export-asked = Se está preparando el archivo.
privacy-export-wait = Se está preparando un archivo. Recarga la página para ver si está listo.
privacy-export-none = Todavía no se ha pedido ningún archivo.
privacy-export-when = Pedido
privacy-export-state = Estado
privacy-export-take = Descargar
privacy-export-running = En preparación
privacy-export-ready = Listo
privacy-export-failed = Ha fallado
privacy-export-expired = Caducado
privacy-export-until = hasta el { $day }
privacy-export-tickets = { $count_plural ->
    [one] { $count } solicitud
    [many] { $count } de solicitudes
   *[other] { $count } solicitudes
}
privacy-export-files = { $count_plural ->
    [one] { $count } archivo
    [many] { $count } de archivos
   *[other] { $count } archivos
}
privacy-file-made = Preparado el { $when }.
privacy-file-holds = Lo mismo está en person.json y tickets.jsonl para programas; manifest.json tiene el SHA-256 de cada archivo.
privacy-file-with-notes = Con las notas internas de la mesa.
privacy-file-own = Contiene lo que puedes ver en la mesa de servicio y lo que escribiste.
privacy-file-asked = Contiene lo que pueden ver tanto la persona como quien lo pidió: faltan las solicitudes confidenciales en las que este no figura. En un archivo que pida la propia persona sí están.
privacy-file-name = Nombre
privacy-file-title = Cargo
privacy-file-email = Correo
privacy-file-phone = Teléfono
privacy-file-mobile = Móvil
privacy-file-room = Despacho
privacy-file-tag = Marca
privacy-file-organisation = Organización
privacy-file-tickets = Solicitudes
privacy-file-state = Estado
privacy-file-created = Creada
privacy-file-service = Servicio
privacy-file-report = Informe
privacy-file-desk = Mesa de servicio
privacy-file-note = Nota interna
privacy-file-erased = Este mensaje fue borrado.

error-person-export-running = Ya se está preparando un archivo. Espera a que esté listo.
error-person-export-large = Hay más de lo que cabe en un archivo. Un administrador puede entregarlo por partes
error-person-export-stopped = La mesa de servicio se detuvo; el archivo se preparará cuando vuelva a arrancar.
error-person-export-failed = No se pudo preparar el archivo. Inténtalo de nuevo; si vuelve a fallar, el registro del servidor dice por qué
