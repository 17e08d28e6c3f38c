### Tickets: labels, choices, the timeline and errors.

## field
field-title = Asunto
field-description = Descripción
field-state = Estado
field-kind = Tipo
field-category = Grupo de estado
field-impact = Impacto
field-urgency = Urgencia
field-priority = Prioridad
field-requester = Solicitante
field-beneficiary = Para
field-organisation = Organización
field-location = Ubicación
field-service = Servicio
field-owner-team = Responsable del caso
field-team = Equipo
field-assignee = Asignado a
field-parent = Ticket principal
field-resolution-code = Resolución
field-resolution-report = Qué se hizo
field-incomplete = Incompleto
field-confidential = Confidencial
field-named = Puede verlo
field-about = Sobre
field-channel = Canal
field-line = Línea
field-number = N.º
field-created = Creado
field-updated = Actualizado
field-customer = Último mensaje del solicitante
field-due = Próximo vencimiento
field-tags = Etiquetas
field-watchers = Observadores
field-coworkers = Colaboradores
field-attachments = Archivos
field-links = Vínculos
field-children = Tickets secundarios
field-teams = Equipos hasta ahora
field-handovers = Traspasos
field-reopened = Reaperturas
field-reopened-closed = Reaperturas tras el cierre
field-other = Campo

## impact
impact-low = Bajo
impact-medium = Medio
impact-high = Alto
impact-extensive = Generalizado

## urgency
urgency-low = Baja
urgency-medium = Media
urgency-high = Alta
urgency-critical = Crítica

## priority
priority-low = Baja
priority-medium = Media
priority-high = Alta
priority-urgent = Urgente

## channel
channel-portal = Portal
channel-phone = Teléfono
channel-email = Correo
channel-chat = Chat
channel-walk-in = En persona
channel-api = API
channel-agent = Mesa de servicio
channel-import = Importación
channel-system = Automático

## category
category-new = Nueva
category-active = Abierta
category-waiting = En espera del solicitante
category-held = En pausa
category-resolved = Resuelta
category-closed = Cerrada
category-cancelled = Cancelada

## link
link-duplicate-out = Duplicado de
link-duplicate-in = Tiene el duplicado
link-relates-out = Relacionado con
link-relates-in = Relacionado con
link-blocks-out = Bloquea
link-blocks-in = Bloqueado por
link-caused-by-out = Causado por
link-caused-by-in = Causa de

## timeline
timeline-created = Registrado · { $channel }
timeline-confirmed = Confirmado por el solicitante
timeline-reopened = Reabierto
timeline-field-set = { $field }: { $to }
timeline-field-cleared = { $field }: vaciado (antes { $from })
timeline-field-changed = { $field }: { $from } → { $to }
timeline-attached = Archivo: { $name }
timeline-coworker-added = Colaborador añadido: { $name }
timeline-coworker-removed = Colaborador retirado: { $name }
timeline-watcher-added = Observador añadido: { $name }
timeline-watcher-removed = Observador retirado: { $name }
timeline-named-added = Ahora puede verlo: { $name }
timeline-named-removed = Ya no puede verlo: { $name }
timeline-about-added = Se refiere a: { $name }
timeline-about-removed = Ya no se refiere a: { $name }
timeline-confidential = Marcado como confidencial: solo lo ven las personas nombradas en él
timeline-confidential-lifted = Ya no es confidencial
timeline-unsealed = { $name } abrió este ticket confidencial. Motivo: { $reason }
timeline-tagged = Etiqueta: { $tag }
timeline-untagged = Etiqueta retirada: { $tag }
timeline-linked = { $link } { $number }
timeline-unlinked = Vínculo retirado: { $link } { $number }
timeline-undone = Cambio deshecho
timeline-handover = Traspasado: { $reason }
timeline-handover-words = Traspasado: { $reason } · { $words }
timeline-merged-in = Se unió con el ticket { $number }, que continúa aquí
timeline-merged-out = Se unió al ticket { $number } y continúa allí
timeline-unmerged-in = Se separó de nuevo del ticket { $number }
timeline-unmerged-out = Se separó de nuevo del ticket { $number }
timeline-merged-outer = Unida a otra solicitud; las respuestas también llegan allí
timeline-unmerged-outer = De nuevo por separado
timeline-split-in = Separado del ticket { $number }
timeline-split-out = Mensajes separados como ticket { $number }
timeline-unsplit = Separación deshecha: { $number }
timeline-trashed = Movido a la papelera
timeline-restored = Recuperado de la papelera

## handover
handover-wish = Lo pidió el solicitante
handover-conflict = No se entienden
handover-skill = Otros saben más del tema
handover-absence = Ausencia
handover-load = Demasiado trabajo
handover-wrong-team = Estaba en el equipo equivocado
handover-other = Otro motivo
timeline-erased = Aquí se borró a una persona: { $messages } mensajes, { $texts } títulos, informes y campos, { $files } archivos
timeline-redacted-message = Se eliminó para siempre una parte de un mensaje. Motivo: { $reason }
timeline-redacted-title = Se eliminó para siempre una parte del título. Motivo: { $reason }
timeline-redacted-report = Se eliminó para siempre una parte del informe. Motivo: { $reason }
timeline-redacted-file = Se eliminó para siempre un archivo. Motivo: { $reason }
redaction-part = { $name } eliminó una parte de este texto. Motivo: { $reason }
redaction-part-desk = El servicio eliminó una parte de este texto. Motivo: { $reason }
redaction-file = { $name } eliminó un archivo. Motivo: { $reason }
redaction-file-desk = El servicio eliminó un archivo. Motivo: { $reason }
timeline-checklist-added = Lista añadida: { $title }
timeline-checklist-removed = Lista eliminada: { $title }
timeline-task-added = Tarea añadida: { $title }
timeline-task-changed = Tarea cambiada: { $title }
timeline-task-given = Tarea asignada a { $name }: { $title }
timeline-task-nobody = La tarea ya no es de nadie: { $title }
timeline-task-accepted = Tarea recibida: { $title }
timeline-task-done = Tarea hecha: { $title }
timeline-task-reopened = Tarea abierta de nuevo: { $title }
timeline-task-removed = Tarea eliminada: { $title }
timeline-time-added = Tiempo dedicado: { $length }
timeline-time-changed = Tiempo dedicado cambiado: { $length }
timeline-time-removed = Tiempo dedicado retirado: { $length }
timeline-revealed = Leyó lo que estaba oculto: { $kind }. Motivo: { $reason }
secret-card = Número de tarjeta
secret-key = Clave privada
secret-token = Token
secret-password = Contraseña
secret-masked = { $kind } (oculto): { $shown }
secret-seems = { $kind }: parece que este texto contiene una
error-secret-gone = No se conserva lo que se ocultó aquí
error-secret-elsewhere = Lo ocultó otra instalación; se necesita su clave para leerlo
error-redact-range = El texto no tiene esa parte
error-redact-short = Indique al menos { $min } letras, para no eliminar nada más
error-redact-not-found = Ese texto no está ahí; cópielo exactamente como está escrito
error-redact-gone = Ya no hay ningún texto

## error
error-title-empty = Escribe un asunto
error-text-empty = Escribe algo primero
error-tag-empty = Una etiqueta necesita al menos una letra o un dígito
error-kind-unknown = No existe el tipo de ticket { $kind }
error-state-unknown = Este tipo de ticket no tiene el estado { $state }
error-transition = El ticket no puede pasar ahora de { $from } a { $to }. Posibles: { $allowed }
error-resolution-code-missing = Elige cómo se resolvió
error-resolution-report-missing = Escribe qué se hizo, para que sirva a la próxima persona
error-resolution-code-unknown = No existe la resolución { $code }
error-field-changed = { $who } lo cambió mientras tanto
error-grade = Elige un valor de 1 a 4
error-parent-circle = Un ticket no puede ser su propio principal, ni siquiera a través de otros
error-parent-confidential = Un ticket confidencial no tiene principal ni secundarios. Vincúlalos en su lugar
error-about = El ticket se refiere a esta persona, que no debe verlo
error-about-kind = Solo una queja puede referirse a una persona
error-about-self = Una queja sobre ti debe registrarla otra persona
error-about-part = { $name } participa en este ticket. Retira antes a esta persona
error-confide-children = Tiene más de { $max } tickets secundarios. Sácalos antes
error-unseal-seen = Ya ves este ticket
error-unseal-none = No hay ningún ticket confidencial con ese número que puedas abrir
error-reason-missing = Escribe el motivo
error-upload-gone = Este archivo ya no está. Añádelo de nuevo
error-message-kind = Elige respuesta, nota o llamada
error-not-solved = Esto aún no está resuelto o ya está cerrado
error-link-self = Elige otro ticket para vincular
error-view-twice = Una vista solo puede nombrarse una vez
error-view-changed = Alguien cambió esta vista mientras tanto. Ábrela de nuevo
error-view-share = No se puede cambiar de quién es una vista. Guarda una nueva
error-setting-changed = Alguien cambió este ajuste mientras tanto. Ábrelo de nuevo
error-name-empty = Escribe un nombre
error-person-inactive = Esta persona ya no está activa
error-no-team = { $name } no está en ningún equipo que trabaje en estos tickets
error-team-inactive = El equipo { $name } ya no está activo. Elige otro
error-other-tenant = Pertenece a un cliente distinto del cliente del ticket. Elige algo del mismo cliente
error-idempotency-key = Esta clave se usó para otra petición
error-work-open = El servicio todavía tiene trabajo pendiente aquí. Escríbeles si ya puede terminar
error-worker-blind = { $name } no ve este ticket. Añade antes a esa persona como colaboradora
error-blocked = { $count_plural ->
    [one] { $count } ticket abierto bloquea este. Termínalo primero
    [many] { $count } de tickets abiertos bloquean este. Termínalos primero
   *[other] { $count } tickets abiertos bloquean este. Termínalos primero
}
error-children-open = { $count_plural ->
    [one] { $count } ticket secundario sigue abierto. Termínalo primero
    [many] { $count } de tickets secundarios siguen abiertos. Termínalos primero
   *[other] { $count } tickets secundarios siguen abiertos. Termínalos primero
}
error-reopen-late = { $days_plural ->
    [one] Se resolvió hace más de { $days } día. Envía una solicitud nueva
    [many] Se resolvió hace más de { $days } de días. Envía una solicitud nueva
   *[other] Se resolvió hace más de { $days } días. Envía una solicitud nueva
}
error-tags-many = Como máximo 50 etiquetas
error-items-many = Como máximo { $max }
error-idempotency-header = Una Idempotency-Key tiene de 1 a 200 caracteres
error-if-match = Envía como If-Match el ETag que leíste
error-cursor-epoch = El registro se restauró desde entonces. Léelo desde el principio
error-undo-late = Ya no se puede deshacer: han pasado más de diez minutos
error-undo-not-yours = Solo quien hizo el cambio puede deshacerlo
error-undo-nothing = Aquí no hay nada tuyo que deshacer
error-undo-changed = Se volvió a cambiar entretanto, así que se queda como está
error-undo-gone = Lo que había antes ya no existe, así que se queda como está
error-changed-since = Esto se volvió a cambiar después
error-handover-alone = Un motivo va con un equipo o un responsable nuevo
error-draft-elsewhere = Entretanto escribiste esto en otro equipo. Ábrelo de nuevo
error-drafts-many = Como máximo { $max } borradores. Envía o elimina alguno primero
error-merged = El ticket { $number } se unió a otro. Trabaja en ese, o sepáralos primero
error-merge-itself = Un ticket no se puede unir consigo mismo
error-merge-apart = No está unido a ningún ticket
error-merge-confidential = Un ticket confidencial no se une con otro: cada uno tiene sus propias personas que pueden verlo
error-merge-kind = Este tipo de ticket no tiene un estado para lo cancelado
error-merge-take = Solo pueden pasar los mensajes que llegaron después de la unión
error-split-many = Elige entre 1 y { $max } mensajes
error-split-description = La descripción se queda con su ticket
error-split-merged = Un mensaje que llegó al unir tickets se queda. Sepáralos primero
error-split-none = Este ticket no se separó de otro, o eso se deshizo
error-split-written = Alguien ha escrito en él desde entonces. Únelo en su lugar
error-trash-merged = Está unido a otro ticket. Sepáralos primero
error-trash-gone = Esta solicitud ya no existe. Envía lo que has escrito como una nueva
error-trash-days = De 1 a 3650 días
error-bulk-trial = Solo una prueba
error-bulk-nothing = Di qué hay que cambiar
error-bulk-many = Elige entre 1 y { $max } tickets
error-bulk-state = Esto aún no ha terminado o ya se deshizo
error-bulk-late = Ya no se puede deshacer: ha pasado más de un día

## Delivered views
view-mine = Mis tickets abiertos
view-unassigned = Sin asignar en mis equipos
view-team = Abiertos en mis equipos
view-open = Todos los abiertos
view-waiting = En espera del solicitante
view-solved = Resueltos
view-watching = Observados

## Por qué alguien ve un ticket
why-yes = { $name } ve este ticket.
why-no = { $name } no ve este ticket.
why-shut-out = No puede iniciar sesión.
why-about = El ticket se refiere a esta persona. Nadie ve lo que se refiere a sí mismo, sean cuales sean sus roles.
why-confidential = El ticket es confidencial. Solo lo ven las personas nombradas en él, sean cuales sean sus roles.
why-no-role = Ninguno de sus roles lo alcanza.
why-everywhere = en todas partes
why-reason = { $clause } (rol { $role }, { $place }, alcance: { $reach })
why-requester = Lo solicitó
why-beneficiary = Es para esta persona
why-assignee = Es la persona responsable
why-creator = Lo registró
why-involved = Participa como colaborador u observador, o está nombrada en él
why-team = Lo tiene su equipo { $name }
why-team-involved = Su equipo { $name } colabora u observa
why-organisation = Pertenece a su organización { $name } o a una inferior
why-tenant = El rol alcanza todos los tickets de allí
error-send-at = Elige un momento futuro, como máximo dentro de un año
error-held-sent = Ya se envió o se retiró
error-held-trial = Solo una prueba
error-message-meanwhile = Entretanto alguien ha escrito. Léelo arriba; tu texto está aquí. Vuelve a enviar para enviarlo de todos modos
