### People, organisations, teams, services, locations and roles.

## Pages
people-people = Personas
people-orgs = Organizaciones
people-teams = Equipos
people-services = Servicios
people-locations = Ubicaciones
people-roles = Roles
people-show = Mostrar
people-skip-list = Ir a la lista
people-clear = Quitar el filtro
people-active = Activas
people-inactive = Inactivo
people-inactive-all = Inactivas
people-all = Todas
people-vip = VIP
people-more = Más
people-nothing = Nada
people-unseen = No visible para ti
people-settings = Ajustes
people-save = Guardar cambios
people-save-mine = Guardar lo mío

## Fields
people-name = Nombre
people-label = Nombre
people-title = Puesto
people-contacts = Contactos
people-organisations = Organizaciones
people-location = Ubicación
people-lang = Idioma
people-zone = Zona horaria
people-clock = allí son las { $time }
people-note = Nota
people-email = Correo
people-phone = Teléfono
people-mobile = Móvil
people-room = Sala
people-tag = Tarjeta
people-org = Organización
people-role-title = Función allí
people-payer = Quién paga
people-payer-self = La propia organización
people-payer-help = El cliente que paga, si es otra organización
people-domains = Dominios de correo
people-domains-none = Ninguno
people-domains-help = Quien escribe desde uno de ellos pertenece aquí. Uno por línea
people-lead = Responsable
people-member = Miembro
people-members = Miembros
people-owner = Propietario
people-team = Equipo
people-impact = Impacto
people-impact-low = Bajo
people-impact-medium = Medio
people-impact-high = Alto
people-impact-extensive = Generalizado
people-impact-help = Un ticket sobre él empieza así
people-description = Descripción
people-state = Estado
people-key = Clave
people-key-help = Así lo nombran las reglas, los filtros y las importaciones. Nunca cambia; déjala vacía para formarla a partir del nombre
people-parent = Está por debajo de
people-parent-help = Se mueve con todo lo que tiene debajo
people-parent-top = Déjalo vacío para la parte superior. Se mueve con todo lo que tiene debajo
people-address = Dirección
people-where = Dónde
people-whose = De quién es
people-whose-help = Por debajo de otro pertenece al mismo cliente
people-all-tenants = Todos los clientes
people-as-organisation = Como lo tiene la organización
people-as-location = Como lo tienen la ubicación y la organización
people-as-above = Como lo tiene el superior
people-kind = Tipo
people-kind-internal = Interna
people-kind-customer = Cliente
people-kind-supplier = Proveedor
people-kind-partner = Socio
people-person = Persona
people-line = Línea de soporte
people-line-n = Línea { $line }
people-line-1 = Línea 1: lo atiende todo primero
people-line-2 = Línea 2: especialistas
people-line-3 = Línea 3: expertos y proveedores

## People
people-new = Nueva persona
people-create = Crear persona
people-search = Nombre, correo o teléfono
people-none = Todavía no hay nadie
people-none-match = Nadie coincide
people-about = Información
people-main = Principal
people-main-org = Principal
people-verified = Verificado
people-contacts-none = Todavía no hay contactos
people-contact-add = Añadir contacto
people-contact-kind = Qué es
people-contact-value = Dirección o número
people-contact-main = Usar este primero
people-contact-main-help = Entre los de su tipo
people-organisations-none = No pertenece a ninguna organización
people-membership-add = Añadir organización
people-membership-main = Es la principal
people-membership-end = Terminar
people-since = desde el { $day }
people-from-to = del { $from } al { $to }
people-org-help = Déjala vacía si no la sabes
people-vip-help = Todo el equipo ve la marca
people-note-help = Lo que debe saber el próximo compañero antes de llamar
people-login = Inicia sesión como
people-log-in = Acceso
people-see-as = Ver el servicio como esta persona
people-login-last = última vez:
people-tickets = Tickets
people-tickets-open = Tickets abiertos
people-tickets-all = Todos los tickets
people-new-ticket = Nuevo ticket para esta persona
people-disable = Bloquear el acceso
people-enable = Devolver el acceso
people-merged = También conocido como
people-merge = Combinar con otro registro
people-export-all = Todo lo guardado, en un archivo
people-erase = Borrar para siempre
people-merge-text = Cuando dos registros son la misma persona, uno absorbe al otro: los tickets, contactos y organizaciones se encuentran en él, y ambos accesos llevan a él. Puedes deshacerlo.
people-merge-gone = Este registro
people-merge-into = es en realidad
people-merge-into-help = El registro que queda
people-merge-send = Combinar registros
people-unmerge = Separar
people-roles-held = Roles
people-role = Rol
people-grant = Dar rol
people-revoke = Quitar
people-fallback = Lo tiene quien no tiene otro rol

## Organisations
people-tenant-new = Nuevo cliente
people-org-new = Nueva organización
people-org-below = Nueva organización por debajo
people-org-create = Crear organización
people-org-active = Activa
people-org-active-help = Una organización inactiva ya no se sugiere
people-orgs-search = Nombre o dominio de correo
people-orgs-none = Todavía no hay organizaciones
people-orgs-none-match = Ninguna organización coincide
people-tree = Lugar en el árbol
people-members-none = Todavía nadie pertenece aquí
people-members-all = Mostrar todos los miembros

## Teams
people-team-new = Nuevo equipo
people-team-create = Crear equipo
people-team-active = Activo
people-team-active-help = Un equipo inactivo ya no recibe tickets
people-team-empty = Todavía no hay nadie en este equipo: nadie verá sus tickets
people-member-add = Añadir miembro
people-member-role = Como
people-teams-search = Nombre o clave
people-teams-none = Todavía no hay equipos
people-teams-none-match = Ningún equipo coincide

## Services and locations
people-service-new = Nuevo servicio
people-service-create = Crear servicio
people-service-proposed = Propuesto
people-service-live = En marcha
people-service-retired = Retirado
people-service-active = Se puede elegir
people-service-active-help = Desactivado: los tickets lo conservan, los nuevos no pueden elegirlo
people-service-team-help = Un ticket sobre él empieza en este equipo
people-services-search = Nombre o clave
people-services-empty = Todavía no hay servicios. Empieza por lo que más se pide
people-location-new = Nueva ubicación
people-location-create = Crear ubicación
people-location-active = Se puede elegir
people-location-active-help = Desactivado: las personas y los tickets la conservan, los nuevos no pueden elegirla
people-locations-search = Nombre o dirección
people-locations-empty = Todavía no hay ubicaciones. Empieza por tus oficinas
people-tree-none-match = Nada coincide
people-below = Nuevo por debajo
people-level = nivel { $level }

## Roles
people-matrix = Qué puede hacer cada rol y hasta dónde
people-verb = Acción
people-role-own = Cambiado
people-role-new = Nuevo rol
people-role-create = Crear rol
people-role-save = Guardar rol
people-role-key-help = Letras minúsculas, cifras y guiones bajos. Nunca cambia
people-role-name-en = Nombre en inglés
people-role-name-es = Nombre en español
people-role-name-ru = Nombre en ruso
people-role-active = Activo
people-role-active-help = Un rol inactivo no concede nada a quienes lo tienen
people-role-fixed = Este rol puede hacerlo todo, siempre. No se puede cambiar, para que nadie bloquee el servicio.
people-role-fallback = Quien no tiene otro rol tiene este.
people-role-shared = Esta definición vale para todos los clientes. Al guardar se crea una propia, que vale aquí en su lugar.
people-hidden = Campos ocultos
people-hidden-help = Quien ve el registro solo por este rol no ve estos campos
people-holders = Quién lo tiene aquí
people-holders-none = Nadie lo tiene aquí
people-history = Historial
people-version = Versión { $version }
people-delivered = Incluido con el producto
people-role-change = { $verb }: { $before }, ahora { $after }
people-role-hides = { $object }: se oculta { $field }
people-role-shows = { $object }: se muestra { $field }
people-role-on = Activado
people-role-off = Desactivado

## What was done
people-done-saved = Guardado
people-done-created = Creado
people-done-disabled = Acceso bloqueado
people-done-enabled = Acceso devuelto
people-done-merged = Registros combinados
people-done-unmerged = Registros separados
people-done-granted = Rol dado
people-done-revoked = Rol quitado

## Somebody was faster
people-conflict-by = { $name } lo cambió el { $time }, después de que lo abrieras
people-conflict = Se cambió el { $time }, después de que lo abrieras
people-conflict-help = Aún no se ha guardado nada. Abajo está lo que escribiste; donde difiere, ahora está guardado esto:

## Errors
error-pick = Elige una de las sugerencias
error-person-shut-out = Esta persona está bloqueada. Elige a otra o devuélvele el acceso
error-key-taken = Esta clave ya existe. Elige otra
error-domain-taken = Otra organización tiene uno de estos dominios
error-domains-many = { $max_plural ->
    [one] { $max } dominio como máximo
    [many] { $max } de dominios como máximo
   *[other] { $max } dominios como máximo
}
people-roles-all = { $count_plural ->
    [one] Mostrar { $count } rol
    [many] Mostrar los { $count } de roles
   *[other] Mostrar los { $count } roles
}
people-fields = Campos
people-fields-edit = Cambiar los campos
people-fields-none = Aquí no hay campos propios.
