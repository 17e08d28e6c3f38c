### Importación: etapas, estados de un lote, por qué se rechazan filas, errores.

## Etapas
import-stage-reading = Leyendo el archivo
import-stage-checking = Comprobando las filas
import-stage-parties = Añadiendo personas, equipos, organizaciones, servicios y ubicaciones
import-stage-writing = Escribiendo tickets
import-stage-undoing = Eliminando tickets

## Estados de un lote
import-state-running = En curso
import-state-interrupted = Interrumpido
import-state-done = Terminado
import-state-undoing = Revirtiéndose
import-state-undone = Revertido

## Filas rechazadas; $detail es la causa tal como está en el archivo
import-refused-cells = La fila tiene otro número de celdas que la cabecera: { $detail }
import-refused-encoding = La fila no está escrita en { $detail }
import-refused-no-number = La columna «{ $detail }» está vacía, así que la fila no pertenece a ningún ticket
import-refused-moment = Esto no es una fecha con hora: { $detail }
import-refused-future = Este momento aún no ha llegado: { $detail }
import-refused-unmapped = La correspondencia no conoce este valor: { $detail }
import-refused-missing = Falta un valor necesario: { $detail }
import-refused-value = Este valor no es posible aquí: { $detail }
import-refused-unknown = Esto no existe aquí y la correspondencia no permite que la importación lo añada: { $detail }
import-refused-twice = Una fila anterior es el mismo registro: línea { $detail }
import-refused-doubtful = No se puede saber a qué registro se refiere: { $detail }
import-refused-above = La fila cambia cómo se contacta o accede alguien que puede hacer más que usted: { $detail }
import-refused-after-closed = El ticket ya estaba cerrado y la correspondencia rechaza lo que viene después
import-refused-unchanged = La fila no cambia nada y la correspondencia rechaza esas filas
import-refused-case = Se rechazó otra fila del mismo ticket
import-refused-known = El ticket ya existe: { $detail }
import-refused-database = La base de datos rechazó la fila: { $detail }

## Errores
error-import-stopped = La importación se detuvo antes de escribir nada
error-import-elsewhere = Otro proceso trabaja en la importación { $batch }
error-import-undoing = La importación { $batch } del mismo origen se está revirtiendo. Termina eso primero
error-import-states = Los estados de la correspondencia no encajan en el tipo: { $message }

## Páginas
import-imports = Importación
import-skip-list = Ir a la lista
import-file = Archivo
import-file-help = CSV, tal cual o comprimido con gzip, o XLSX, del que se lee la primera hoja
import-records = Qué son sus filas
import-source = Origen
import-source-help = Un nombre corto del otro sistema, sin espacios. Por él se reconocen sus registros
import-tenant = Para quién
import-bring = Subir
import-none = Aún no se ha importado nada
import-state = Estado
import-when = Subido
import-number = Número
import-intake-ready = Por comprobar
import-intake-checking = Comprobándose
import-intake-checked = Comprobado
import-sort-person = Personas
import-sort-organisation = Organizaciones
import-sort-service = Servicios
import-sort-team = Equipos
import-sort-location = Ubicaciones
import-done-brought = El archivo está aquí. Revise las columnas y compruébelo
import-done-saved = Guardado
import-done-stopped = Se detiene tras las filas que está escribiendo
import-progress = Progreso
import-stop = Detener
import-report = Qué ha hecho
import-report-sum = Filas: { $read } leídas, { $applied } aceptadas, { $refused } rechazadas
import-report-made = { $what }: { $count } añadidos
import-report-changed = Cambiados: { $count }
import-refused-file = Filas rechazadas, para corregirlas y subirlas de nuevo
import-refused-reasons = Las mismas con los motivos
import-dry = En qué se convertiría
import-dry-sum = Añadidos: { $made }. Cambiados: { $changed }. Ya iguales: { $same }. Rechazados: { $refused }
import-dry-needed = También se añaden, porque las filas los nombran:
import-dry-unused = Columnas que no se usan:
import-line = Línea
import-row = En el archivo
import-becomes = Aquí
import-becomes-made = Añadido
import-becomes-changed = Cambiado
import-becomes-same = Ya igual
import-becomes-refused = Rechazado
import-mapping = Columnas
import-mapping-help = Qué columna es qué campo. Propuesto según sus nombres
import-no-column = Ninguna columna
import-create = Añadir lo que las filas nombran y aquí falta
import-create-help = Organizaciones, ubicaciones y aquello de lo que dependen los registros
import-check = Comprobar
import-run = Importar
import-go-on = Continuar
import-undo = Deshacer la importación
event-import-uploaded = Archivo con { $records } subido
event-import-corrected = Columnas de una importación cambiadas
event-import-checked = Prueba de una importación iniciada
event-import-run = Importación iniciada
event-import-undone = Reversión de una importación iniciada
event-import-stopped = Se pidió detener una importación
error-import-step = Esto no se puede hacer con la importación tal como está ahora
error-import-mapping = La correspondencia no es correcta: { $mistakes }
error-import-file = No se puede leer el archivo: { $cause }
error-import-source = Un nombre corto sin espacios, como staff-list

## Campos
import-field-key = Clave
import-field-name = Nombre
import-field-given = Nombre de pila
import-field-family = Apellidos
import-field-email = Correo electrónico
import-field-phone = Teléfono
import-field-mobile = Teléfono móvil
import-field-title = Cargo
import-field-organisation = Organización
import-field-location = Ubicación
import-field-lang = Idioma
import-field-time-zone = Zona horaria
import-field-vip = VIP
import-field-note = Nota
import-field-active = Activo
import-field-parent = Depende de
import-field-kind = Tipo
import-field-domains = Dominios de correo
import-field-address = Dirección
import-field-team = Equipo
import-field-owner = Responsable
import-field-state = Estado
import-field-impact = Impacto
import-field-description = Descripción
import-field-line = Línea de soporte
import-field-lead = Líder
