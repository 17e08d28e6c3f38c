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
notify-bell = { $n_plural ->
    [one] Уведомления, { $n } непрочитанное
    [few] Уведомления, { $n } непрочитанных
    [many] Уведомления, { $n } непрочитанных
   *[other] Уведомления, { $n } непрочитанного
}
notify-count = { $n_plural ->
    [one] { $n } событие
    [few] { $n } события
    [many] { $n } событий
   *[other] { $n } события
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
