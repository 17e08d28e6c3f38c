### Консоль сотрудников.

## Lists
console-tickets = Заявки
console-skip-list = К списку
console-filter = Фильтр
console-filter-hint = Слова, номер или is:open team:l1
console-filter-add = Добавить условие
console-filter-edit = Изменить фильтр как текст
console-columns = Столбцы
console-columns-narrow = В узком окне часть столбцов скрыта, пока вы не выберете их здесь.
console-column-customer = Последнее от заявителя
console-density = Высота строк
console-density-comfortable = Просторно
console-density-compact = Компактно
console-density-dense = Плотно
console-unread = Не прочитано
console-mark-unread = Отметить как непрочитанное
console-incomplete = Неполная
console-unknown-caller = Неизвестный заявитель
console-nobody = Никто
console-empty = Нет подходящих заявок.
console-empty-desk = Заявок пока нет.
console-empty-remove = Убрать:
console-all = Все заявки
console-save-view = Сохранить представление
console-view-edit = Изменить представление
console-views = Все представления
console-views-help = Порядок и то, что стоит рядом с заявками, — только ваши.
console-view-new = Новое представление
console-view-arrange = Порядок
console-view-pinned = В колонке
console-view-pin = Поставить «{ $name }» в колонку
console-view-unpin = Убрать «{ $name }» из колонки
console-move-up = Выше: { $name }
console-move-down = Ниже: { $name }
console-view-order = Сортировка
console-sort-delivered = Последнее изменение, сначала новые
console-sort-rising = { $field }, по возрастанию
console-sort-falling = { $field }, по убыванию
console-view-count = Посчитать заново
console-view-holds = { $count_plural ->
    [one] Сейчас в нём { $count } заявка.
    [few] Сейчас в нём { $count } заявки.
    [many] Сейчас в нём { $count } заявок.
   *[other] Сейчас в нём { $count } заявок.
}
console-view-holds-more = Сейчас в нём больше { $count } заявок.
console-view-broken = Фильтр этого представления больше не понятен, поэтому оно ничего не показывает.
console-view-name = Название
console-view-delete = Удалить представление
console-share = Для кого
console-share-me = Только для меня
console-share-everyone = Для всех

## Ticket
console-back = Назад к списку
console-skip-timeline = К сообщениям
console-skip-composer = К ответу
console-conversation = Переписка
console-show = Показать
console-tab-all = Всё
console-tab-conversation = Переписка
console-tab-notes = Заметки
console-tab-events = События
console-nothing-here = Здесь ничего нет.
console-earlier = { $count_plural ->
    [one] Ещё { $count } сообщение выше
    [few] Ещё { $count } сообщения выше
    [many] Ещё { $count } сообщений выше
   *[other] Ещё { $count } сообщения выше
}
console-event = { $who } · { $what }
console-event-more = { $count_plural ->
    [one] { $who } · { $what } и ещё { $count } изменение
    [few] { $who } · { $what } и ещё { $count } изменения
    [many] { $who } · { $what } и ещё { $count } изменений
   *[other] { $who } · { $what } и ещё { $count } изменения
}
console-erased = Текст удалён.
console-edit-title = Изменить тему
console-take = Взять себе
console-solve = Решить
console-solve-title = Решение заявки
console-watch = Наблюдать
console-unwatch = Не наблюдать
console-confide = Сделать конфиденциальной
console-lift = Снять конфиденциальность
console-confidential-help = Её видят только названные в ней люди: ни команды, ни роли, ни администраторы.
console-about-help = Этот человек никогда не увидит заявку, какая бы роль у него ни была, и ничего о ней не узнает.
console-confidential-is = Её видят только названные здесь люди, заявитель и исполнитель.
console-unseal = Открыть конфиденциальную заявку
console-unseal-help = Конфиденциальную заявку видят только названные в ней люди. При необходимости вас можно назвать в ней. Это останется в истории вместе с вашей причиной, и заявитель её прочитает.
console-unseal-reason = Причина
console-unseal-reason-help = Заявитель это прочитает
console-why = Почему кто-то это видит?
console-why-person = Человек
console-why-ask = Объяснить
console-choose = Выберите
console-report-help = Это прочтёт заявитель
console-then = Затем статус
console-then-keep = Не менять статус
console-send-and = Отправить, статус: { $state }
console-by-matrix = по влиянию и срочности
console-conflict = Тем временем это изменили. Что оставить?
console-conflict-theirs = Сейчас
console-conflict-mine = У вас
console-conflict-send = Ваш текст ниже. Отправьте его ещё раз, чтобы оставить своё.
console-keep-theirs = Оставить как есть
console-keep-mine = Поставить моё
console-done-registered = Заявка зарегистрирована.
console-done-added = Звонок добавлен к этой заявке.
console-done-changed = Сохранено: { $what }
console-done-undone = Изменение отменено.
console-drafts = Черновики
console-draft = Черновик
console-drafts-none = Нет ничего начатого и не отправленного.
console-draft-gone = Заявка { $number }, которую вы больше не видите
console-draft-request = Новая заявка
console-draft-other = Другое
console-draft-discard = Удалить черновик: { $title }
console-merge = Объединить с другой заявкой
console-merge-other = С какой заявкой?
console-merge-compare = Сравнить
console-merge-apart = У них разные заявители. Каждый по-прежнему читает только своё: сообщения другого видит только служба. То, что служба ответит с этого момента, получат оба.
console-merge-help = Та, что завершается, будет отменена и ссылается на другую; её сообщения и файлы видны и там, ответы на неё приходят туда. Разъединить можно в любое время.
console-merge-keep = Продолжить { $number }
console-merged = Эта заявка продолжается как часть другой.
console-unmerge = Разъединить
console-done-merged = Объединено. Продолжается эта заявка.
console-done-unmerged = Разъединено. Эта заявка такая же, как была.
console-split = Выделить в новую заявку
console-split-none = Кроме описания, здесь ничего не сказано.
console-split-help = Новая заявка — для тех же людей, с той же услугой и группой, и связана с этой. Сообщения переходят со своими файлами.
console-split-which = Какие сообщения?
console-split-do = Выделить
console-done-split = Сообщения теперь отдельная заявка.
console-done-unsplit = Сообщения снова там, где были.
console-redact = Удалить что-либо навсегда
console-redact-part = Удалить часть…
console-redact-help = То, что вы здесь удалите, исчезнет из системы и из поиска, и никто не сможет это вернуть. На этом месте останутся ваше имя и причина.
console-redact-where = Где
console-redact-choose = Выберите текст или файл
console-redact-show = Показать
console-redact-source = Текст, как он был написан
console-redact-source-help = Выделите то, что нужно удалить.
console-redact-text = Что удаляется
console-redact-text-help = Набранное вручную удаляется везде, где оно стоит в этом тексте.
console-redact-whole = Весь текст
console-redact-everywhere = То же везде в этой заявке
console-redact-everywhere-help = В ответах, где это процитировано, в заголовке, в отчётах и дополнительных полях.
console-redact-reason = Причина
console-redact-reason-help = Её прочтут все, кто мог прочесть текст. Не повторяйте то, что удаляете.
console-redact-do = Удалить навсегда
console-done-redacted = Удалено навсегда.
console-reveal = Прочитать скрытое
console-reveal-help = Вы увидите это один раз, на минуту. В истории заявки останется, что вы это прочли и почему.
console-reveal-reason = Причина
console-reveal-reason-help = Например, кто об этом попросил
console-reveal-do = Показать на минуту
console-reveal-shown = Через минуту это исчезнет; в браузере не сохраняется.
console-reveal-back = Назад к заявке
console-trash = Корзина
console-trash-move = Переместить в корзину
console-trash-none = В корзине пусто.
console-trash-help = Эти заявки видит только тот, кто может их вернуть. Заявителям об этом не сообщается.
console-trash-here = Эта заявка в корзине. Её видит только тот, кто может её вернуть.
console-trash-restore = Вернуть
console-trash-remove = Удалить окончательно
console-trash-remove-this = { $number } исчезнет навсегда вместе с сообщениями и файлами. Отменить это нельзя.
console-trash-since = В корзине:
console-trash-until = Удаляется окончательно:
console-trash-more = Более ранние
console-trash-days = Дней в корзине
console-trash-days-help = Через столько дней заявка удаляется окончательно. Для всей системы.
console-done-restored = Возвращено. Заявка такая же, как была.
console-done-removed = Удалено окончательно.
console-bulk = Несколько заявок сразу
console-select = Выбрать
console-bulk-open = Изменить выбранные
console-bulk-keep = Оставить как есть
console-bulk-try = Сначала проверить
console-bulk-run = Выполнить
console-bulk-help = Пустое не меняется. Проверка покажет, каким заявкам будет отказано, и ничего не изменит.
console-bulk-add-tags = Добавить метки
console-bulk-remove-tags = Снять метки
console-bulk-tried = Можно изменить { $allowed } из { $all }.
console-bulk-running = Готово { $done } из { $all }.
console-bulk-done = Изменено { $done } из { $all }.
console-bulk-undoing = Отменено { $done } из { $all }.
console-bulk-undone = Отменено { $done } из { $all }. Заметки остаются.
console-bulk-refused = Не изменены
console-bulk-kept = Изменены снова, поэтому остаются
console-bulk-again = Посмотреть снова
console-handover-reason = Почему передаётся
console-handover-none = Без причины
console-handover-words = В нескольких словах

## Beside the conversation
console-open-tickets = Открытые заявки
console-all-tickets = Все заявки этого человека
console-their-time = там сейчас { $time }
console-email = Почта
console-phone = Телефон
console-mobile = Мобильный
console-room = Кабинет
console-tag-number = Пропуск или метка
console-people = Участники
console-add-person = Добавить человека
console-add-tag = Добавить метку
console-link = Связать с другой заявкой
console-link-kind = Вид связи
console-link-child = Дочерняя заявка
console-link-other = Номер или слова
console-file-edit = Описать { $name }
console-file-public = Видит заявитель
console-history = История
console-line = Линия { $line }

## Registering
console-new = Новая заявка
console-register = Зарегистрировать
console-register-solve = Зарегистрировать и решить
console-solve-now = Уже решено
console-tags-help = Через запятую
console-call = Звонок
console-call-who = Кто звонит
console-call-what = О чём речь
console-call-notes = Заметки
console-sent-already = Вы уже отправили эту страницу, а потом изменили её. Отправьте ещё раз, чтобы сохранить и это
console-call-look = Показать открытые заявки
console-call-add = Добавить к ней
console-call-registered = Зарегистрировано. Назовите номер:
console-call-untitled = Телефонный звонок
console-call-unknown = Неизвестный абонент: { $caller }

## Errors
error-no-such-ticket = Такой заявки нет среди видимых вам
error-call-empty = Напишите, кто звонит или о чём речь
console-fields = Поля
console-fields-all = Изменить все поля
console-held = Будет отправлено
console-held-back = Вернуть
console-held-send = Отправить сейчас
console-held-soon = Ответ уйдёт через { $seconds ->
    [one] { $seconds } секунду
    [few] { $seconds } секунды
    [many] { $seconds } секунд
   *[other] { $seconds } секунды
}.
console-held-later = Ответ ждёт отправки.
console-held-trouble = Ответ не отправлен: { $why }. Он снова в черновиках.
console-done-unsent = Не отправлено. Вот снова ваш черновик.
console-send-later = Отправить позже
console-send-at = Когда
console-send-then = Отправить тогда
console-side-show = Показать
