### La consola de los agentes.

## Lists
console-tickets = Tickets
console-skip-list = Saltar a la lista
console-filter = Filtro
console-filter-hint = Palabras, un número o is:open team:l1
console-filter-add = Añadir condición
console-filter-edit = Editar el filtro como texto
console-columns = Columnas
console-columns-narrow = Una ventana estrecha omite columnas hasta que elija algunas aquí.
console-column-customer = Último del solicitante
console-density = Altura de fila
console-density-comfortable = Amplia
console-density-compact = Compacta
console-density-dense = Densa
console-unread = No leído
console-mark-unread = Marcar como no leído
console-incomplete = Incompleto
console-unknown-caller = Solicitante desconocido
console-nobody = Nadie
console-empty = Ningún ticket coincide.
console-empty-desk = Todavía no hay tickets.
console-empty-remove = Quitar:
console-all = Todos los tickets
console-save-view = Guardar como vista
console-view-edit = Editar vista
console-views = Todas las vistas
console-views-help = El orden y lo que aparece junto a los tickets son solo tuyos.
console-view-new = Vista nueva
console-view-arrange = Orden
console-view-pinned = En la columna
console-view-pin = Poner { $name } en la columna
console-view-unpin = Quitar { $name } de la columna
console-move-up = Subir { $name }
console-move-down = Bajar { $name }
console-view-order = Ordenada por
console-sort-delivered = Último cambio, primero lo más reciente
console-sort-rising = { $field }, ascendente
console-sort-falling = { $field }, descendente
console-view-count = Volver a contar
console-view-holds = { $count_plural ->
    [one] Ahora contiene un ticket.
    [many] Ahora contiene { $count } de tickets.
   *[other] Ahora contiene { $count } tickets.
}
console-view-holds-more = Ahora contiene más de { $count } tickets.
console-view-broken = El filtro de esta vista ya no se entiende, por eso no muestra nada.
console-view-name = Nombre
console-view-delete = Eliminar vista
console-share = Para quién
console-share-me = Solo yo
console-share-everyone = Todos

## Ticket
console-back = Volver a la lista
console-skip-timeline = Saltar a los mensajes
console-skip-composer = Saltar a la respuesta
console-conversation = Conversación
console-show = Mostrar
console-tab-all = Todo
console-tab-conversation = Conversación
console-tab-notes = Notas
console-tab-events = Eventos
console-nothing-here = Nada aquí.
console-earlier = { $count_plural ->
    [one] { $count } mensaje anterior
    [many] { $count } de mensajes anteriores
   *[other] { $count } mensajes anteriores
}
console-event = { $who } · { $what }
console-event-more = { $count_plural ->
    [one] { $who } · { $what } y { $count } cambio más
    [many] { $who } · { $what } y { $count } de cambios más
   *[other] { $who } · { $what } y { $count } cambios más
}
console-erased = El texto se ha borrado.
console-edit-title = Editar el asunto
console-take = Asignármelo
console-solve = Resolver
console-solve-title = Resolver este ticket
console-watch = Observar
console-unwatch = Dejar de observar
console-confide = Marcar como confidencial
console-lift = Ya no es confidencial
console-confidential-help = Solo lo ven las personas nombradas en él: ningún equipo, ningún rol, ningún administrador.
console-about-help = Esta persona nunca ve el ticket, sea cual sea su rol, ni recibe avisos.
console-confidential-is = Solo lo ven las personas nombradas aquí, el solicitante y el responsable.
console-unseal = Abrir un ticket confidencial
console-unseal-help = Solo las personas nombradas en un ticket confidencial lo ven. Si es necesario, puedes quedar nombrado en él. Constará en el historial con tu motivo y el solicitante lo leerá.
console-unseal-reason = Motivo
console-unseal-reason-help = Lo leerá el solicitante
console-why = ¿Por qué alguien puede ver esto?
console-why-person = Persona
console-why-ask = Explicar
console-choose = Elegir
console-report-help = Lo leerá el solicitante
console-then = Después poner
console-then-keep = Mantener el estado
console-send-and = Enviar y poner: { $state }
console-by-matrix = por impacto y urgencia
console-conflict = Alguien ha cambiado esto entretanto. ¿Qué quieres conservar?
console-conflict-theirs = Ahora
console-conflict-mine = Lo tuyo
console-conflict-send = Tu texto está abajo. Envíalo de nuevo para conservar lo tuyo.
console-keep-theirs = Conservar lo suyo
console-keep-mine = Usar lo mío
console-done-registered = El ticket está registrado.
console-done-added = La llamada se ha añadido a este ticket.
console-done-changed = Guardado: { $what }
console-done-undone = El cambio se ha deshecho.
console-drafts = Borradores
console-draft = Borrador
console-drafts-none = Nada empezado y sin enviar.
console-draft-gone = Ticket { $number }, que ya no ves
console-draft-request = Nueva solicitud
console-draft-other = Otra cosa
console-draft-discard = Eliminar el borrador: { $title }
console-merge = Unir con otro ticket
console-merge-other = ¿Qué ticket?
console-merge-compare = Comparar
console-merge-apart = Tienen solicitantes distintos. Cada uno sigue leyendo solo lo suyo: los mensajes del otro solo los ve el servicio. Lo que el servicio responda desde ahora llega a los dos.
console-merge-help = El que termina queda cancelado y enlaza con el otro; sus mensajes y archivos están también allí, y las respuestas llegan allí. Se puede separar en cualquier momento.
console-merge-keep = Seguir con { $number }
console-merged = Este ticket continúa como parte de otro.
console-unmerge = Separar
console-done-merged = Unidos. Este continúa.
console-done-unmerged = Separados. Este queda como estaba.
console-split = Separar como ticket nuevo
console-split-none = Aparte de la descripción no se ha dicho nada.
console-split-help = El ticket nuevo es para las mismas personas, con el mismo servicio y equipo, y queda vinculado a este. Los mensajes pasan con sus archivos.
console-split-which = ¿Qué mensajes?
console-split-do = Separar
console-done-split = Los mensajes son ahora un ticket propio.
console-done-unsplit = Los mensajes vuelven a estar donde estaban.
console-redact = Eliminar algo para siempre
console-redact-part = Eliminar una parte…
console-redact-help = Lo que elimine aquí desaparece del servicio y de su búsqueda, y nadie puede recuperarlo. En su lugar figuran su nombre y su motivo.
console-redact-where = Dónde
console-redact-choose = Elija un texto o un archivo
console-redact-show = Mostrar
console-redact-source = El texto tal como se escribió
console-redact-source-help = Marque lo que debe eliminarse.
console-redact-text = Qué se elimina
console-redact-text-help = Si se escribe a mano, se elimina en todos los sitios de este texto donde aparezca.
console-redact-whole = Todo el texto
console-redact-everywhere = Lo mismo en cualquier otro lugar de este ticket
console-redact-everywhere-help = En respuestas que lo citan, en el título, en informes y en campos propios.
console-redact-reason = Motivo
console-redact-reason-help = Lo lee quien podía leer el texto. No repita lo que elimina.
console-redact-do = Eliminar para siempre
console-done-redacted = Eliminado para siempre.
console-reveal = Leer lo que se ocultó
console-reveal-help = Lo verá una vez, durante un minuto. La cronología del servicio dice que usted lo leyó y por qué.
console-reveal-reason = Motivo
console-reveal-reason-help = Por ejemplo, quién lo pidió
console-reveal-do = Mostrar durante un minuto
console-reveal-shown = Desaparece en un minuto; no se guarda en el navegador.
console-reveal-back = Volver al ticket
console-trash = Papelera
console-trash-move = Mover a la papelera
console-trash-none = No hay nada en la papelera.
console-trash-help = Estos tickets solo los ve quien puede recuperarlos. A los solicitantes no se les avisa.
console-trash-here = Este ticket está en la papelera. Solo lo ve quien puede recuperarlo.
console-trash-restore = Recuperar
console-trash-remove = Eliminar definitivamente
console-trash-remove-this = { $number } desaparece para siempre, con sus mensajes y archivos. No se puede deshacer.
console-trash-since = En la papelera:
console-trash-until = Se elimina para siempre:
console-trash-more = Anteriores
console-trash-days = Días en la papelera
console-trash-days-help = Pasados estos días, un ticket se elimina para siempre. Vale para toda la instalación.
console-done-restored = Recuperado. Está como estaba.
console-done-removed = Eliminado para siempre.
console-bulk = Varios tickets a la vez
console-select = Seleccionar
console-bulk-open = Cambiar los seleccionados
console-bulk-keep = Dejar como está
console-bulk-try = Probar primero
console-bulk-run = Hacerlo
console-bulk-help = Lo que queda vacío no se cambia. La prueba dice qué tickets se rechazarían y no cambia nada.
console-bulk-add-tags = Añadir etiquetas
console-bulk-remove-tags = Quitar etiquetas
console-bulk-tried = Se pueden cambiar { $allowed } de { $all }.
console-bulk-running = Van { $done } de { $all }.
console-bulk-done = { $done } de { $all } están cambiados.
console-bulk-undoing = Se han deshecho { $done } de { $all }.
console-bulk-undone = Se deshicieron { $done } de { $all }. Las notas se quedan.
console-bulk-refused = Sin cambiar
console-bulk-kept = Cambiados de nuevo después, así que se quedan
console-bulk-again = Mirar de nuevo
console-handover-reason = Por qué se traspasa
console-handover-none = Sin motivo
console-handover-words = En pocas palabras

## Beside the conversation
console-open-tickets = Tickets abiertos
console-all-tickets = Todos los tickets de esta persona
console-their-time = allí son las { $time }
console-email = Correo
console-phone = Teléfono
console-mobile = Móvil
console-room = Despacho
console-tag-number = Tarjeta o etiqueta
console-people = Personas
console-add-person = Añadir persona
console-add-tag = Añadir etiqueta
console-link = Vincular con otro ticket
console-link-kind = Tipo de enlace
console-link-child = Hijo
console-link-other = Número o palabras
console-file-edit = Describir { $name }
console-file-public = Lo ve el solicitante
console-history = Historial
console-line = Línea { $line }

## Registering
console-new = Nuevo ticket
console-register = Registrar
console-register-solve = Registrar y resolver
console-solve-now = Ya está resuelto
console-tags-help = Sepáralas con comas
console-call = Llamada
console-call-who = Quién llama
console-call-what = De qué se trata
console-call-notes = Notas
console-sent-already = Ya enviaste esta página y la has cambiado después. Envíala otra vez para guardar también esto
console-call-look = Ver tickets abiertos
console-call-add = Añadir a este
console-call-registered = Registrado. Di este número a quien llama:
console-call-untitled = Llamada telefónica
console-call-unknown = Solicitante desconocido: { $caller }

## Errors
error-no-such-ticket = No hay ningún ticket así que puedas ver
error-call-empty = Escribe quién llama o de qué se trata
console-fields = Campos
console-fields-all = Cambiar todos los campos
console-held = Se enviará
console-held-back = Retirar
console-held-send = Enviar ahora
console-held-soon = La respuesta se envía en { $seconds ->
    [one] { $seconds } segundo
    [many] { $seconds } de segundos
   *[other] { $seconds } segundos
}.
console-held-later = La respuesta espera a ser enviada.
console-held-trouble = Tu respuesta no se envió: { $why }. Vuelve a ser tu borrador.
console-done-unsent = No se envió. Aquí está otra vez tu borrador.
console-send-later = Enviar más tarde
console-send-at = El
console-send-then = Enviar entonces
console-side-show = Mostrar
