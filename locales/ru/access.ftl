### Roles and rights in words.

## Errors
error-role-exceeds = Ваши собственные права не простираются так далеко: { $verb }
error-role-system = Роль администратора нельзя изменить
error-role-changed = Эту роль изменил кто-то другой. Обновите страницу и попробуйте снова
error-role-reach = Для этого действия такой охват не предусмотрен
error-role-last = Должен остаться хотя бы один администратор, который может войти

## How far a verb goes
access-reach-none = Нет
access-reach-own = Своё
access-reach-team = Группа
access-reach-organisation = Организация
access-reach-all = Всё

## What it is done to
access-object-ticket = Заявки
access-object-person = Люди
access-object-organisation = Организации
access-object-team = Группы
access-object-service = Услуги
access-object-location = Локации
access-object-role = Роли
access-object-settings = Настройки
access-object-view = Сохранённые списки
access-object-token = Токены API
access-object-import = Импорт
access-object-report = Отчёты
access-object-audit = Журнал аудита
access-object-system = Система

## Verbs
access-verb-ticket-see = Видеть заявки
access-verb-ticket-see-internal = Видеть заметки и внутреннюю работу
access-verb-ticket-create = Регистрировать заявки
access-verb-ticket-edit = Менять свойства
access-verb-ticket-work = Менять рабочий статус
access-verb-ticket-take = Брать заявки себе
access-verb-ticket-assign = Назначать группам и людям
access-verb-ticket-note = Писать заметки
access-verb-ticket-reply = Отвечать
access-verb-ticket-follow = Продолжать как заявитель
access-verb-ticket-solve = Решать
access-verb-ticket-close = Закрывать и подтверждать
access-verb-ticket-reopen = Открывать повторно
access-verb-ticket-cancel = Отменять
access-verb-ticket-link = Связывать заявки
access-verb-ticket-merge = Объединять заявки
access-verb-ticket-watch = Добавлять и убирать соисполнителей и наблюдателей
access-verb-ticket-log-time = Учитывать время
access-verb-ticket-approve = Согласовывать
access-verb-ticket-delete = Перемещать заявки в корзину и возвращать
access-verb-ticket-purge = Окончательно удалять заявки из корзины
access-verb-ticket-export = Выгружать заявки
access-verb-ticket-confide = Делать заявки конфиденциальными и называть, кто их видит
access-verb-ticket-unseal = Открывать чужие конфиденциальные заявки с указанием причины
access-verb-ticket-explain = Спрашивать, почему кто-то видит заявку
access-verb-ticket-redact = Удалять навсегда части сообщений, заголовков и файлы
access-verb-ticket-reveal = Читать скрытое, указав причину
access-verb-person-see = Видеть людей
access-verb-person-create = Добавлять людей
access-verb-person-edit = Менять данные людей
access-verb-person-account = Управлять входами, паролями и сеансами
access-verb-person-merge = Объединять записи людей
access-verb-person-disable = Закрывать доступ
access-verb-person-export = Выгружать людей
access-verb-person-erase = Стирать данные людей навсегда
access-verb-person-see-as = Смотреть глазами другого
access-verb-organisation-see = Видеть организации
access-verb-organisation-create = Добавлять организации
access-verb-organisation-edit = Менять организации
access-verb-team-see = Видеть группы
access-verb-team-edit = Менять группы и участников
access-verb-service-see = Видеть услуги
access-verb-service-edit = Менять услуги
access-verb-location-see = Видеть местоположения
access-verb-location-edit = Менять местоположения
access-verb-role-see = Видеть роли
access-verb-role-edit = Менять роли
access-verb-role-grant = Выдавать и забирать роли
access-verb-settings-see = Видеть настройки
access-verb-settings-edit = Менять настройки
access-verb-view-share = Делиться списками
access-verb-token-manage = Управлять токенами API
access-verb-import-run = Импортировать данные
access-verb-report-see = Видеть отчёты
access-verb-audit-see = Читать журнал аудита
access-verb-system-see = Видеть состояние, задания и журналы
access-verb-system-run = Запускать задания и копирование

## The delivered roles
access-role-user = Обращается за помощью и следит за своими обращениями.
access-role-customer = Обращается за помощью и видит обращения своей организации; кто над ними работает, скрыто.
access-role-observer = Видит обращения своей организации, меняет только свои.
access-role-approver = Согласует то, что ждёт решения, помимо своих обращений.
access-role-super-user = Регистрирует и ведёт обращения за всю свою организацию.
access-role-responsible = Работает с заявками своих групп.
access-role-operator = Работает со всеми заявками: регистрирует, назначает, отвечает, решает.
access-role-coordinator = Оператор, который также ведёт услуги, организации и общие списки и видит отчёты.
access-role-manager = Координатор, который также управляет группами, людьми, ролями и импортом.
access-role-cio = Видит всё и согласует, не работая с заявками.
access-role-administrator = Может всё там, где выдана.
