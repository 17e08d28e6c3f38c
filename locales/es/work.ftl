# Tareas y listas de los tickets.
work-tasks = Tareas
work-task = Tarea
work-back = Volver al ticket
work-back-tasks = Volver a las tareas
work-none = Nada que hacer además de la respuesta. Escribe abajo la primera tarea
work-add = Añadir una tarea
work-add-to = Añadir una tarea a { $title }
work-list-first = Por hacer
work-list-add = Añadir una lista
work-list-title = Nombre de la lista
work-list-remove = Eliminar esta lista vacía
work-list-remove-named = Eliminar «{ $title }» con sus tareas
work-up = Subir: { $title }
work-down = Bajar: { $title }
work-edit = Editar: { $title }
work-answer = Respuesta: { $title }
work-complete = Hecho
work-overdue = Vencida
work-due = Vence
work-blocks = Antes de resolver
work-blocks-label = Debe estar hecha antes de resolver el ticket
work-blocks-help = Hasta entonces no se puede resolver, tampoco con varios tickets a la vez ni por la API
work-waits-for = Después de «{ $title }»
work-accepted = Recibida
work-accept = Confirmar recepción
work-done = Hecho
work-title = Qué hay que hacer
work-sort = Se responde con
work-sort-heading = Nada: es un título
work-sort-tick = Una marca
work-sort-text = Palabras
work-sort-number = Un número
work-owner = Persona
work-team = Equipo
work-team-help = Sin persona, la tarea es de todo el equipo
work-after = Puede empezar después de
work-remove = Eliminar la tarea
error-tasks-open = { $count_plural ->
    [one] Antes hay que hacer { $count } tarea: { $titles }
    [many] Antes hay que hacer { $count } de tareas: { $titles }
   *[other] Antes hay que hacer { $count } tareas: { $titles }
}
error-task-heading = Un título no se puede completar
error-task-answer = Escribe la respuesta que pide la tarea
error-task-circle = Estas tareas se esperarían la una a la otra. Elige otra
error-task-after = Primero haz «{ $title }»
error-task-others = Esta tarea es de otra persona
error-tasks-many = Un ticket tiene como máximo { $max } tareas. Lleva una parte a otro ticket
error-checklists-many = Un ticket tiene como máximo { $max } listas. Usa una de las que hay
