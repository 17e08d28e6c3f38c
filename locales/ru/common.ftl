### Слова, общие для всех разделов.

desk-name = Spoc

## Глаголы на кнопках и ссылках
action-add = Добавить
action-apply = Применить
action-back = Назад
action-cancel = Отмена
action-clear = Очистить
action-close = Закрыть
action-copy = Копировать
action-copy-code = Копировать код
action-create = Создать
action-delete = Удалить
action-download = Скачать
action-edit = Изменить
action-filter = Отфильтровать
action-more = Показать ещё
action-next = Дальше
action-previous = Назад
action-remove = Убрать
action-retry = Повторить
action-save = Сохранить
action-search = Найти
action-show = Показать
action-sign-in = Войти
action-sign-out = Выйти
action-undo = Отменить

## Ответы
yes = Да
no = Нет
none = Нет
unknown = Неизвестно
all = Все
optional = необязательно
required = обязательно
saved = Сохранено
loading = Загрузка
updating = Обновляется
about-count = около { $count }
skip-to-content = К содержанию

## Языки, каждый своими словами
language-en = English
language-es = Español
language-ru = Русский

## Время
time-now = сейчас
time-ago = { $length } назад
time-in = через { $length }
time-left = Осталось { $length }
time-over = Просрочено на { $length }
time-today = Сегодня
time-yesterday = Вчера
time-never = Никогда

## Количества
count-results = { $count_plural ->
    [one] { $count } результат
    [few] { $count } результата
    [many] { $count } результатов
   *[other] { $count } результата
}
count-selected = { $count_plural ->
    [one] Выбрано: { $count }
    [few] Выбрано: { $count }
    [many] Выбрано: { $count }
   *[other] Выбрано: { $count }
}

## Связь
live-reconnecting = Восстанавливаем связь
live-offline = Нет связи с { $time }. Изменения станут возможны, когда она вернётся
live-messages = { $count_plural ->
    [one] { $count } новое сообщение
    [few] { $count } новых сообщения
    [many] { $count } новых сообщений
   *[other] { $count } нового сообщения
}
