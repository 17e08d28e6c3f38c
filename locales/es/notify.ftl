### Avisos: lo que ocurrió y concierne a alguien.

notify-inbox = Notificaciones
notify-none = Todo al día.
notify-unread = Sin leer
notify-ticket = Ticket
notify-reason = Motivo
notify-by = De
notify-when = Cuándo
notify-done = Hecho
notify-all-done = Marcar todo como hecho
notify-mute = Silenciar este ticket
notify-unmute = Volver a recibir avisos de este ticket
notify-desk = Mesa de servicio
notify-count = { $count_plural ->
    [one] { $count } suceso
    [many] { $count } de sucesos
   *[other] { $count } sucesos
}

## Por qué se avisa
notify-reason-mentioned = Te han mencionado
notify-reason-named = Te han nombrado
notify-reason-assigned = Asignado a ti
notify-reason-handed-over = Traspasado a ti
notify-reason-coworker = Trabajas en él
notify-reason-team = Asignado a tu equipo
notify-reason-reopened = Abierto de nuevo
notify-reason-solved = Resuelto
notify-reason-cancelled = Cancelado
notify-reason-confirmed = Solución confirmada
notify-reason-message = Mensaje nuevo
notify-reason-merged = Continúa en otro ticket
notify-reason-watching = Te han añadido

## De qué quiere saber cada uno
notify-preferences = Preferencias de notificaciones
notify-house = Notificaciones de todos
notify-house-help = Lo que vale para quien no ha elegido nada.
notify-as-delivered = No has elegido nada: vale lo que eligió la administración.
notify-reset = Como eligió la administración
notify-saved = Guardado.
notify-preview = En las últimas 24 horas te habría llegado esto: { $inbox } en el producto, { $push } por push.
notify-matrix = Qué te llega y por qué vía
notify-event = Qué ocurre
notify-channel-inbox = En el producto
notify-channel-push = Push
notify-channel-mail = Correo
notify-mail-later = El correo todavía no está configurado.
notify-urgent = Urgente desde la prioridad
notify-urgent-help = Ni las horas de silencio ni un resumen retienen lo urgente.
notify-urgent-never = Nunca
notify-digest = Agrupación
notify-digest-help = Si lo que no es urgente llega al momento. La campana avisa siempre al momento.
notify-digest-off = Al momento
notify-digest-hourly = Cada hora
notify-digest-daily = Cada día a las 8:00
notify-quiet = Horas de silencio
notify-quiet-from = De
notify-quiet-to = a
notify-quiet-zone = En tu zona horaria, { $zone }
notify-quiet-each = En la zona horaria de cada persona
notify-titles = El push dice el título del ticket
notify-titles-help = Nunca el de uno confidencial. Si no, dice solo el número y el motivo.
notify-hosts = Otros servicios de push
notify-hosts-help = Nombres de servidores separados por espacios, como push.example.org. Los de los navegadores habituales ya se conocen.

## Push
notify-push = Push a navegadores
notify-push-help = La mesa puede avisarte también cuando ninguna página suya está abierta. Lo que envía va cifrado y solo lo lee este navegador.
notify-push-on = Activar en este navegador
notify-push-script = A este navegador no se le puede avisar, o no ejecuta scripts.
notify-push-denied = El navegador no lo permite. Permite las notificaciones de esta página en sus ajustes e inténtalo de nuevo.
notify-push-device = Navegador
notify-push-since = Desde
notify-push-sent = Último envío
notify-push-added = Desde ahora se avisa a este navegador.
notify-push-removed = Ya no se avisa al navegador.
notify-push-several = { $count_plural ->
    [one] Novedades en { $count } ticket
    [many] Novedades en { $count } de tickets
   *[other] Novedades en { $count } tickets
}
error-push-endpoint = El navegador no está en un servicio de push al que esta mesa pueda llegar
error-push-many = Como máximo { $max } navegadores; quita uno
error-push-hosts = Escribe nombres de servidores como push.example.org, como máximo 20
error-quiet = Escribe las dos horas, como 22:00
