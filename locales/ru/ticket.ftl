### Tickets: labels, choices, the timeline and errors.

## field
field-title = Тема
field-description = Описание
field-state = Статус
field-kind = Тип
field-category = Группа статусов
field-impact = Влияние
field-urgency = Срочность
field-priority = Приоритет
field-requester = Заявитель
field-beneficiary = Для кого
field-organisation = Организация
field-location = Местоположение
field-service = Услуга
field-owner-team = Владелец
field-team = Группа
field-assignee = Исполнитель
field-parent = Родительская заявка
field-resolution-code = Решение
field-resolution-report = Что сделано
field-incomplete = Неполная
field-confidential = Конфиденциально
field-named = Могут видеть
field-about = О ком
field-channel = Канал
field-line = Линия
field-number = №
field-created = Создана
field-updated = Обновлена
field-customer = Последнее сообщение заявителя
field-due = Ближайший срок
field-tags = Метки
field-watchers = Наблюдатели
field-coworkers = Соисполнители
field-attachments = Файлы
field-links = Связи
field-children = Дочерние заявки
field-teams = Групп побывало
field-handovers = Передач
field-reopened = Открыта повторно
field-reopened-closed = Открыта повторно после закрытия
field-other = Поле

## impact
impact-low = Низкое
impact-medium = Среднее
impact-high = Высокое
impact-extensive = Массовое

## urgency
urgency-low = Низкая
urgency-medium = Средняя
urgency-high = Высокая
urgency-critical = Критическая

## priority
priority-low = Низкий
priority-medium = Средний
priority-high = Высокий
priority-urgent = Срочный

## channel
channel-portal = Портал
channel-phone = Телефон
channel-email = Почта
channel-chat = Чат
channel-walk-in = Лично
channel-api = API
channel-agent = Служба поддержки
channel-import = Импорт
channel-system = Автоматически

## category
category-new = Новая
category-active = В работе
category-waiting = Ждём заявителя
category-held = Отложена
category-resolved = Решена
category-closed = Закрыта
category-cancelled = Отменена

## link
link-duplicate-out = Дубликат заявки
link-duplicate-in = Имеет дубликат
link-relates-out = Связана с
link-relates-in = Связана с
link-blocks-out = Блокирует
link-blocks-in = Заблокирована заявкой
link-caused-by-out = Вызвана заявкой
link-caused-by-in = Причина заявки

## timeline
timeline-created = Зарегистрировано · { $channel }
timeline-confirmed = Подтверждено заявителем
timeline-reopened = Открыто повторно
timeline-field-set = { $field }: { $to }
timeline-field-cleared = { $field }: очищено (было { $from })
timeline-field-changed = { $field }: { $from } → { $to }
timeline-attached = Файл: { $name }
timeline-coworker-added = Добавлен соисполнитель: { $name }
timeline-coworker-removed = Убран соисполнитель: { $name }
timeline-watcher-added = Добавлен наблюдатель: { $name }
timeline-watcher-removed = Убран наблюдатель: { $name }
timeline-named-added = Теперь может видеть: { $name }
timeline-named-removed = Больше не может видеть: { $name }
timeline-about-added = Касается: { $name }
timeline-about-removed = Больше не касается: { $name }
timeline-confidential = Заявка стала конфиденциальной: её видят только названные в ней люди
timeline-confidential-lifted = Больше не конфиденциально
timeline-unsealed = { $name } открывает эту конфиденциальную заявку. Причина: { $reason }
timeline-tagged = Метка: { $tag }
timeline-untagged = Метка снята: { $tag }
timeline-linked = { $link } { $number }
timeline-unlinked = Связь убрана: { $link } { $number }
timeline-undone = Изменение отменено
timeline-handover = Передано: { $reason }
timeline-handover-words = Передано: { $reason } · { $words }
timeline-merged-in = Объединена с заявкой { $number }: она продолжается здесь
timeline-merged-out = Объединена с заявкой { $number } и продолжается там
timeline-unmerged-in = Снова отделена от заявки { $number }
timeline-unmerged-out = Снова отделена от заявки { $number }
timeline-merged-outer = Объединено с другим обращением, ответы приходят и туда
timeline-unmerged-outer = Снова отдельно
timeline-split-in = Выделена из заявки { $number }
timeline-split-out = Сообщения выделены в заявку { $number }
timeline-unsplit = Выделение отменено: { $number }
timeline-trashed = Перемещена в корзину
timeline-restored = Возвращена из корзины

## handover
handover-wish = По просьбе заявителя
handover-conflict = Не сработались
handover-skill = Другие лучше знают вопрос
handover-absence = Отсутствие
handover-load = Слишком много работы
handover-wrong-team = Была не в той группе
handover-other = Другая причина
timeline-erased = Здесь стёрты данные человека: сообщений — { $messages }, заголовков, отчётов и полей — { $texts }, файлов — { $files }
timeline-redacted-message = Часть сообщения удалена навсегда. Причина: { $reason }
timeline-redacted-title = Часть заголовка удалена навсегда. Причина: { $reason }
timeline-redacted-report = Часть отчёта удалена навсегда. Причина: { $reason }
timeline-redacted-file = Файл удалён навсегда. Причина: { $reason }
redaction-part = Часть этого текста удалена. Кто удалил: { $name }. Причина: { $reason }
redaction-part-desk = Часть этого текста удалена службой поддержки. Причина: { $reason }
redaction-file = Файл удалён. Кто удалил: { $name }. Причина: { $reason }
redaction-file-desk = Файл удалён службой поддержки. Причина: { $reason }
timeline-checklist-added = Добавлен список: { $title }
timeline-checklist-removed = Удалён список: { $title }
timeline-task-added = Добавлена задача: { $title }
timeline-task-changed = Задача изменена: { $title }
timeline-task-given = Задача передана { $name }: { $title }
timeline-task-nobody = Задача теперь ничья: { $title }
timeline-task-accepted = Задача получена: { $title }
timeline-task-done = Задача выполнена: { $title }
timeline-task-reopened = Задача снова открыта: { $title }
timeline-task-removed = Удалена задача: { $title }
timeline-time-added = Затрачено времени: { $length }
timeline-time-changed = Затраченное время изменено: { $length }
timeline-time-removed = Затраченное время убрано: { $length }
timeline-revealed = Прочитано скрытое: { $kind }. Причина: { $reason }
secret-card = Номер карты
secret-key = Закрытый ключ
secret-token = Токен
secret-password = Пароль
secret-masked = { $kind } (скрыто): { $shown }
secret-seems = { $kind }: похоже, он есть в этом тексте
error-secret-gone = Скрытое здесь не сохранено
error-secret-elsewhere = Это скрыла другая установка; чтобы прочитать, нужен её ключ
error-redact-range = В тексте нет такой части
error-redact-short = Укажите не меньше { $min } букв, чтобы не удалить лишнее
error-redact-not-found = Такого текста там нет; скопируйте его точно так, как он написан
error-redact-gone = Текста больше нет

## error
error-title-empty = Напишите тему
error-text-empty = Сначала напишите текст
error-tag-empty = В метке нужна хотя бы одна буква или цифра
error-kind-unknown = Типа заявки { $kind } нет
error-state-unknown = У этого типа заявки нет статуса { $state }
error-transition = Сейчас заявку нельзя перевести из { $from } в { $to }. Возможно: { $allowed }
error-resolution-code-missing = Выберите, как решена заявка
error-resolution-report-missing = Напишите, что сделано, чтобы это помогло следующему
error-resolution-code-unknown = Решения { $code } нет
error-field-changed = Это поле тем временем изменено: { $who }
error-grade = Выберите значение от 1 до 4
error-parent-circle = Заявка не может быть родителем самой себе, даже через другие заявки
error-parent-confidential = Конфиденциальная заявка стоит отдельно. Вместо этого свяжите две заявки
error-about = Заявка касается этого человека, он не должен её видеть
error-about-kind = Только жалоба может касаться человека
error-about-self = Жалобу на вас должен зарегистрировать кто-то другой
error-about-part = { $name } участвует в этой заявке. Сначала уберите этого человека из неё
error-confide-children = У неё больше { $max } дочерних заявок. Сначала отвяжите их
error-unseal-seen = Вы уже видите эту заявку
error-unseal-none = Нет такой конфиденциальной заявки, которую вы могли бы открыть
error-reason-missing = Напишите причину
error-upload-gone = Этого файла больше нет. Добавьте его ещё раз
error-message-kind = Выберите ответ, заметку или звонок
error-not-solved = Это ещё не решено или уже закрыто
error-link-self = Выберите для связи другую заявку
error-view-twice = Каждое представление можно назвать только один раз
error-view-changed = Это представление тем временем изменили. Откройте его снова
error-view-share = Сменить владельца представления нельзя. Сохраните новое
error-setting-changed = Эту настройку тем временем изменили. Откройте её снова
error-name-empty = Напишите название
error-person-inactive = Этот человек больше не активен
error-no-team = { $name }: нет группы, которая работает с такими заявками
error-team-inactive = Группа { $name } больше не действует. Выберите другую
error-other-tenant = Это принадлежит не тому заказчику, что заявка. Выберите из записей того же заказчика
error-idempotency-key = Этот ключ уже использован для другого запроса
error-work-open = По этому обращению ещё есть незаконченная работа. Напишите нам, если его уже можно завершить
error-worker-blind = { $name } не видит эту заявку. Сначала добавьте этого человека соисполнителем
error-blocked = { $count_plural ->
    [one] Эту заявку блокирует { $count } открытая. Сначала закончите её
    [few] Эту заявку блокируют { $count } открытые. Сначала закончите их
    [many] Эту заявку блокируют { $count } открытых. Сначала закончите их
   *[other] Эту заявку блокируют { $count } открытой. Сначала закончите их
}
error-children-open = { $count_plural ->
    [one] Ещё открыта { $count } дочерняя заявка. Сначала закончите её
    [few] Ещё открыты { $count } дочерние заявки. Сначала закончите их
    [many] Ещё открыто { $count } дочерних заявок. Сначала закончите их
   *[other] Ещё открыто { $count } дочерней заявки. Сначала закончите их
}
error-reopen-late = { $days_plural ->
    [one] Заявка решена более { $days } дня назад. Отправьте новое обращение
    [few] Заявка решена более { $days } дней назад. Отправьте новое обращение
    [many] Заявка решена более { $days } дней назад. Отправьте новое обращение
   *[other] Заявка решена более { $days } дня назад. Отправьте новое обращение
}
error-tags-many = Не больше 50 меток
error-items-many = Не больше { $max }
error-idempotency-header = В Idempotency-Key от 1 до 200 знаков
error-if-match = Отправьте в If-Match прочитанный ETag
error-cursor-epoch = Журнал с тех пор восстановлен. Прочитайте его с начала
error-undo-late = Отменить уже нельзя: прошло больше десяти минут
error-undo-not-yours = Отменить изменение может только тот, кто его сделал
error-undo-nothing = Здесь нет ваших изменений, которые можно отменить
error-undo-changed = Тем временем это изменили снова, поэтому всё остаётся как есть
error-undo-gone = Того, что было раньше, больше нет, поэтому всё остаётся как есть
error-changed-since = Это с тех пор изменено снова
error-handover-alone = Причина указывается вместе с новой группой или исполнителем
error-draft-elsewhere = Тем временем вы писали это на другом компьютере. Откройте его снова
error-drafts-many = Не больше { $max } черновиков. Сначала отправьте или удалите некоторые
error-merged = Заявка { $number } объединена с другой. Работайте с той или сначала разъедините их
error-merge-itself = Заявку нельзя объединить с самой собой
error-merge-apart = Она ни с чем не объединена
error-merge-confidential = Конфиденциальную заявку не объединяют: у каждой свой круг тех, кто её видит
error-merge-kind = У этого типа заявки нет статуса для отменённых
error-merge-take = Перейти могут только сообщения, пришедшие после объединения
error-split-many = Выберите от 1 до { $max } сообщений
error-split-description = Описание остаётся в своей заявке
error-split-merged = Сообщение, пришедшее при объединении, остаётся. Сначала разъедините заявки
error-split-none = Эта заявка не была выделена, или это отменено
error-split-written = С тех пор в неё писали. Объедините её вместо этого
error-trash-merged = Она объединена с другой заявкой. Сначала разъедините их
error-trash-gone = Этого обращения больше нет. Отправьте написанное как новое
error-trash-days = От 1 до 3650 дней
error-bulk-trial = Только проверка
error-bulk-nothing = Укажите, что изменить
error-bulk-many = Выберите от 1 до { $max } заявок
error-bulk-state = Это ещё не закончено или уже отменено
error-bulk-late = Отменить уже нельзя: прошло больше суток

## Delivered views
view-mine = Мои открытые
view-unassigned = Без исполнителя в моих группах
view-team = Открытые в моих группах
view-open = Все открытые
view-waiting = Ждут заявителя
view-solved = Решённые
view-watching = Наблюдаю

## Почему кто-то видит заявку
why-yes = { $name } видит эту заявку.
why-no = { $name } не видит эту заявку.
why-shut-out = Этот человек не может войти.
why-about = Заявка касается этого человека. Никто не видит того, что касается его самого, какими бы ни были роли.
why-confidential = Заявка конфиденциальная. Её видят только названные в ней люди, какими бы ни были роли.
why-no-role = Ни одна из ролей этого человека до неё не доходит.
why-everywhere = везде
why-reason = { $clause } (роль { $role }, { $place }, охват: { $reach })
why-requester = Это заявитель
why-beneficiary = Заявка для этого человека
why-assignee = Это исполнитель
why-creator = Этот человек зарегистрировал заявку
why-involved = Соисполнитель, наблюдатель или назван в заявке
why-team = Заявка у команды этого человека: { $name }
why-team-involved = Команда этого человека помогает или наблюдает: { $name }
why-organisation = Заявка принадлежит организации этого человека или её части: { $name }
why-tenant = Роль охватывает там все заявки
error-send-at = Выберите время в будущем, не позже чем через год
error-held-sent = Уже отправлено или возвращено
error-held-trial = Только проверка
error-message-meanwhile = Тем временем кто-то написал. Прочтите выше; ваш текст здесь. Отправьте ещё раз, чтобы всё же отправить
