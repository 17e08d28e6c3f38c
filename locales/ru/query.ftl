# Ошибки в фильтре: что не так в отмеченном месте и как это записать.

filter-did-you-mean = Возможно, вы имели в виду { $proposals }?

filter-too-long = Фильтр длиннее { $max } байт. Уберите часть или сохраните его как два представления
filter-too-many-terms = Частей в фильтре больше { $max }. Уберите лишние
filter-too-deep = Глубина вложенности скобок больше { $max }. Уберите лишние
filter-unclosed-quote = Не хватает закрывающей кавычки
filter-unclosed-group = Не хватает закрывающей скобки
filter-unexpected = «{ $value }» здесь лишнее. Уберите его или возьмите текст в кавычки
filter-empty-group = Между скобками ничего нет
filter-missing-term = Для OR нужны условия с обеих сторон
filter-missing-value = Укажите значение после «{ $key }:»
filter-sort-place = Поставьте sort: вне скобок и без дефиса перед ним

filter-unknown-key = Поля «{ $key }» нет. Чтобы искать этот текст, возьмите его в кавычки
filter-unknown-flag = После «{ $key }:» не бывает «{ $value }»
filter-unknown-reference = По запросу «{ $value }» никого и ничего не найдено
filter-bad-value = У поля «{ $key }» нет значения «{ $value }»
filter-bad-number = «{ $value }» — не целое число. Напишите, например, { $key }:>5
filter-bad-date = «{ $value }» — не дата. Напишите, например, { $key }:2026-01-31, { $key }:today или { $key }:>-2d
filter-bad-duration = «{ $value }» — не промежуток времени. Напишите, например, { $key }:<90m, { $key }:<4h или { $key }:>2d
filter-bad-range = Конец диапазона раньше начала. Поменяйте их местами
filter-no-comparison = Поле «{ $key }» нельзя сравнивать. Укажите само значение вместо «{ $value }»
filter-not-sortable = Список нельзя отсортировать по полю «{ $key }»
filter-not-here = Поле «{ $key }» нельзя использовать в этом месте
filter-no-text = Здесь нельзя искать по тексту. Используйте поле, например is:open
filter-needs-actor = «{ $value }» зависит от того, кто спрашивает, а здесь такого человека нет. Укажите сотрудника или группу
filter-unknown-zone = Часовой пояс «{ $value }» неизвестен. Выберите другой в настройках
