### Errors about roles and rights.

error-role-exceeds = Tus propios derechos no llegan tan lejos: { $verb }
error-role-system = El rol de administrador no se puede cambiar
error-role-changed = Otra persona ha cambiado este rol. Recarga la página e inténtalo de nuevo
error-role-reach = Esta acción no admite ese alcance
error-role-last = Debe quedar al menos un administrador que pueda iniciar sesión
