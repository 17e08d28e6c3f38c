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
