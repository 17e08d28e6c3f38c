### Уведомления: что произошло и кого это касается.

notify-inbox = Уведомления
notify-none = Всё прочитано.
notify-unread = Не прочитано
notify-ticket = Заявка
notify-reason = Причина
notify-by = От кого
notify-when = Когда
notify-done = Готово
notify-all-done = Отметить все
notify-mute = Не уведомлять об этой заявке
notify-unmute = Снова уведомлять об этой заявке
notify-desk = Служба поддержки
notify-count = { $count_plural ->
    [one] { $count } событие
    [few] { $count } события
    [many] { $count } событий
   *[other] { $count } события
}

## Почему приходит уведомление
notify-reason-mentioned = Вас упомянули
notify-reason-named = Вас назвали
notify-reason-assigned = Назначена вам
notify-reason-handed-over = Передана вам
notify-reason-coworker = Вы работаете над ней
notify-reason-team = Передана вашей группе
notify-reason-reopened = Открыта снова
notify-reason-solved = Решена
notify-reason-cancelled = Отменена
notify-reason-confirmed = Решение подтверждено
notify-reason-message = Новое сообщение
notify-reason-merged = Продолжается в другой заявке
notify-reason-watching = Вас добавили

## О чём хотят знать
notify-preferences = Настройки уведомлений
notify-house = Уведомления для всех
notify-house-help = То, что действует для всех, кто сам ничего не выбрал.
notify-as-delivered = Сами вы ничего не выбрали: действует выбор администраторов.
notify-reset = Как выбрали администраторы
notify-saved = Сохранено.
notify-preview = За последние 24 часа до вас дошло бы: { $inbox } в системе, { $push } через push.
notify-matrix = Что и каким путём приходит
notify-event = Что происходит
notify-channel-inbox = В системе
notify-channel-push = Push
notify-channel-mail = Почта
notify-mail-later = Почта ещё не настроена.
notify-urgent = Срочно с приоритета
notify-urgent-help = Ни тихие часы, ни сводка не задерживают срочное.
notify-urgent-never = Никогда
notify-digest = Сводка
notify-digest-help = Приходит ли несрочное сразу. Колокольчик всегда сообщает сразу.
notify-digest-off = Сразу
notify-digest-hourly = Каждый час
notify-digest-daily = Каждый день в 8:00
notify-quiet = Тихие часы
notify-quiet-from = С
notify-quiet-to = до
notify-quiet-zone = В вашем часовом поясе, { $zone }
notify-quiet-each = В часовом поясе каждого
notify-titles = Push сообщает тему заявки
notify-titles-help = Но не конфиденциальной. Иначе — только номер и причину.
notify-hosts = Другие службы push
notify-hosts-help = Имена серверов через пробел, например push.example.org. Службы обычных браузеров уже известны.

## Push
notify-push = Push в браузеры
notify-push-help = Служба может сообщать вам и тогда, когда ни одна её страница не открыта. Отправленное зашифровано, и прочтёт его только этот браузер.
notify-push-on = Включить в этом браузере
notify-push-script = В этот браузер нельзя отправлять, или в нём отключены скрипты.
notify-push-denied = Браузер не разрешает. Разрешите уведомления для этой страницы в его настройках и попробуйте ещё раз.
notify-push-device = Браузер
notify-push-since = С
notify-push-sent = Отправлено
notify-push-added = Теперь уведомления приходят в этот браузер.
notify-push-removed = В этот браузер больше ничего не приходит.
notify-push-several = { $count_plural ->
    [one] Новости в { $count } заявке
    [few] Новости в { $count } заявках
    [many] Новости в { $count } заявках
   *[other] Новости в { $count } заявки
}
error-push-endpoint = Браузер не на той службе push, к которой может обратиться эта система
error-push-many = Не больше { $max } браузеров; удалите один
error-push-hosts = Напишите имена серверов, например push.example.org, не больше 20
error-quiet = Напишите оба времени, например 22:00
