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
