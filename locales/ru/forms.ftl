## Custom fields
forms-fields = Поля
forms-fields-about = То, что служба записывает сверх общего для всех записей. Поле есть у всех заявок или только у некоторых типов и услуг.
forms-fields-none = Своих полей пока нет.
forms-field-new = Новое поле
forms-saved = Сохранено.
forms-type-choose = Что в нём будет? Тип можно изменить позже, увидев заранее, что будет потеряно.
forms-name = Название
forms-name-en = Название на английском
forms-name-es = Название на испанском
forms-name-ru = Название на русском
forms-help-en = Подсказка на английском
forms-help-es = Подсказка на испанском
forms-help-ru = Подсказка на русском
forms-key = Ключ
forms-key-help = Строчные латинские буквы, цифры, дефис и подчёркивание. По нему поле знают фильтры, API и импорт; он не меняется
forms-type = Тип
forms-object = Принадлежит
forms-object-ticket = Заявки
forms-object-person = Люди
forms-object-organisation = Организации
forms-object-service = Услуги
forms-tenant = Для кого
forms-tenant-help = Поле всех клиентов есть везде
forms-tenant-all = Все клиенты
forms-tenant-own = Только мой
forms-audience = Заявитель
forms-audience-help = Что заявитель может делать с этим полем
forms-audience-desk = не видит его
forms-audience-reads = читает его
forms-audience-fills = заполняет и читает его
forms-kinds = Типы заявок
forms-kinds-help = Ничего не выбрано: все типы
forms-services = Услуги
forms-services-help = Ничего не выбрано: все услуги
forms-decimals = Знаков после запятой
forms-decimals-help = От 0 до 6
forms-currency = Валюта, например EUR
forms-place = Место
forms-place-help = Поля стоят в порядке этого числа
forms-active = Используется
forms-active-help = Неиспользуемое поле не показывается и не заполняется. Его значения остаются
forms-inactive = не используется
forms-used = { $count_plural ->
    [one] Значение есть у { $count } записи
    [few] Значение есть у { $count } записей
    [many] Значение есть у { $count } записей
   *[other] Значение есть у { $count } записи
}
forms-items = Значения
forms-items-help = Что больше не предлагается, выводится: записи, у которых это значение есть, его сохраняют
forms-items-more = Ещё строки
forms-item-parent = Ключ вышестоящего
forms-item-retired = Выведено
forms-history = История
forms-version = Версия { $version }
forms-revert = Вернуть
forms-delivered = из поставки

## Types
forms-type-text = Текст
forms-type-text-help = Одна строка
forms-type-long-text = Длинный текст
forms-type-long-text-help = Несколько строк
forms-type-number = Число
forms-type-number-help = С дробной частью или без; фильтры сравнивают его
forms-type-money = Сумма
forms-type-money-help = В одной валюте
forms-type-date = Дата
forms-type-date-help = День
forms-type-time = Дата и время
forms-type-time-help = Момент в часовом поясе читающего
forms-type-choice = Выбор
forms-type-choice-help = Одно из списка
forms-type-several = Несколько
forms-type-several-help = Любые из списка
forms-type-tree = Дерево
forms-type-tree-help = Одно из списка с ветвями; фильтр по ветви находит всё, что ниже
forms-type-person = Человек
forms-type-person-help = Кто-то из справочника
forms-type-file = Файл
forms-type-file-help = Файл той же заявки
forms-type-checkbox = Флажок
forms-type-checkbox-help = Да или нет
forms-type-address = Адрес
forms-type-address-help = Улица, город, страна

## Kinds and states
forms-kinds-title = Типы и состояния
forms-kinds-about = Какие бывают заявки, через какие состояния они проходят и кто может сделать какой шаг.
forms-prefix = Префикс
forms-prefix-help = Буквы перед номером
forms-plural-en = Множественное число на английском
forms-plural-es = Множественное число на испанском
forms-plural-ru = Множественное число на русском
forms-states = Состояния
forms-states-help = Категория решает, что состояние значит для списков, сроков и отчётов. Состояние, в котором есть заявки, остаётся вместе с категорией
forms-steps = Шаги
forms-steps-help = Из состояния в состояние. Для шага нужно право; если роли не названы, подходит любая роль с этим правом
forms-drawing = Схема
forms-drawing-label = Состояния — прямоугольники, шаги — стрелки. Таблица ниже говорит то же
forms-drawing-table = Таблицей
forms-initial = Новые начинаются с
forms-children = Закрыть родительскую заявку при открытой дочерней
forms-children-block = нельзя
forms-children-cascade = значит решить и дочерние
forms-children-free = можно, дочерние не меняются
forms-close-days = Через сколько дней решённая закрывается сама
forms-close-days-help = 0: никогда
forms-reopen-days = Сколько дней заявитель может открыть её снова
forms-rate-days = Дней на оценку
forms-rate-days-help = После решения. 0: оценку не спрашивают
forms-rating-final = Поставленную оценку изменить нельзя
forms-category = Категория
forms-category-new = Новая
forms-category-active = В работе
forms-category-waiting = Ждём заявителя
forms-category-held = Отложена
forms-category-resolved = Решена
forms-category-closed = Закрыта
forms-category-cancelled = Отменена
forms-state-names = Название для службы
forms-state-portal = Название для заявителя
forms-state-requires = Требует
forms-step-from = Из
forms-step-to = В
forms-step-verb = Право
forms-step-who = Кто
forms-step-staff = служба
forms-step-requester = заявитель
forms-step-roles = Только эти роли
forms-required = Обязательно
forms-required-help = Для того, кто регистрирует заявку и может его заполнить. Звонок и импорт могут оставить его пустым: тогда заявка неполная
forms-state-fields = Какие поля должны быть заполнены
forms-state-entering = для входа, по ключам
forms-state-leaving = для выхода, по ключам
forms-secrets = Секреты в текстах
forms-secrets-about = Секреты в сообщениях, заголовках и отчётах находятся, когда их пишут. Скрытые изымаются до того, как их кто-либо прочтёт, и хранятся в зашифрованном виде; прочитать их может тот, у кого есть право, указав причину. Изменение действует для того, что пишут с этого момента.
forms-secrets-mask = Скрывать
forms-secrets-warn = Оставлять и предупреждать
forms-secrets-off = Ничего не делать

## Rules of fields
forms-rules = Правила полей
forms-rules-about = Что показывается, что нужно заполнить, что можно выбрать и что заполняется само — в зависимости от заявки. Правило одинаково действует на всех страницах, на портале и в API.
forms-rules-none = Правил пока нет.
forms-rule-new = Новое правило
forms-rule-key-help = Строчные латинские буквы, цифры, дефис и подчёркивание; ключ никогда не меняется
forms-rule-name-help = Название читает тот, кого правило остановило: напишите, чего оно требует, например «У ноутбука есть серийный номер».
forms-rule-place-help = Правила стоят в порядке этого числа; поле заполняет первое из них
forms-rule-when = Когда
forms-rule-when-help = Должны выполняться все строки. Из нескольких значений, по одному в строке, подойдёт любое. Без строк правило действует всегда
forms-rule-then = Тогда
forms-rule-then-help = Поле, которое показывают правила, есть только пока действует одно из них. Значения — по одному в строке, ключами
forms-rule-on = Смотрит на
forms-rule-test = Сравнивает
forms-rule-does = Делает
forms-rule-keys = Какие ключи здесь писать
forms-rule-always = Всегда
forms-on-kind = Тип
forms-on-service = Услуга
forms-on-state = Состояние
forms-on-enters = Состояние, в которое переходит
forms-on-leaves = Состояние, из которого выходит
forms-on-organisation = Организация
forms-on-role = Роль заявителя
forms-on-field = Поле
forms-test-is = равно
forms-test-is-not = не равно
forms-test-filled = заполнено
forms-test-empty = пусто
forms-test-at-least = не меньше
forms-test-at-most = не больше
forms-does-show = Показать
forms-does-require = Требовать
forms-does-limit = Ограничить
forms-does-preset = Заполнить
forms-when-is = { $what }: { $values }
forms-when-is-not = { $what }: не { $values }
forms-when-filled = { $what }: заполнено
forms-when-empty = { $what }: пусто
forms-when-at-least = { $what }: не меньше { $values }
forms-when-at-most = { $what }: не больше { $values }
forms-then-show = показывается «{ $field }»
forms-then-require = нужно заполнить «{ $field }»
forms-then-limit = в «{ $field }» можно выбрать { $values }
forms-then-preset = в «{ $field }» ставится { $values }
forms-trial = Проба
forms-trial-help = Что сказали бы все правила, если это — такое, как здесь. Ничего не сохраняется.
forms-trial-values = Значения
forms-trial-values-help = По одному в строке: ключ = значение
forms-trial-as = Как заполняет форму заявитель
forms-trial-run = Попробовать
forms-trial-none = Ни одно правило не действует.
forms-trial-applying = Действуют правила
forms-trial-required = обязательно
forms-trial-preset = Заполняется
forms-trial-choices = Можно выбрать
forms-trial-hidden = не показывается

## Forms
forms-forms = Формы
forms-forms-about = Что спрашивают у того, кто заводит заявку: поля по разделам, по порядку, некоторые — только при условии. Портал, служба поддержки, форма звонка и API спрашивают одно и то же.
forms-forms-none = Форм пока нет. Без формы поля стоят в своём порядке.
forms-form-new = Новая форма
forms-form-services-help = Ничего не выбрано: все услуги. Форма для услуги важнее общей
forms-form-place-help = Из нескольких подходящих форм берётся та, у которой число меньше
forms-section = Раздел
forms-sections = Разделы
forms-sections-help = Поля, которых нет ни в одном разделе, идут последними. Раздел, в котором для человека нет полей, ему не показывается
forms-sections-more = Ещё разделы
forms-section-fields = Поля
forms-section-fields-help = Ключи, по одному в строке, в этом порядке
forms-title-en = Заголовок на английском
forms-title-es = Заголовок на испанском
forms-title-ru = Заголовок на русском
forms-preview = Предпросмотр
forms-preview-desk = Как у сотрудников
forms-preview-portal = Как на портале
forms-preview-none = Ничего не будет спрошено.

## Another type for a field
forms-retype = Сменить тип
forms-retype-title = Другой тип поля «{ $name }»
forms-retype-about = Сначала посмотрите: предпросмотр говорит, что станет с каждым значением. Новый тип у поля сразу; значения следуют в фоне, и фильтры находят каждое, когда оно готово.
forms-retype-to = Новый тип
forms-retype-choose = Выберите тип
forms-retype-none = Человек или файл не слово и не число: у этого поля тип остаётся.
forms-retype-decimals-help = У чисел и сумм. Если их меньше, чем сейчас, значения округляются
forms-retype-add = Добавить недостающие варианты
forms-retype-add-help = То, что есть в значениях и чего нет в списке, станет вариантом
forms-retype-look = Предпросмотр
forms-retype-preview = Что произойдёт
forms-retype-kept = { $count_plural ->
    [one] Остаётся { $count } значение.
    [few] Остаются { $count } значения.
    [many] Остаются { $count } значений.
   *[other] Остаётся { $count } значения.
}
forms-retype-changed = { $count_plural ->
    [one] Станет другим { $count } значение.
    [few] Станут другими { $count } значения.
    [many] Станут другими { $count } значений.
   *[other] Станет другими { $count } значения.
}
forms-retype-lost = { $count_plural ->
    [one] Потеряется { $count } значение.
    [few] Потеряются { $count } значения.
    [many] Потеряются { $count } значений.
   *[other] Потеряется { $count } значения.
}
forms-retype-missing = { $count_plural ->
    [one] В списке нет { $count } варианта.
    [few] В списке нет { $count } вариантов.
    [many] В списке нет { $count } вариантов.
   *[other] В списке нет { $count } варианта.
}
forms-retype-overtaken = { $count_plural ->
    [one] { $count } значение записано позже; прежнее не вернулось.
    [few] { $count } значения записаны позже; прежние не вернулись.
    [many] { $count } значений записаны позже; прежние не вернулись.
   *[other] { $count } значения записано позже; прежние не вернулись.
}
forms-retype-left = { $count_plural ->
    [one] Осталась { $count } запись.
    [few] Остались { $count } записи.
    [many] Осталось { $count } записей.
   *[other] Осталось { $count } записи.
}
forms-retype-lost-which = Потеряны, из того, что вам видно
forms-retype-changed-which = Изменены, из того, что вам видно
forms-retype-overtaken-which = Записаны позже, из того, что вам видно
forms-retype-confirm = Эти значения можно потерять
forms-retype-confirm-help = Они сохраняются на случай возврата
forms-retype-do = Сменить тип
forms-retype-again = Посмотреть ещё раз
forms-retype-revert = Вернуть
forms-retype-running = { $from } становится: { $to }
forms-retype-done = { $from } теперь: { $to }
forms-retype-back = Возвращено: { $from } снова { $to }
forms-why-written = записано иначе
forms-why-joined = строки слиты в одну
forms-why-cut = конец обрезан
forms-why-rounded = округлено
forms-why-day = остаётся только день
forms-why-truth = остаётся только да или нет
forms-why-first = остаётся только первое
forms-why-some = некоторых нет в списке
forms-why-no-number = не число
forms-why-no-date = не дата
forms-why-no-time = не дата и время
forms-why-no-truth = ни да, ни нет
forms-why-no-choice = нет в списке
error-retype-running = Тип уже меняется. Подождите, пока это закончится
error-retype-pair = Значения этого типа не могут стать значениями другого
error-retype-rule = «{ $name }» с этим типом потеряет смысл. Сначала измените это правило
error-retype-confirm = Потеряется значений: { $count }. Подтвердите, что их можно потерять
error-retype-state = Нет смены типа, которую можно вернуть
error-revert-type = Тогда у поля был другой тип. Смените тип отдельно, с предпросмотром
