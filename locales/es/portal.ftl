### El portal: donde se pide algo y se lee qué ha sido de ello.

## Navegación
portal-nav-home = Inicio
portal-nav-requests = Mis solicitudes
portal-nav-desk = Mesa de servicio
portal-help = Escríbenos
portal-the-desk = Mesa de servicio
portal-you = Tú

## Inicio
portal-home-title = Inicio
portal-home-question = ¿Qué necesitas?
portal-home-hint = La VPN se corta, un monitor, acceso a una carpeta
portal-home-go = Seguir
portal-needs-you = Te esperan
portal-under-way = En curso
portal-all-needs = Todas las que te esperan
portal-all-requests = Todas mis solicitudes
portal-start = Empieza aquí
portal-tile-incident = Lo recuperamos cuanto antes
portal-tile-request = Equipos, accesos, programas
portal-tile-question = ¿Cómo puedo...?

## Tipos, en palabras de quien pide
portal-kind-incident = Algo no funciona
portal-kind-request = Necesito algo
portal-kind-question = Tengo una pregunta
portal-kind-complaint = Quiero reclamar
portal-kind-suggestion = Tengo una sugerencia
portal-guess-need = necesito,necesitamos,quiero,querría,solicito,pido

## Nueva solicitud
portal-new-title = Nueva solicitud
portal-what = ¿Qué ha pasado o qué necesitas?
portal-what-help = Basta con una o dos frases. Una captura suele decir más
portal-kind = ¿De qué se trata?
portal-service = ¿Qué servicio?
portal-service-unknown = No lo sé
portal-files-help = Hasta { $limit } cada uno
portal-files-kept = Archivos que ya están aquí
portal-for-other = Para otra persona
portal-person = Nombre o correo
portal-person-help = La persona para la que pides. También podrá seguir la solicitud
portal-confidential-help = Solo tú, las personas que añadas y quienes la atienden ven esta solicitud
portal-about = Una queja sobre una persona
portal-about-help = No la verá, sea cual sea su trabajo en el servicio. Las quejas son confidenciales
portal-which-person = ¿Quién es?
portal-send-request = Enviar solicitud
portal-follows = Continúa
portal-sent-already = Ya enviaste esta página y la has cambiado después. Envíala otra vez para hacer una segunda solicitud

## Mis solicitudes
portal-requests-title = Mis solicitudes
portal-tabs = Qué solicitudes
portal-tab-needs = Te esperan
portal-tab-open = Abiertas
portal-tab-closed = Cerradas
portal-tab-team = Equipo
portal-search = Buscar en mis solicitudes
portal-empty-needs = Nada te espera
portal-empty-open = No tienes solicitudes abiertas
portal-empty-others = No hay nada más abierto
portal-empty-closed = Aún no hay nada cerrado
portal-empty-team = Nadie más de tu organización ha pedido nada
portal-empty-search = Ninguna solicitud coincide con «{ $text }». Prueba con menos palabras o con el número

## Una solicitud
portal-steps = Cómo va
portal-step-received = Recibida
portal-step-with = La lleva { $name }
portal-step-queue = En cola
portal-step-fixed = ¿Ya funciona?
portal-step-done = ¿Está todo?
portal-conversation = Conversación
portal-erased = Este texto se ha eliminado
portal-sent-title = Tenemos tu solicitud
portal-sent-team = Ahora la lleva { $name }.
portal-sent-next = Alguien la lee y responde en esta página. Puedes añadir algo cuando quieras.
portal-sent-back = Volver al inicio
portal-reply = Tu respuesta
portal-reason = ¿Algo que añadir?
portal-reason-help = Si no está listo, cuenta qué falla todavía
portal-is-it-fixed = ¿Ya funciona?
portal-is-it-done = ¿Está todo?
portal-closes = Sin respuesta se cierra sola el { $day }
portal-fixed = Ya funciona
portal-broken = Sigue fallando
portal-all-done = Está todo
portal-not-done = Aún no
portal-over = Esta solicitud está cerrada. Si queda algo pendiente, envía una nueva que la continúe.
portal-follow-up = Continuar
portal-usual-answer-today = Normalmente respondemos hoy antes de las { $clock }
portal-usual-answer-tomorrow = Normalmente respondemos mañana antes de las { $clock }
portal-usual-answer-day = Normalmente respondemos antes del { $day }
portal-usual-answer-late = Está tardando más de lo normal: casi todas tienen respuesta en { $length }
portal-usual-solution-today = Normalmente hoy antes de las { $clock }
portal-usual-solution-tomorrow = Normalmente mañana antes de las { $clock }
portal-usual-solution-day = Normalmente antes del { $day }
portal-usual-solution-late = Está tardando más de lo normal: casi todas están listas en { $length }
portal-measured = Cuánto suele tardar
portal-measured-answer = { $count_plural ->
    [one] Medido con { $count } solicitud como esta: la mitad tuvo respuesta en { $half }, ocho de cada diez entre { $low } y { $high }.
    [many] Medido con { $count } de solicitudes como esta: la mitad tuvo respuesta en { $half }, ocho de cada diez entre { $low } y { $high }.
   *[other] Medido con { $count } solicitudes como esta: la mitad tuvo respuesta en { $half }, ocho de cada diez entre { $low } y { $high }.
}
portal-measured-solution = { $count_plural ->
    [one] Medido con { $count } solicitud como esta: la mitad estuvo lista en { $half }, ocho de cada diez entre { $low } y { $high }.
    [many] Medido con { $count } de solicitudes como esta: la mitad estuvo lista en { $half }, ocho de cada diez entre { $low } y { $high }.
   *[other] Medido con { $count } solicitudes como esta: la mitad estuvo lista en { $half }, ocho de cada diez entre { $low } y { $high }.
}
portal-awaits = Esperando a: { $name } · desde { $since }
portal-awaits-state = { $name } · desde { $since }
portal-you-then = ti
portal-rate = Valora esta solicitud
portal-rated = Tu valoración
portal-rate-solution = ¿Cómo se resolvió?
portal-rate-analyst = ¿Cómo te atendieron?
portal-rate-about = ¿De qué se trata?
portal-rate-comment = ¿Algo que añadir?
portal-rate-send = Enviar valoración
portal-rate-change = Cambiarla
portal-rate-call = ¿Podemos llamarte por este asunto?
portal-rate-call-help = Entonces volvemos a abrir tu solicitud y alguien te llama.
portal-rate-call-yes = Sí, llámame
portal-rate-call-no = No, gracias
portal-rate-home = ¿Qué tal fue?
portal-fact-service = Servicio
portal-fact-requester = La pidió
portal-fact-for = Para
portal-fact-with = La lleva
portal-fact-created = Enviada
portal-files = Archivos
portal-people = Quién la sigue
portal-add-people = Añadir personas
portal-people-help = Leen todo lo de esta página y pueden responder
portal-cancel-ask = Ya no lo necesito
portal-cancel-why = Por qué
portal-cancel = Cancelar mi solicitud

## Lo que se hizo
portal-done-sent = Tu respuesta está enviada
portal-done-confirmed = Gracias. La solicitud está cerrada
portal-done-reopened = La solicitud está abierta de nuevo
portal-done-cancelled = La solicitud está cancelada
portal-done-added = Añadido
portal-done-removed = Quitado
portal-done-rated = Gracias por la valoración
portal-done-called = Gracias. Tu solicitud está abierta de nuevo y alguien te llamará

## Errores
error-portal-what = Escribe qué ha pasado o qué necesitas
error-portal-kind = Elige de qué se trata
error-portal-reason = Cuenta qué falla todavía, para saber dónde mirar
error-portal-nobody = No encontramos a nadie llamado { $name }. Revisa cómo se escribe
error-portal-several = Varias personas coinciden con { $name }. Elige una o escribe su correo
error-portal-cancel = Esta solicitud ya no se puede cancelar
