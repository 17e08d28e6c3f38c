# Рамка каждой страницы и общие компоненты.

ui-skip-main = Перейти к содержимому
ui-nav = Основная навигация
ui-seeing = Вы смотрите как { $name } до { $until }
ui-seeing-end = Закончить
ui-nav-more = Ещё
ui-rail = Подписи
ui-views = Представления
ui-view-urgent = Срок истекает в ближайшие 30 минут
ui-search = Поиск
ui-new = Новая заявка
ui-new-request = Новое обращение
ui-help = Нужна помощь?
ui-reconnecting = Восстанавливаем связь

ui-me = Ваше меню
ui-preferences = Настройки
ui-theme = Тема
ui-theme-light = Светлая
ui-theme-dark = Тёмная
ui-theme-system = Как в системе
ui-language = Язык
ui-logout = Выйти

ui-close = Закрыть
ui-cancel = Отмена
ui-undo = Отменить
ui-retry = Повторить
ui-remove = Убрать
ui-more = Показать ещё
ui-optional = (необязательно)
ui-choose = Выберите
ui-vip = VIP
ui-copy-number = Скопировать номер; дважды — ссылку
ui-copied = Скопировано

ui-errors-title = Проверьте эти поля
ui-failed = Не удалось завершить действие. Ничего не изменено, ваш текст на месте.
ui-forbidden = У вас нет доступа к этому действию.
ui-missing = Этого больше нет, или оно вам не видно.
ui-busy = Слишком много запросов сразу. Подождите немного и повторите.
ui-offline = Нет связи. Ваш текст на месте.
ui-no-results = Ничего не найдено
ui-results = Варианты: %count
ui-selected = Выбрано: %count

ui-session-title = Войдите, чтобы продолжить
ui-session-text = Вас долго не было, поэтому сеанс завершён. Ваш текст на месте.
ui-session-email = Электронная почта
ui-session-password = Пароль
ui-session-login = Войти
ui-session-failed = Почта или пароль указаны неверно. Попробуйте ещё раз.

ui-entry-request = Обращение
ui-entry-reply = Ответ
ui-entry-note = Внутреннее
ui-entry-call = Звонок

ui-previous = Предыдущая заявка
ui-next = Следующая заявка
ui-details = Подробности
ui-composer = Ответить
ui-composer-kind = Что вы пишете
ui-message = Сообщение
ui-reply = Ответить
ui-note = Заметка
ui-call = Записать звонок
ui-to = Кому
ui-note-hint = Видят только сотрудники
ui-call-direction = Направление
ui-call-in = Входящий
ui-call-out = Исходящий
ui-call-minutes = Минуты
ui-call-public = Видно заявителю
ui-send-reply = Отправить ответ
ui-add-note = Добавить заметку
ui-save-call = Сохранить звонок
ui-send-and = Другие способы отправки
ui-attach = Прикрепить
ui-drop = Прикрепите файлы: выберите, перетащите или вставьте
ui-draft-kept = Есть черновик
ui-draft-saved = Сохранено %time
ui-draft-joined = То, что вы написали на другом компьютере, стоит выше
ui-will-be-masked = Будет скрыто при отправке: %what
ui-send-unmasked = Оставить как есть
ui-mode-reply = Ответ: его увидит заявитель
ui-mode-note = Заметка: её увидят только сотрудники
ui-mode-call = Звонок: появится запись о звонке

ui-new-messages = Новых сообщений: %count
ui-updates = Изменений в списке: %count

ui-now = сейчас
ui-ago = %time назад
ui-in = через %time
ui-sla-left = Осталось %time
ui-sla-over = Просрочено на %time
ui-unit-day = д
ui-unit-hour = ч
ui-unit-minute = мин

ui-walk-left = уже не в списке
ui-keys = Сочетания клавиш
ui-keys-off = Выключить буквы
ui-keys-on = Включить буквы
ui-key-next = Следующая
ui-key-previous = Предыдущая
ui-key-open = Открыть
ui-key-select = Выбрать
ui-key-updates = Показать изменения
ui-key-unread = Отметить прочитанным или непрочитанным
ui-key-send = Отправить
ui-key-back = Закрыть или выйти
