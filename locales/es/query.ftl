# Errores en un filtro: qué falla en el lugar marcado y cómo se escribe.

filter-did-you-mean = ¿Querías decir { $proposals }?

filter-too-long = El filtro pasa de { $max } bytes. Quita una parte o guárdalo como dos vistas
filter-too-many-terms = El filtro tiene más de { $max } partes. Quita algunas
filter-too-deep = Hay más de { $max } niveles de paréntesis. Quita algunos
filter-unclosed-quote = Faltan las comillas de cierre
filter-unclosed-group = Falta el paréntesis de cierre
filter-unexpected = «{ $value }» no va aquí. Quítalo o pon el texto entre comillas
filter-empty-group = No hay nada entre los paréntesis
filter-missing-term = OR necesita una condición a cada lado
filter-missing-value = Escribe un valor después de «{ $key }:»
filter-sort-place = Pon sort: fuera de los paréntesis y sin guion delante

filter-unknown-key = No existe el campo «{ $key }». Para buscar el texto, ponlo entre comillas
filter-unknown-flag = «{ $key }:» no conoce «{ $value }»
filter-unknown-reference = No se encontró «{ $value }»
filter-bad-value = «{ $key }» no tiene el valor «{ $value }»
filter-bad-number = «{ $value }» no es un número entero. Escribe por ejemplo { $key }:>5
filter-bad-date = «{ $value }» no es una fecha. Escribe por ejemplo { $key }:2026-01-31, { $key }:today o { $key }:>-2d
filter-bad-duration = «{ $value }» no es una duración. Escribe por ejemplo { $key }:<90m, { $key }:<4h o { $key }:>2d
filter-bad-range = El intervalo acaba antes de empezar. Intercambia sus extremos
filter-no-comparison = «{ $key }» no se puede comparar. Escribe solo el valor, sin «{ $value }»
filter-not-sortable = La lista no se puede ordenar por «{ $key }»
filter-not-here = «{ $key }» no se puede usar en este lugar
filter-no-text = Aquí no se puede buscar texto. Usa un campo, por ejemplo is:open
filter-needs-actor = «{ $value }» depende de quién pregunta, y aquí no pregunta nadie. Indica una persona o un equipo
filter-unknown-zone = No se conoce la zona horaria «{ $value }». Elige otra en las preferencias
