### Roles and rights in words.

## Errors
error-role-exceeds = Tus propios derechos no llegan tan lejos: { $verb }
error-role-system = El rol de administrador no se puede cambiar
error-role-changed = Otra persona ha cambiado este rol. Recarga la página e inténtalo de nuevo
error-role-reach = Esta acción no admite ese alcance
error-role-last = Debe quedar al menos un administrador que pueda iniciar sesión

## How far a verb goes
access-reach-none = Nada
access-reach-own = Propio
access-reach-team = Equipo
access-reach-organisation = Organización
access-reach-all = Todo

## What it is done to
access-object-ticket = Tickets
access-object-person = Personas
access-object-organisation = Organizaciones
access-object-team = Equipos
access-object-service = Servicios
access-object-location = Ubicaciones
access-object-role = Roles
access-object-settings = Ajustes
access-object-view = Vistas guardadas
access-object-token = Tokens de API
access-object-import = Importación
access-object-report = Informes
access-object-audit = Registro de auditoría
access-object-system = Sistema

## Verbs
access-verb-ticket-see = Ver tickets
access-verb-ticket-see-internal = Ver notas y el trabajo interno
access-verb-ticket-create = Registrar tickets
access-verb-ticket-edit = Cambiar propiedades
access-verb-ticket-work = Cambiar de estado de trabajo
access-verb-ticket-take = Tomar tickets
access-verb-ticket-assign = Asignar a equipos y personas
access-verb-ticket-note = Escribir notas
access-verb-ticket-reply = Responder
access-verb-ticket-follow = Continuar como solicitante
access-verb-ticket-solve = Resolver
access-verb-ticket-close = Cerrar y confirmar
access-verb-ticket-reopen = Reabrir
access-verb-ticket-cancel = Cancelar
access-verb-ticket-link = Enlazar tickets
access-verb-ticket-merge = Combinar tickets
access-verb-ticket-watch = Añadir y quitar colaboradores y observadores
access-verb-ticket-log-time = Registrar tiempo
access-verb-ticket-approve = Aprobar
access-verb-ticket-delete = Mover tickets a la papelera y recuperarlos
access-verb-ticket-purge = Eliminar definitivamente tickets de la papelera
access-verb-ticket-export = Exportar tickets
access-verb-ticket-confide = Marcar tickets como confidenciales y nombrar quién los ve
access-verb-ticket-unseal = Abrir tickets confidenciales ajenos, con un motivo
access-verb-ticket-explain = Preguntar por qué alguien ve un ticket
access-verb-ticket-redact = Eliminar para siempre partes de mensajes, títulos y archivos
access-verb-ticket-reveal = Leer lo que se ocultó, con un motivo
access-verb-person-see = Ver personas
access-verb-person-create = Añadir personas
access-verb-person-edit = Cambiar personas
access-verb-person-account = Gestionar accesos, contraseñas y sesiones
access-verb-person-merge = Combinar personas
access-verb-person-disable = Bloquear el acceso
access-verb-person-export = Exportar personas
access-verb-person-erase = Borrar personas para siempre
access-verb-person-see-as = Ver el servicio como otra persona
access-verb-organisation-see = Ver organizaciones
access-verb-organisation-create = Añadir organizaciones
access-verb-organisation-edit = Cambiar organizaciones
access-verb-team-see = Ver equipos
access-verb-team-edit = Cambiar equipos y miembros
access-verb-service-see = Ver servicios
access-verb-service-edit = Cambiar servicios
access-verb-location-see = Ver ubicaciones
access-verb-location-edit = Cambiar ubicaciones
access-verb-role-see = Ver roles
access-verb-role-edit = Cambiar roles
access-verb-role-grant = Dar y quitar roles
access-verb-settings-see = Ver ajustes
access-verb-settings-edit = Cambiar ajustes
access-verb-view-share = Compartir vistas guardadas
access-verb-token-manage = Gestionar tokens de API
access-verb-import-run = Importar datos
access-verb-report-see = Ver informes
access-verb-audit-see = Leer el registro de auditoría
access-verb-system-see = Ver estado, tareas y registros
access-verb-system-run = Ejecutar tareas y copias

## The delivered roles
access-role-user = Pide ayuda y sigue sus propias solicitudes.
access-role-customer = Pide ayuda y ve las solicitudes de su organización; quién las atiende queda oculto.
access-role-observer = Ve las solicitudes de su organización y solo cambia las propias.
access-role-approver = Aprueba lo que espera su decisión, además de sus solicitudes.
access-role-super-user = Registra y sigue solicitudes de toda su organización.
access-role-responsible = Atiende los tickets de sus equipos.
access-role-operator = Atiende todos los tickets: registra, asigna, responde, resuelve.
access-role-coordinator = Operador que además cuida servicios, organizaciones y vistas compartidas, y ve informes.
access-role-manager = Coordinador que además gestiona equipos, personas, roles e importaciones.
access-role-cio = Lo ve todo y aprueba, sin atender tickets.
access-role-administrator = Puede hacerlo todo donde se le da.
