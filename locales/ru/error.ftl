### Что произошло, что в сохранности, что делать.

## Общие, по виду ошибки
error-invalid = Проверьте отмеченные поля: остальное сохранено на странице
error-malformed = Запрос не удалось прочитать
error-unauthenticated = Войдите, чтобы продолжить
error-forbidden = Ваша роль этого не позволяет. Попросите доступ у администратора
error-not-found = Здесь нет ничего, что вам доступно
error-conflict = Это противоречит тому, что сохранено сейчас. Обновите страницу и повторите
error-stale = После того как вы открыли страницу, данные изменились. Сравните и выберите, что оставить
error-too-large = Размер больше предела: { $limit }
error-too-many = Слишком много запросов. Повторите через { $seconds } с
error-internal = Не удалось выполнить запрос, он ничего не изменил. Сообщите код администратору
error-busy = Сервер занят. Ничего не изменилось, повторите чуть позже
error-method = Этот адрес не принимает такой метод
error-media-type = Отправьте JSON с типом application/json
error-origin = Запрос пришёл с другого сайта и поэтому не выполнен
error-timeout = Ответ занял слишком много времени. Ничего не изменилось, повторите

## Хранение
error-commit-unknown = База данных перестала отвечать во время сохранения. Обновите страницу и проверьте, сохранено ли изменение, прежде чем повторять
error-concurrent = Несколько человек изменили это одновременно. Ваше изменение не записано, повторите
error-database = База данных не отвечает. Ничего не изменилось, повторите чуть позже
error-disk-full = Диск заполнен. Ничего не изменилось, сообщите администратору
error-duplicate = Такое уже есть
error-reference = Это ссылается на то, чего нет
error-refused = Правила базы данных не допускают такого изменения
error-slow-query = Это заняло слишком много времени. Сузьте фильтр и повторите
error-stopping = Сервер перезапускается. Ничего не изменилось, повторите чуть позже

## Поля
error-file-large = Файл { $name } больше { $limit }. Пришлите ссылку или сократите его
error-files-many = { $max_plural ->
    [one] Не больше { $max } файла за раз
    [few] Не больше { $max } файлов за раз
    [many] Не больше { $max } файлов за раз
   *[other] Не больше { $max } файла за раз
}
error-required = Заполните это поле
error-too-long = { $max_plural ->
    [one] Не длиннее { $max } знака
    [few] Не длиннее { $max } знаков
    [many] Не длиннее { $max } знаков
   *[other] Не длиннее { $max } знака
}
error-too-short = { $min_plural ->
    [one] Не короче { $min } знака
    [few] Не короче { $min } знаков
    [many] Не короче { $min } знаков
   *[other] Не короче { $min } знака
}
error-cursor = Порядок списка изменился. Откройте его с первой страницы
error-search-many-words = Не больше { $max } слов. Уберите наименее важные или возьмите фразу в кавычки
error-search-too-long = Этот поиск занимает слишком много времени. Введите меньше слов или более длинные слова
error-number = Введите целое число
error-choice = Выберите значение из списка
error-date = Введите дату
error-unknown-field = Такого поля нет
error-json = JSON не удалось прочитать: { $detail }

## Страница ошибки
error-page-invalid = Ещё не всё верно
error-page-malformed = Запрос не удалось прочитать
error-page-unauthenticated = Войдите, чтобы продолжить
error-page-forbidden = Нет доступа
error-page-not-found = Не найдено
error-page-conflict = Данные успели измениться
error-page-too-large = Слишком большой размер
error-page-too-many = Слишком много запросов
error-page-internal = Ошибка на сервере
error-page-busy = Сервер занят
error-page-home = На главную
error-page-incident = Код { $incident }
error-revert-state = Состояние { $state } нельзя убрать: в нём есть заявки
error-revert-unfit = Эта версия больше не подходит к остальным настройкам

## Custom fields
error-field-number = Введите число. Знаков после запятой не больше: { $decimals }
error-field-date = Введите дату в виде 2026-11-22
error-field-time = Введите дату и время в виде 2026-11-22T14:05
error-field-choice = { $value } нет среди значений. Выберите из списка
error-field-elsewhere = Это поле другого типа заявки или другой услуги
error-field-key = Используйте строчные латинские буквы, цифры, дефис и подчёркивание; первой должна быть буква
error-field-decimals = Знаки после запятой есть только у чисел и сумм, не больше 6
error-field-currency = Укажите три буквы валюты, например EUR; валюта есть только у сумм
error-field-items = Этому типу нужен список значений, не больше { $max }; у других типов списка нет
error-field-item-key = { $key }: используйте строчные латинские буквы, цифры, дефис и подчёркивание; первой должна быть буква
error-field-item-twice = { $key } стоит в списке дважды
error-field-item-name = Для { $key } нужно название на английском
error-field-item-parent = { $key }: вышестоящего значения нет в списке, оно стоит ниже, или поле не дерево
error-field-type = Здесь тип не меняется. Измените его на странице типа: она покажет, что будет потеряно
error-field-kind = { $kind } — не тип заявки
error-field-object = Типы заявок, услуги и файлы есть только у полей заявок
error-field-item-used = { $count_plural ->
    [one] { $key } — значение { $count } записи. Отметьте его как выведенное, а не убирайте
    [few] { $key } — значение { $count } записей. Отметьте его как выведенное, а не убирайте
    [many] { $key } — значение { $count } записей. Отметьте его как выведенное, а не убирайте
   *[other] { $key } — значение { $count } записи. Отметьте его как выведенное, а не убирайте
}

## Kinds and states
error-kind-prefix = От одной до восьми букв
error-kind-days = От 0 до 3650 дней
error-kind-state-key = { $state }: используйте строчные латинские буквы, цифры, дефис и подчёркивание; первой должна быть буква
error-kind-state-twice = { $state } встречается дважды
error-kind-state-name = Для { $state } нужны английские названия для службы и для заявителя
error-kind-state-requires = { $state } — открытое состояние: решение может требовать только то, что завершает заявку
error-kind-initial = Новые заявки начинаются с состояния категории «новая» или «в работе»
error-kind-category = Нет состояния категории { $category }
error-kind-step = { $from } → { $to }: одного из состояний нет, или они совпадают
error-kind-step-twice = { $from } → { $to } встречается дважды
error-kind-step-by = { $from } → { $to }: этот шаг некому сделать
error-kind-step-verb = { $from } → { $to }: выберите нужное право
error-kind-role = Роли { $role } нет
error-kind-lost = К состоянию { $state } нет пути
error-kind-trap = Из { $state } служба не может прийти к завершению
error-kind-state-used = { $count_plural ->
    [one] В состоянии { $state } { $count } заявка. Оно остаётся вместе с категорией
    [few] В состоянии { $state } { $count } заявки. Оно остаётся вместе с категорией
    [many] В состоянии { $state } { $count } заявок. Оно остаётся вместе с категорией
   *[other] В состоянии { $state } { $count } заявки. Оно остаётся вместе с категорией
}
error-field-needed = { $name }: заполните перед этим шагом
error-rule-hidden = Поле «{ $name }» здесь не заполняют: { $rule }
error-rule-required = { $name }: заполните это поле. { $rule }
error-rule-limited = { $name }: это значение здесь не допускается. { $rule }
error-rule-then = Укажите, что делает правило; строк не больше: { $max }
error-rule-values = Укажите значения, по одному в строке. Проверке «заполнено» и «пусто» они не нужны
error-rule-test = { $field } так сравнить нельзя
error-rule-field = { $field } — не поле заявок
error-rule-value = У поля { $field } не может быть этого значения
error-rule-unknown = { $value } не существует
error-rule-circle = { $field } зависело бы само от себя
error-kind-field = Поля заявок { $field } нет
