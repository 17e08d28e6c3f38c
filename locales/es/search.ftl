### Búsqueda: el campo de arriba y la página de resultados.

search-title = Buscar
search-title-of = Buscar: { $text }
search-skip = Ir a los resultados
search-hint = Palabras de tickets, mensajes y notas, nombres, números, teléfonos, nombres de equipos. Las comillas mantienen juntas las palabras, un signo menos excluye y los filtros como is:open team:l1 acotan
search-kinds = Tipos
search-all = Todo
search-tickets = Tickets
search-people = Personas
search-organisations = Organizaciones
search-teams = Equipos
search-services = Servicios
search-kind-ticket = Ticket
search-kind-person = Persona
search-kind-organisation = Organización
search-kind-team = Equipo
search-kind-service = Servicio
search-facets = Acotar
search-facets-since = Contado entre lo más reciente: tickets modificados desde el { $day }.
search-order = Orden
search-order-best = Más relevantes
search-order-updated = Última modificación
search-order-created = Más recientes
search-inactive = Inactivo
search-instead = No hay resultados para «{ $typed }». Se muestran los de «{ $meant }»
search-mostly = Nada contiene todas estas palabras. Se muestra lo que contiene la mayoría
search-full = Las palabras se han buscado también en descripciones, mensajes, notas e informes
search-nothing = No hay nada para «{ $text }». Prueba con menos palabras
search-building = Se está creando el índice de búsqueda: { $percent } % hecho. Hasta entonces solo los números llevan a sus tickets
search-rebuilding = Se está creando de nuevo el índice de búsqueda: { $percent } % hecho. Puede faltar lo que ha cambiado entretanto

## Tickets parecidos
search-similar = Tickets parecidos
search-similar-show = Mostrar tickets parecidos
search-similar-none = No hay tickets parecidos
search-similar-open = Ya abiertos
search-similar-solved = Resueltos antes
search-answer = Qué lo resolvió
search-back-ticket = Volver al ticket
