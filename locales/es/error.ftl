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

## Custom fields
error-field-number = Escribe un número. Decimales como máximo: { $decimals }
error-field-date = Escribe una fecha como 2026-11-22
error-field-time = Escribe fecha y hora como 2026-11-22T14:05
error-field-choice = { $value } no es ninguno de los valores. Elige uno de la lista
error-field-elsewhere = Este campo es de otro tipo de ticket o de otro servicio
error-field-key = Usa letras minúsculas, cifras, guiones y guiones bajos, y empieza por una letra
error-field-decimals = Solo los números y los importes tienen decimales, 6 como máximo
error-field-currency = Escribe las tres letras de la moneda, como EUR; solo los importes la tienen
error-field-items = Este tipo necesita una lista de valores, { $max } como máximo; los demás tipos no la tienen
error-field-item-key = { $key }: usa letras minúsculas, cifras, guiones y guiones bajos, y empieza por una letra
error-field-item-twice = { $key } está dos veces en la lista
error-field-item-name = { $key } necesita un nombre en inglés
error-field-item-parent = { $key }: el valor superior no está en la lista, está por debajo, o el campo no es un árbol
error-field-type = Aquí el tipo no cambia. Cámbialo en la página del tipo, que muestra lo que se perdería
error-field-kind = { $kind } no es ningún tipo de ticket
error-field-object = Solo los campos de los tickets tienen tipos de ticket, servicios y archivos
error-field-item-used = { $count_plural ->
    [one] { $key } es el valor de { $count } registro. Márcalo como retirado en vez de quitarlo
    [many] { $key } es el valor de { $count } de registros. Márcalo como retirado en vez de quitarlo
   *[other] { $key } es el valor de { $count } registros. Márcalo como retirado en vez de quitarlo
}

## Kinds and states
error-kind-prefix = Usa de una a ocho letras
error-kind-days = Usa de 0 a 3650 días
error-kind-state-key = { $state }: usa letras minúsculas, cifras, guiones y guiones bajos, y empieza por una letra
error-kind-state-twice = { $state } está dos veces
error-kind-state-name = { $state } necesita un nombre en inglés para el servicio y para el solicitante
error-kind-state-requires = { $state } está abierto: solo lo que termina un ticket puede necesitar una resolución
error-kind-initial = Los tickets nuevos empiezan en un estado de la categoría nuevo o activo
error-kind-category = No hay ningún estado de la categoría { $category }
error-kind-step = { $from } → { $to }: uno de los dos no es un estado, o son el mismo
error-kind-step-twice = { $from } → { $to } está dos veces
error-kind-step-by = { $from } → { $to }: nadie puede darlo
error-kind-step-verb = { $from } → { $to }: elige el permiso que necesita
error-kind-role = No existe el rol { $role }
error-kind-lost = Ningún camino lleva a { $state }
error-kind-trap = El servicio no puede llegar de { $state } a un final
error-kind-state-used = { $count_plural ->
    [one] { $count } ticket está en { $state }. Permanece, con su categoría
    [many] { $count } de tickets están en { $state }. Permanece, con su categoría
   *[other] { $count } tickets están en { $state }. Permanece, con su categoría
}
error-field-needed = { $name }: rellénalo antes de este paso
error-rule-hidden = Aquí no se pide { $name }: { $rule }
error-rule-required = { $name }: rellénalo. { $rule }
error-rule-limited = { $name }: este valor no se permite aquí. { $rule }
error-rule-then = Di qué ocurre; líneas como máximo: { $max }
error-rule-values = Escribe valores, uno por línea. Estar relleno o vacío no necesita ninguno
error-rule-test = { $field } no se puede comparar así
error-rule-field = { $field } no es un campo de los tickets
error-rule-value = { $field } no puede tener este valor
error-rule-unknown = { $value } no existe
error-rule-circle = { $field } dependería de sí mismo
error-form-section = { $key }: cada sección necesita una clave propia, de letras minúsculas, cifras, guiones y guiones bajos
error-form-twice = { $field } está dos veces en el formulario
error-kind-field = No hay ningún campo { $field } de los tickets
