## Custom fields
forms-fields = Campos
forms-fields-about = Lo que el servicio anota además de lo que tiene todo registro. Un campo es de todos los tickets o de algunos tipos y servicios.
forms-fields-none = Todavía no hay campos propios.
forms-field-new = Campo nuevo
forms-saved = Guardado.
forms-type-choose = ¿Qué debe contener? El tipo se puede cambiar después, con una vista previa de lo que se perdería.
forms-name = Nombre
forms-name-en = Nombre en inglés
forms-name-es = Nombre en español
forms-name-ru = Nombre en ruso
forms-help-en = Ayuda en inglés
forms-help-es = Ayuda en español
forms-help-ru = Ayuda en ruso
forms-key = Clave
forms-key-help = Letras minúsculas, cifras, guiones y guiones bajos. La usan los filtros, la API y las importaciones; no cambia nunca
forms-type = Tipo
forms-object = Pertenece a
forms-object-ticket = Tickets
forms-object-person = Personas
forms-object-organisation = Organizaciones
forms-object-service = Servicios
forms-tenant = Para quién
forms-tenant-help = Un campo de todos los clientes está en todas partes
forms-tenant-all = Todos los clientes
forms-tenant-own = Solo el mío
forms-audience = El solicitante
forms-audience-help = Qué tiene de él quien solicita el ticket
forms-audience-desk = no lo ve
forms-audience-reads = lo lee
forms-audience-fills = lo rellena y lo lee
forms-kinds = Tipos de ticket
forms-kinds-help = Ninguno elegido: todos los tipos
forms-services = Servicios
forms-services-help = Ninguno elegido: todos los servicios
forms-decimals = Decimales
forms-decimals-help = De 0 a 6
forms-currency = Moneda, como EUR
forms-place = Posición
forms-place-help = Los campos siguen el orden de este número
forms-active = En uso
forms-active-help = Un campo fuera de uso ni se muestra ni se rellena. Sus valores permanecen
forms-inactive = fuera de uso
forms-used = { $count_plural ->
    [one] { $count } registro tiene valor
    [many] { $count } de registros tienen valor
   *[other] { $count } registros tienen valor
}
forms-items = Valores
forms-items-help = Lo que ya no se ofrece se retira: los registros que lo tienen lo conservan
forms-items-more = Más líneas
forms-item-parent = Clave del superior
forms-item-retired = Retirado
forms-history = Historial
forms-version = Versión { $version }
forms-revert = Restaurar
forms-delivered = de fábrica

## Types
forms-type-text = Texto
forms-type-text-help = Una línea
forms-type-long-text = Texto largo
forms-type-long-text-help = Varias líneas
forms-type-number = Número
forms-type-number-help = Con o sin decimales; los filtros lo comparan
forms-type-money = Importe
forms-type-money-help = En una moneda
forms-type-date = Fecha
forms-type-date-help = Un día
forms-type-time = Fecha y hora
forms-type-time-help = Un momento, en la zona horaria de quien lo lee
forms-type-choice = Elección
forms-type-choice-help = Uno de una lista
forms-type-several = Varios
forms-type-several-help = Cualesquiera de una lista
forms-type-tree = Árbol
forms-type-tree-help = Uno de una lista con ramas; un filtro por una rama encuentra todo lo que cuelga de ella
forms-type-person = Persona
forms-type-person-help = Alguien del directorio
forms-type-file = Archivo
forms-type-file-help = Un archivo del mismo ticket
forms-type-checkbox = Casilla
forms-type-checkbox-help = Sí o no
forms-type-address = Dirección
forms-type-address-help = Calle, ciudad, país

## Kinds and states
forms-kinds-title = Tipos y estados
forms-kinds-about = Qué tipos de ticket hay, por qué estados pasa cada uno y quién puede dar cada paso.
forms-prefix = Prefijo
forms-prefix-help = Letras delante del número
forms-plural-en = Plural en inglés
forms-plural-es = Plural en español
forms-plural-ru = Plural en ruso
forms-states = Estados
forms-states-help = La categoría decide qué significa un estado para listas, niveles de servicio e informes. Un estado en el que hay tickets permanece, con su categoría
forms-steps = Pasos
forms-steps-help = De un estado a otro. Quien lo da necesita el permiso; sin roles vale cualquiera que lo tenga
forms-drawing = Dibujo
forms-drawing-label = Los estados como cajas y los pasos como flechas. La tabla de abajo dice lo mismo
forms-drawing-table = Como tabla
forms-initial = Los nuevos empiezan en
forms-children = Cerrar un ticket padre con un hijo abierto
forms-children-block = no es posible
forms-children-cascade = resuelve también los hijos
forms-children-free = no toca los hijos
forms-close-days = Días hasta que uno resuelto se cierra solo
forms-close-days-help = 0: nunca
forms-reopen-days = Días en los que el solicitante puede reabrirlo
forms-rate-days = Días para valorarla
forms-rate-days-help = Desde que se resolvió. 0: no se pregunta a nadie
forms-rating-final = Una valoración queda como se dio
forms-category = Categoría
forms-category-new = Nuevo
forms-category-active = Activo
forms-category-waiting = En espera del solicitante
forms-category-held = En pausa
forms-category-resolved = Resuelto
forms-category-closed = Cerrado
forms-category-cancelled = Cancelado
forms-state-names = Nombre para el servicio
forms-state-portal = Nombre para el solicitante
forms-state-requires = Necesita
forms-step-from = De
forms-step-to = A
forms-step-verb = Permiso
forms-step-who = Quién
forms-step-staff = el servicio
forms-step-requester = el solicitante
forms-step-roles = Solo estos roles
forms-required = Es obligatorio
forms-required-help = Para quien registra un ticket y puede rellenarlo. Una llamada o una importación pueden dejarlo abierto: el ticket queda incompleto
forms-state-fields = Campos que deben estar rellenos
forms-state-entering = para entrar, por clave
forms-state-leaving = para salir, por clave
forms-secrets = Secretos en los textos
forms-secrets-about = Los secretos en mensajes, títulos e informes se detectan al escribirse. Los que se ocultan se quitan antes de que alguien los lea y se guardan cifrados; quien tiene permiso lee uno indicando un motivo. Un cambio vale para lo que se escriba desde ahora.
forms-secrets-mask = Ocultar
forms-secrets-warn = Dejarlo y avisar
forms-secrets-off = No hacer nada

## Rules of fields
forms-rules = Reglas de campos
forms-rules-about = Qué se muestra, qué hay que rellenar, qué se puede elegir o qué se rellena solo, según el ticket. Una regla obliga igual en todas las páginas, en el portal y en la API.
forms-rules-none = Aún no hay reglas.
forms-rule-new = Regla nueva
forms-rule-key-help = Letras minúsculas, cifras, guiones y guiones bajos; no cambia nunca
forms-rule-name-help = Quien se topa con la regla lee su nombre: di lo que pide, como «Los portátiles tienen número de serie».
forms-rule-place-help = Las reglas van en el orden de este número; cuenta la primera que rellena un campo
forms-rule-when = Cuando
forms-rule-when-help = Deben cumplirse todas las líneas. De varios valores, uno por línea, basta uno. Sin líneas la regla vale siempre
forms-rule-then = Entonces
forms-rule-then-help = Un campo que las reglas muestran solo está mientras se cumple una de ellas. Los valores van uno por línea, como claves
forms-rule-on = Mira
forms-rule-test = Compara
forms-rule-does = Hace
forms-rule-keys = Claves que se pueden escribir aquí
forms-rule-always = Siempre
forms-on-kind = Tipo
forms-on-service = Servicio
forms-on-state = Estado
forms-on-enters = Estado al que pasa
forms-on-leaves = Estado que deja
forms-on-organisation = Organización
forms-on-role = Rol del solicitante
forms-on-field = Campo
forms-test-is = es
forms-test-is-not = no es
forms-test-filled = está relleno
forms-test-empty = está vacío
forms-test-at-least = es al menos
forms-test-at-most = es como máximo
forms-does-show = Mostrar
forms-does-require = Exigir
forms-does-limit = Limitar
forms-does-preset = Rellenar
forms-when-is = { $what } es { $values }
forms-when-is-not = { $what } no es { $values }
forms-when-filled = { $what } está relleno
forms-when-empty = { $what } está vacío
forms-when-at-least = { $what } es al menos { $values }
forms-when-at-most = { $what } es como máximo { $values }
forms-then-show = se muestra { $field }
forms-then-require = hay que rellenar { $field }
forms-then-limit = { $field } es uno de { $values }
forms-then-preset = { $field } se rellena con { $values }
forms-trial = Prueba
forms-trial-help = Lo que dirían todas las reglas, con esta tal como está aquí. No se guarda nada.
forms-trial-values = Valores
forms-trial-values-help = Uno por línea: clave = valor
forms-trial-as = Como rellena el formulario el solicitante
forms-trial-run = Probar
forms-trial-none = No se aplica ninguna regla.
forms-trial-applying = Reglas que se aplican
forms-trial-required = obligatorio
forms-trial-preset = Se rellena con
forms-trial-choices = Se puede elegir
forms-trial-hidden = no se muestra

## Forms
forms-forms = Formularios
forms-forms-about = Qué se pregunta a quien registra un ticket: campos en secciones, en un orden, algunos solo cuando se cumple algo. El portal, la mesa, el formulario de teléfono y la API preguntan lo mismo.
forms-forms-none = Aún no hay formularios. Sin ellos los campos van en su propio orden.
forms-form-new = Formulario nuevo
forms-form-services-help = Ninguno elegido: todos los servicios. Un formulario para un servicio va antes que uno para todos
forms-form-place-help = De varios formularios que valen cuenta el del número más bajo
forms-section = Sección
forms-sections = Secciones
forms-sections-help = Los campos que no están en ninguna sección van al final. A quien no tiene campos en una sección no se le muestra
forms-sections-more = Más secciones
forms-section-fields = Campos
forms-section-fields-help = Claves, una por línea, en este orden
forms-title-en = Título en inglés
forms-title-es = Título en español
forms-title-ru = Título en ruso
forms-preview = Vista previa
forms-preview-desk = Vista previa para la mesa
forms-preview-portal = Vista previa para el portal
forms-preview-none = No se preguntaría nada.

## Another type for a field
forms-retype = Cambiar el tipo
forms-retype-title = Otro tipo para { $name }
forms-retype-about = Mira primero: la vista previa dice qué sería de cada valor. El campo tiene el tipo nuevo al momento; sus valores siguen en segundo plano, y los filtros encuentran cada uno cuando está hecho.
forms-retype-to = Tipo nuevo
forms-retype-choose = Elige un tipo
forms-retype-none = Una persona o un archivo no es palabra ni número: este campo conserva su tipo.
forms-retype-decimals-help = De números e importes. Si son menos que ahora, los valores se redondean
forms-retype-add = Añadir las opciones que faltan
forms-retype-add-help = Lo que dicen los valores y la lista no ofrece pasa a ser una opción
forms-retype-look = Vista previa
forms-retype-preview = Lo que pasaría
forms-retype-kept = { $count_plural ->
    [one] { $count } valor se queda.
    [many] { $count } de valores se quedan.
   *[other] { $count } valores se quedan.
}
forms-retype-changed = { $count_plural ->
    [one] { $count } valor pasa a ser otro.
    [many] { $count } de valores pasan a ser otros.
   *[other] { $count } valores pasan a ser otros.
}
forms-retype-lost = { $count_plural ->
    [one] { $count } valor se pierde.
    [many] { $count } de valores se pierden.
   *[other] { $count } valores se pierden.
}
forms-retype-missing = { $count_plural ->
    [one] Falta { $count } opción en la lista.
    [many] Faltan { $count } de opciones en la lista.
   *[other] Faltan { $count } opciones en la lista.
}
forms-retype-overtaken = { $count_plural ->
    [one] { $count } valor se escribió después; el antiguo no ha vuelto.
    [many] { $count } de valores se escribieron después; los antiguos no han vuelto.
   *[other] { $count } valores se escribieron después; los antiguos no han vuelto.
}
forms-retype-left = { $count_plural ->
    [one] Queda { $count } registro.
    [many] Quedan { $count } de registros.
   *[other] Quedan { $count } registros.
}
forms-retype-lost-which = Perdidos, de lo que puedes ver
forms-retype-changed-which = Cambiados, de lo que puedes ver
forms-retype-overtaken-which = Escritos después, de lo que puedes ver
forms-retype-confirm = Estos valores se pueden perder
forms-retype-confirm-help = Se guardan para poder volver atrás
forms-retype-do = Cambiar el tipo
forms-retype-again = Mirar otra vez
forms-retype-revert = Deshacer
forms-retype-running = { $from } pasa a { $to }
forms-retype-done = { $from } pasó a { $to }
forms-retype-back = Deshecho: { $from } volvió a { $to }
forms-why-written = escrito de otra forma
forms-why-joined = sus líneas quedan en una
forms-why-cut = se corta el final
forms-why-rounded = redondeado
forms-why-day = solo queda el día
forms-why-truth = solo queda sí o no
forms-why-first = solo queda el primero
forms-why-some = algunos no se ofrecen
forms-why-no-number = no es un número
forms-why-no-date = no es una fecha
forms-why-no-time = no es una fecha con hora
forms-why-no-truth = no es ni sí ni no
forms-why-no-choice = no se ofrece
error-retype-running = Su tipo ya se está cambiando. Espera a que termine
error-retype-pair = Los valores de este tipo no pueden pasar a ser del otro
error-retype-rule = «{ $name }» dejaría de tener sentido con este tipo. Cámbialo antes
error-retype-confirm = Valores que se perderían: { $count }. Confirma que se pueden perder
error-retype-state = No hay ningún cambio de tipo que se pueda deshacer
error-revert-type = El campo tenía entonces otro tipo. Cambia el tipo aparte, con una vista previa
