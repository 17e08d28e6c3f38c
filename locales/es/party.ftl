### Errors of people, organisations, teams, locations and services.

## Trees
error-tree-cycle = No puede quedar por debajo de sí mismo
error-tree-tenant = Debe seguir dentro del mismo cliente
error-tree-root = La raíz del árbol de un cliente no se puede mover
error-tree-deep = Un árbol tiene { $max } niveles como máximo
error-tree-large = Se moverían más de { $max } elementos a la vez. Mueve sus partes una a una

## Names and keys
error-key = Usa letras minúsculas, cifras, puntos y guiones
error-domain = Escribe dominios de correo como example.com, uno por línea

## Persons
error-address = Esto no parece una dirección a la que se pueda llegar
error-login = Escribe un nombre para iniciar sesión
error-membership-dates = Termina antes de empezar
error-membership-tenant = La persona y la organización pertenecen a clientes distintos
error-merge-self = Elige otra persona con la que combinar
error-merge-tenant = No se pueden combinar personas de clientes distintos
error-merge-done = Una de las dos ya estaba combinada
error-merge-none = Esta persona no estaba combinada
