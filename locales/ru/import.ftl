### Импорт: этапы, состояния загрузки, причины отказа в строках, ошибки.

## Этапы
import-stage-reading = Чтение файла
import-stage-checking = Проверка строк
import-stage-parties = Добавление людей, групп, организаций, услуг и местоположений
import-stage-writing = Запись заявок
import-stage-undoing = Удаление заявок

## Состояния загрузки
import-state-running = Выполняется
import-state-interrupted = Прервана
import-state-done = Завершена
import-state-undoing = Отменяется
import-state-undone = Отменена

## Отклонённые строки; $detail — причина, как она стоит в файле
import-refused-cells = В строке не столько ячеек, сколько в заголовке: { $detail }
import-refused-encoding = Строка записана не в кодировке { $detail }
import-refused-no-number = Столбец «{ $detail }» пуст, и строка не относится ни к одной заявке
import-refused-moment = Это не дата и время: { $detail }
import-refused-future = Этот момент ещё не наступил: { $detail }
import-refused-unmapped = В таблице соответствий нет такого значения: { $detail }
import-refused-missing = Не хватает нужного значения: { $detail }
import-refused-value = Такое значение здесь невозможно: { $detail }
import-refused-unknown = Здесь этого нет, а добавлять таблица соответствий не разрешает: { $detail }
import-refused-twice = Более ранняя строка описывает ту же запись: строка { $detail }
import-refused-doubtful = Неясно, какая запись имеется в виду: { $detail }
import-refused-above = Строка меняет адреса или вход того, у кого прав больше, чем у вас: { $detail }
import-refused-after-closed = Заявка уже была закрыта, а всё последующее таблица соответствий отклоняет
import-refused-unchanged = Строка ничего не меняет, а такие строки таблица соответствий отклоняет
import-refused-case = Отклонена другая строка той же заявки
import-refused-known = Такая заявка уже есть: { $detail }
import-refused-database = База данных отклонила строку: { $detail }

## Ошибки
error-import-stopped = Импорт остановлен до начала записи
error-import-elsewhere = Над импортом { $batch } работает другой процесс
error-import-undoing = Импорт { $batch } из того же источника отменяется. Сначала завершите отмену
error-import-states = Состояния из таблицы соответствий не подходят виду заявок: { $message }

## Страницы
import-imports = Импорт
import-skip-list = К списку
import-file = Файл
import-file-help = CSV, обычный или сжатый gzip, или XLSX: читается первый лист
import-records = Что в его строках
import-source = Источник
import-source-help = Короткое имя другой системы без пробелов. По нему узнаются её записи
import-tenant = Для кого
import-bring = Загрузить
import-none = Пока ничего не импортировано
import-state = Состояние
import-when = Загружено
import-number = Номер
import-intake-ready = Ожидает проверки
import-intake-checking = Проверяется
import-intake-checked = Проверено
import-sort-person = Люди
import-sort-organisation = Организации
import-sort-service = Услуги
import-sort-team = Команды
import-sort-location = Места
import-done-brought = Файл загружен. Просмотрите столбцы и проверьте его
import-done-saved = Сохранено
import-done-stopped = Остановится после строк, которые сейчас записываются
import-progress = Ход работы
import-stop = Остановить
import-report = Что сделано
import-report-sum = Строки: прочитано { $read }, принято { $applied }, отклонено { $refused }
import-report-made = { $what }: добавлено { $count }
import-report-changed = Изменено: { $count }
import-refused-file = Отклонённые строки, чтобы исправить и загрузить снова
import-refused-reasons = Они же с причинами
import-dry = Что из этого получится
import-dry-sum = Добавится: { $made }. Изменится: { $changed }. Уже совпадает: { $same }. Отклонено: { $refused }
import-dry-needed = Также добавятся, потому что названы в строках:
import-dry-unused = Неиспользуемые столбцы:
import-line = Строка
import-row = В файле
import-becomes = Здесь
import-becomes-made = Добавится
import-becomes-changed = Изменится
import-becomes-same = Уже совпадает
import-becomes-refused = Отклонено
import-mapping = Столбцы
import-mapping-help = Какой столбец какому полю соответствует. Предложено по названиям
import-no-column = Нет столбца
import-create = Добавлять то, что названо в строках и чего здесь нет
import-create-help = Организации, места и то, во что входят записи
import-check = Проверить
import-run = Импортировать
import-go-on = Продолжить
import-undo = Откатить
event-import-uploaded = Загружен файл: { $records }
event-import-corrected = Изменены столбцы импорта
event-import-checked = Начата пробная проверка импорта
event-import-run = Начат импорт
event-import-undone = Начат откат импорта
event-import-stopped = Запрошена остановка импорта
error-import-step = С импортом в его нынешнем состоянии этого сделать нельзя
error-import-mapping = Таблица соответствий неверна: { $mistakes }
error-import-file = Файл не читается: { $cause }
error-import-source = Короткое имя без пробелов, например staff-list

## Поля
import-field-key = Ключ
import-field-name = Название или имя
import-field-given = Имя
import-field-family = Фамилия
import-field-email = Электронная почта
import-field-phone = Телефон
import-field-mobile = Мобильный телефон
import-field-title = Должность
import-field-organisation = Организация
import-field-location = Место
import-field-lang = Язык
import-field-time-zone = Часовой пояс
import-field-vip = VIP
import-field-note = Примечание
import-field-active = Действует
import-field-parent = Входит в
import-field-kind = Вид
import-field-domains = Почтовые домены
import-field-address = Адрес
import-field-team = Команда
import-field-owner = Владелец
import-field-state = Состояние
import-field-impact = Влияние
import-field-description = Описание
import-field-line = Линия поддержки
import-field-lead = Руководитель
