# El marco de cada página y los componentes comunes.

ui-skip-main = Ir al contenido
ui-nav = Navegación principal
ui-seeing = Viendo como { $name } hasta las { $until }
ui-seeing-end = Terminar
ui-nav-more = Más
ui-rail = Textos
ui-views = Vistas
ui-view-urgent = Un plazo vence en menos de 30 minutos
ui-search = Buscar
ui-new = Nuevo ticket
ui-new-request = Nueva solicitud
ui-help = ¿Necesitas ayuda?
ui-reconnecting = Reconectando

ui-me = Tu menú
ui-preferences = Preferencias
ui-theme = Tema
ui-theme-light = Claro
ui-theme-dark = Oscuro
ui-theme-system = Sistema
ui-language = Idioma
ui-logout = Cerrar sesión

ui-close = Cerrar
ui-cancel = Cancelar
ui-undo = Deshacer
ui-retry = Reintentar
ui-remove = Quitar
ui-more = Mostrar más
ui-optional = (opcional)
ui-choose = Elegir
ui-vip = VIP
ui-copy-number = Copiar número; dos veces copia el enlace
ui-copied = Copiado

ui-errors-title = Revisa estos campos
ui-failed = No hemos podido terminar esta acción. No se ha cambiado nada; tu texto sigue aquí.
ui-forbidden = No tienes acceso para hacer esto.
ui-missing = Esto ya no existe o no es visible para ti.
ui-busy = Demasiadas peticiones a la vez. Espera un momento y reintenta.
ui-offline = Sin conexión. Tu texto sigue aquí.
ui-no-results = No hay resultados
ui-results = Sugerencias: %count
ui-selected = Seleccionados: %count

ui-session-title = Inicia sesión para continuar
ui-session-text = Estuviste ausente y cerramos tu sesión. Tu texto está aquí.
ui-session-email = Correo electrónico
ui-session-password = Contraseña
ui-session-login = Iniciar sesión
ui-session-failed = El correo o la contraseña no son correctos. Inténtalo de nuevo.

ui-entry-request = Solicitud
ui-entry-reply = Respuesta
ui-entry-note = Uso interno
ui-entry-call = Llamada

ui-previous = Ticket anterior
ui-next = Ticket siguiente
ui-details = Detalles
ui-composer = Responder
ui-composer-kind = Qué escribes
ui-message = Mensaje
ui-reply = Responder
ui-note = Nota
ui-call = Anotar llamada
ui-to = Para
ui-note-hint = Solo lo ve tu equipo
ui-call-direction = Sentido
ui-call-in = Entrante
ui-call-out = Saliente
ui-call-minutes = Minutos
ui-call-public = La ve el solicitante
ui-send-reply = Enviar respuesta
ui-add-note = Añadir nota
ui-save-call = Guardar llamada
ui-send-and = Más formas de enviar
ui-attach = Adjuntar
ui-drop = Adjuntar archivos: elige, suelta o pega
ui-draft-kept = Borrador guardado
ui-draft-saved = Guardado %time
ui-draft-joined = Lo que escribiste en otro equipo está arriba
ui-will-be-masked = Se ocultará al enviarlo: %what
ui-send-unmasked = Dejarlo como está
ui-mode-reply = Respuesta: la ve el solicitante
ui-mode-note = Nota: solo la ve tu equipo
ui-mode-call = Llamada: quedará anotada como llamada

ui-new-messages = Mensajes nuevos: %count
ui-updates = Cambios en esta lista: %count

ui-now = ahora
ui-ago = hace %time
ui-in = dentro de %time
ui-sla-left = Quedan %time
ui-sla-over = %time de retraso
ui-unit-day = d
ui-unit-hour = h
ui-unit-minute = min

ui-walk-left = ya no está en la lista
ui-keys = Atajos de teclado
ui-keys-off = Desactivar letras
ui-keys-on = Activar letras
ui-key-next = Siguiente
ui-key-previous = Anterior
ui-key-open = Abrir
ui-key-select = Seleccionar
ui-key-updates = Aplicar cambios
ui-key-unread = Marcar como leído o no leído
ui-key-send = Enviar
ui-key-back = Cerrar o salir
