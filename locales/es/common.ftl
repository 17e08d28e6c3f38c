### Palabras que usan todas las áreas.

desk-name = Spoc

## Verbos de botones y enlaces
action-add = Añadir
action-apply = Aplicar
action-back = Volver
action-cancel = Cancelar
action-clear = Borrar
action-close = Cerrar
action-copy = Copiar
action-copy-code = Copiar código
action-create = Crear
action-delete = Eliminar
action-download = Descargar
action-edit = Editar
action-filter = Filtrar
action-more = Mostrar más
action-next = Siguiente
action-previous = Anterior
action-remove = Quitar
action-retry = Reintentar
action-save = Guardar
action-search = Buscar
action-show = Mostrar
action-sign-in = Iniciar sesión
action-sign-out = Cerrar sesión
action-undo = Deshacer

## Respuestas
yes = Sí
no = No
none = Ninguno
unknown = Desconocido
all = Todo
optional = opcional
required = obligatorio
saved = Guardado
loading = Cargando
updating = Actualizando
about-count = unos { $count }
skip-to-content = Ir al contenido

## Idiomas, cada uno con sus palabras
language-en = English
language-es = Español
language-ru = Русский

## Tiempo
time-now = ahora
time-ago = hace { $length }
time-in = dentro de { $length }
time-left = Quedan { $length }
time-over = { $length } de retraso
time-today = Hoy
time-yesterday = Ayer
time-never = Nunca

## Cantidades
count-results = { $count_plural ->
    [one] { $count } resultado
    [many] { $count } de resultados
   *[other] { $count } resultados
}
count-selected = { $count_plural ->
    [one] { $count } seleccionado
    [many] { $count } seleccionados
   *[other] { $count } seleccionados
}

## Conexión
live-reconnecting = Reconectando
live-offline = Sin conexión desde las { $time }. Para hacer cambios hace falta la conexión
live-messages = { $count_plural ->
    [one] { $count } mensaje nuevo
    [many] { $count } de mensajes nuevos
   *[other] { $count } mensajes nuevos
}
