### Inicio de sesión, contraseñas, la cuenta propia.

## Inicio de sesión
sessions-login-title = Iniciar sesión
sessions-login-name = Correo electrónico
sessions-password = Contraseña
sessions-login-forgotten = ¿Has olvidado la contraseña? Un administrador puede darte un enlace para elegir otra.
sessions-login-changed = Tu contraseña ha cambiado. Inicia sesión con ella.
sessions-login-empty = Esta mesa de servicio aún no está configurada. Abre el enlace que el servidor mostró al arrancar.
sessions-demo-title = Esto es una demostración
sessions-demo-text = Todo lo que contiene es inventado. Elige quién quieres ser: cada botón inicia la sesión.

error-login-failed = El correo o la contraseña no son correctos. Revisa los dos e inténtalo de nuevo
error-login-wait = Demasiados intentos fallidos. Tu cuenta no está bloqueada: inténtalo de nuevo dentro de { $seconds } s

## Contraseñas
sessions-password-new = Contraseña nueva
sessions-password-again = La misma contraseña otra vez
sessions-password-current = Contraseña actual
sessions-password-save = Cambiar contraseña
sessions-password-help = { $count_plural ->
    [one] Al menos { $count } carácter. Sirven bien unas cuantas palabras que solo tú juntarías
    [many] Al menos { $count } de caracteres. Sirven bien unas cuantas palabras que solo tú juntarías
   *[other] Al menos { $count } caracteres. Sirven bien unas cuantas palabras que solo tú juntarías
}
sessions-password-ends = Aquí seguirás con la sesión abierta; se cerrará en los demás navegadores.
sessions-reset-title = Elige una contraseña
sessions-reset-text = El enlace sirve una sola vez. Después inicia sesión con la contraseña nueva; se cerrarán todas las sesiones.
sessions-revoke-all = Revocar también mis tokens de API
sessions-revoke-all-help = Márcalo si alguien más ha podido usar tu cuenta
error-password-common = Esta contraseña está entre las primeras que prueban los atacantes. Elige otra
error-password-own = Es tu propio nombre o dirección, lo primero que se prueba. Elige otra
error-password-again = Las dos contraseñas no son iguales. Escríbelas de nuevo
error-password-wrong = Esta no es tu contraseña actual
error-reset-link = Este enlace no sirve: ya se usó, es demasiado antiguo o está incompleto. Pide otro a un administrador
error-account-inactive = Esta cuenta está desactivada. Actívala primero

## Configuración inicial
sessions-setup-title = Configura tu mesa de servicio
sessions-setup-text = Tres cosas y podrás recibir el primer ticket: de quién es la mesa, quién la administra y su idioma.
sessions-setup-organisation = Organización
sessions-setup-organisation-help = La empresa o el departamento que lleva esta mesa de servicio
sessions-setup-name = Tu nombre
sessions-setup-email-help = Con él inicias sesión
sessions-setup-lang = Idioma
sessions-setup-send = Crear la mesa de servicio
sessions-first-team = Mesa de servicio
error-setup-link = Este enlace no sirve: la mesa ya está configurada o el enlace es antiguo. Reinicia el servidor para obtener otro

## La cuenta propia
sessions-me-title = Tu cuenta
sessions-me-profile = Perfil
sessions-me-name = Nombre
sessions-email = Correo electrónico
sessions-zone = Zona horaria
sessions-as-organisation = La de la organización
sessions-me-export = Todo lo que se guarda sobre mí, en un archivo
sessions-me-save = Guardar perfil
sessions-me-look = Aspecto
sessions-density = Densidad
sessions-density-comfortable = Amplia
sessions-density-compact = Compacta
sessions-density-dense = Densa
sessions-letters = Atajos de teclado de una letra
sessions-letters-help = Como R para responder. Desactívalos si dictas al ordenador o pulsas teclas sin querer
sessions-me-password = Contraseña
sessions-done-profile = Perfil guardado
sessions-done-password = Contraseña cambiada, sesión cerrada en los demás navegadores
sessions-done-session = Sesión cerrada allí
sessions-done-sessions = Sesión cerrada en todos los demás sitios
sessions-done-token = Token revocado
error-time-zone = Elige una zona horaria de la lista

## Sesiones
sessions-me-sessions = Dónde tienes la sesión abierta
sessions-device = Navegador
sessions-device-unknown = Navegador desconocido
sessions-address = Dirección
sessions-seen = Último uso
sessions-began = Inicio
sessions-here = Este navegador
sessions-end = Cerrar esa sesión
sessions-end-others = Cerrar las demás sesiones
error-session-only = Un token no puede hacer esto. Inicia sesión con tu contraseña
error-see-as-self = Ya ves el servicio con tus propios permisos
error-see-as-out = Esta persona no puede iniciar sesión y no ve nada
error-see-as-above = Esta persona puede leer lo que tú no puedes
error-see-as-reason = Di por qué, en un máximo de { $max } letras
error-seeing-as = Estás viendo como { $name } y no puedes cambiar nada. Termina primero
sessions-see-as = Ver como
sessions-see-as-title = Ver el servicio como { $name }
sessions-see-as-help = Durante 15 minutos este navegador muestra lo que ve esta persona, sin cambiar nada. Los tickets confidenciales solo aparecen si también te nombran a ti. El inicio y el fin quedan en el registro de administración.
sessions-see-as-reason = Motivo
sessions-see-as-reason-help = Queda en el registro de administración.
sessions-see-as-begin = Empezar

## Tokens de API
sessions-me-tokens = Tokens de API
sessions-tokens-text = Un token permite que un programa actúe en tu nombre. No puede hacer más de lo que puedes tú.
sessions-token-made = Copia el token ahora: no se volverá a mostrar.
sessions-token-name = Para qué sirve
sessions-token-name-help = Por ejemplo, «Monitorización»
sessions-token-scopes = Puede
sessions-scope-read = Leer
sessions-scope-write = Leer y cambiar
sessions-token-used = Último uso
sessions-token-expires = Caduca
sessions-days = { $count_plural ->
    [one] dentro de { $count } día
    [many] dentro de { $count } de días
   *[other] dentro de { $count } días
}
sessions-token-create = Crear token
sessions-token-revoke = Revocar
error-token-scope = No existe el permiso { $scope }
error-token-expiry = { $days_plural ->
    [one] Elige una caducidad futura, como máximo dentro de { $days } día
    [many] Elige una caducidad futura, como máximo dentro de { $days } de días
   *[other] Elige una caducidad futura, como máximo dentro de { $days } días
}
error-token-many = { $max_plural ->
    [one] Tienes { $max } token, que es el límite. Revoca uno antes
    [many] Tienes { $max } de tokens, que es el límite. Revoca uno antes
   *[other] Tienes { $max } tokens, que es el límite. Revoca uno antes
}
error-token-shown = Esta petición ya creó un token y su texto se mostró entonces. Si no lo guardaste, revócalo y crea otro
error-token-exceeds = Un token solo puede crear tokens que no puedan más ni duren más que él

## Los accesos de otros
sessions-account = Acceso
sessions-account-title = Acceso de { $name }
sessions-account-people = Personas
sessions-account-none = Todavía sin acceso: se le puede escribir, pero no puede entrar.
sessions-account-login = Entra como
sessions-account-login-help = Normalmente, la dirección de correo
sessions-account-make = Crear acceso
sessions-account-rename = Guardar
sessions-account-access = Permiso para entrar
sessions-account-out = Bloqueado
sessions-account-link = Un enlace para elegir la contraseña
sessions-account-link-text = Entrégalo por una vía de confianza. Funciona una vez, poco tiempo, y no se vuelve a mostrar.
sessions-account-link-help = Un enlace con el que su dueño elige una contraseña nueva. Un enlace anterior deja de funcionar; la contraseña sigue hasta entonces.
sessions-account-link-make = Crear enlace
sessions-account-shut-out = Bloquear
sessions-account-shut-out-help = Termina ahora mismo todas las sesiones, enlaces y claves de API. No vuelven al desbloquear el acceso.
sessions-account-let-in = Desbloquear
sessions-account-let-in-help = Su dueño puede volver a entrar con la misma contraseña. Las sesiones y claves se crean de nuevo.
sessions-account-sessions = Dónde tiene la sesión abierta
sessions-account-nowhere = En ninguna parte
sessions-account-sign-out = Cerrar todas las sesiones
sessions-account-renamed = Acceso guardado
sessions-account-signed-out = Todas las sesiones cerradas
sessions-account-is-out = Acceso bloqueado
sessions-account-is-in = Acceso desbloqueado
error-account-known = Esta persona ya tiene acceso
error-login-blank = El nombre de acceso no lleva espacios
error-login-taken = Otra persona entra con este nombre. Elige otro
sessions-undo = Tiempo para retirar una respuesta
sessions-undo-none = Ninguno
sessions-undo-seconds = { $count } s
sessions-after = Después de responder
sessions-after-stay = Seguir en el ticket
sessions-after-next = Siguiente ticket
sessions-after-list = Volver a la lista
