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
notify-bell = { $n_plural ->
    [one] Notificaciones, { $n } sin leer
    [many] Notificaciones, { $n } sin leer
   *[other] Notificaciones, { $n } sin leer
}
notify-count = { $n_plural ->
    [one] { $n } suceso
    [many] { $n } de sucesos
   *[other] { $n } sucesos
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
