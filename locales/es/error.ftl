### Qué pasó, qué está a salvo, qué hacer.

## Generales, por tipo de error
error-invalid = Revisa los campos marcados: lo demás se conserva en la página
error-malformed = No se pudo leer la petición
error-unauthenticated = Inicia sesión para continuar
error-forbidden = Tu rol no incluye esto. Pide acceso a un administrador
error-not-found = Aquí no hay nada que puedas ver
error-conflict = Esto choca con lo que está guardado ahora. Recarga la página e inténtalo de nuevo
error-stale = Alguien cambió esto después de que lo abrieras. Compara y elige qué conservar
error-too-large = Esto supera el límite de { $limit }
error-too-many = Demasiadas peticiones. Inténtalo de nuevo dentro de { $seconds } s
error-internal = No se pudo terminar la operación y no cambió nada por ella. Da el código a un administrador
error-busy = El servicio está ocupado. No cambió nada; inténtalo de nuevo en un momento
error-method = Esta dirección no admite ese método
error-media-type = Envía JSON con el tipo application/json
error-origin = Esto llegó desde otro sitio, así que no se ejecutó
error-timeout = La respuesta tardó demasiado. No cambió nada; inténtalo de nuevo

## Almacenamiento
error-commit-unknown = La base de datos dejó de responder mientras guardaba esto. Recarga la página para ver si se guardó antes de volver a intentarlo
error-concurrent = Varias personas cambiaron esto a la vez. No cambió nada tuyo; inténtalo de nuevo
error-database = La base de datos no responde. No cambió nada; inténtalo de nuevo en un momento
error-disk-full = El disco está lleno. No cambió nada; avisa a un administrador
error-duplicate = Esto ya existe
error-reference = Esto se refiere a algo que no existe
error-refused = Las reglas de la base de datos no permiten este cambio
error-slow-query = Esto tardó demasiado. Acota el filtro e inténtalo de nuevo
error-stopping = El servicio se está reiniciando. No cambió nada; inténtalo de nuevo en un momento

## Campos
error-file-large = { $name } supera el límite de { $limit }. Comparte un enlace o hazlo más corto
error-files-many = { $max_plural ->
    [one] Como máximo { $max } archivo a la vez
    [many] Como máximo { $max } de archivos a la vez
   *[other] Como máximo { $max } archivos a la vez
}
error-required = Rellena este campo
error-too-long = { $max_plural ->
    [one] Como máximo { $max } carácter
    [many] Como máximo { $max } de caracteres
   *[other] Como máximo { $max } caracteres
}
error-too-short = { $min_plural ->
    [one] Al menos { $min } carácter
    [many] Al menos { $min } de caracteres
   *[other] Al menos { $min } caracteres
}
error-cursor = El orden de la lista cambió. Ábrela desde la primera página
error-search-many-words = Use { $max } palabras como máximo. Quite las que menos importan o ponga la frase entre comillas
error-search-too-long = Esta búsqueda tarda demasiado. Use menos palabras o palabras más largas
error-number = Escribe un número entero
error-choice = Elige un valor de la lista
error-date = Escribe una fecha
error-unknown-field = Ese campo no existe
error-json = No se pudo leer el JSON: { $detail }

## La página de error
error-page-invalid = Algo no está bien todavía
error-page-malformed = No se pudo leer la petición
error-page-unauthenticated = Inicia sesión para continuar
error-page-forbidden = No tienes acceso
error-page-not-found = No encontrado
error-page-conflict = Ha cambiado mientras tanto
error-page-too-large = Demasiado grande
error-page-too-many = Demasiadas peticiones
error-page-internal = El servicio cometió un error
error-page-busy = El servicio está ocupado
error-page-home = Ir a la página de inicio
error-page-incident = Código { $incident }
error-revert-state = El estado { $state } no puede desaparecer: hay tiques en él
error-revert-unfit = Esta versión ya no encaja con el resto de los ajustes
