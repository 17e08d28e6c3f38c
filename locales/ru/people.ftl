### People, organisations, teams, services, locations and roles.

## Pages
people-people = Люди
people-orgs = Организации
people-teams = Группы
people-services = Услуги
people-locations = Локации
people-roles = Роли
people-show = Показать
people-skip-list = К списку
people-clear = Сбросить фильтр
people-active = Активные
people-inactive = Не активно
people-inactive-all = Неактивные
people-all = Все
people-vip = VIP
people-more = Ещё
people-nothing = Не задано
people-unseen = Нет доступа
people-settings = Настройки
people-save = Сохранить изменения
people-save-mine = Сохранить моё

## Fields
people-name = Имя
people-label = Название
people-title = Должность
people-contacts = Контакты
people-organisations = Организации
people-location = Местоположение
people-lang = Язык
people-zone = Часовой пояс
people-clock = сейчас там { $time }
people-note = Заметка
people-email = Эл. почта
people-phone = Телефон
people-mobile = Мобильный
people-room = Кабинет
people-tag = Пропуск
people-org = Организация
people-role-title = Роль в организации
people-payer = Кто платит
people-payer-self = Сама организация
people-payer-help = Платящий заказчик, если это другая организация
people-domains = Почтовые домены
people-domains-none = Нет
people-domains-help = Кто пишет с такого домена, относится к этой организации. По одному в строке
people-lead = Руководитель
people-member = Участник
people-members = Участники
people-owner = Владелец
people-team = Группа
people-impact = Влияние
people-impact-low = Низкое
people-impact-medium = Среднее
people-impact-high = Высокое
people-impact-extensive = Массовое
people-impact-help = С этого значения начинается заявка об услуге
people-description = Описание
people-state = Состояние
people-key = Ключ
people-key-help = По нему обращаются правила, фильтры и импорт. Он не меняется; оставьте пустым, чтобы составить его из названия
people-parent = Входит в
people-parent-help = Перемещается вместе со всем, что внутри
people-parent-top = Оставьте пустым для верхнего уровня. Перемещается вместе со всем, что внутри
people-address = Адрес
people-where = Где
people-whose = Чьё это
people-whose-help = Внутри другого элемента — тот же заказчик
people-all-tenants = Все заказчики
people-as-organisation = Как в организации
people-as-location = Как в местоположении и организации
people-as-above = Как уровнем выше
people-kind = Вид
people-kind-internal = Внутренняя
people-kind-customer = Заказчик
people-kind-supplier = Поставщик
people-kind-partner = Партнёр
people-person = Человек
people-line = Линия поддержки
people-line-n = Линия { $line }
people-line-1 = Линия 1: принимает всё первой
people-line-2 = Линия 2: специалисты
people-line-3 = Линия 3: эксперты и поставщики

## People
people-new = Новый человек
people-create = Создать запись
people-search = Имя, почта или телефон
people-none = Здесь пока никого нет
people-none-match = Никто не найден
people-about = Сведения
people-main = Основной
people-main-org = Основная
people-verified = Подтверждён
people-contacts-none = Контактов пока нет
people-contact-add = Добавить контакт
people-contact-kind = Что это
people-contact-value = Адрес или номер
people-contact-main = Использовать первым
people-contact-main-help = Среди контактов этого вида
people-organisations-none = Не относится ни к одной организации
people-membership-add = Добавить организацию
people-membership-main = Это основная организация
people-membership-end = Завершить
people-since = с { $day }
people-from-to = с { $from } по { $to }
people-org-help = Оставьте пустым, если не знаете
people-vip-help = Отметку видят все сотрудники поддержки
people-note-help = Что нужно знать коллеге, прежде чем звонить
people-login = Входит как
people-log-in = Вход
people-see-as = Посмотреть глазами этого человека
people-login-last = последний раз:
people-tickets = Заявки
people-tickets-open = Открытые заявки
people-tickets-all = Все заявки
people-new-ticket = Новая заявка от этого человека
people-disable = Закрыть доступ
people-enable = Вернуть доступ
people-merged = Объединённые записи
people-merge = Объединить с другой записью
people-export-all = Все данные одним файлом
people-erase = Стереть навсегда
people-merge-text = Если две записи — один человек, одна из них вбирает другую: заявки, контакты и организации находятся под ней, и оба входа ведут к ней. Это можно отменить.
people-merge-gone = Эта запись
people-merge-into = на самом деле
people-merge-into-help = Запись, которая останется
people-merge-send = Объединить записи
people-unmerge = Разделить
people-roles-held = Роли
people-role = Роль
people-grant = Выдать роль
people-revoke = Забрать
people-fallback = Есть у всех, у кого нет другой роли

## Organisations
people-tenant-new = Новый заказчик
people-org-new = Новая организация
people-org-below = Новая организация внутри
people-org-create = Создать организацию
people-org-active = Активна
people-org-active-help = Неактивная организация больше не предлагается
people-orgs-search = Название или почтовый домен
people-orgs-none = Организаций пока нет
people-orgs-none-match = Организации не найдены
people-tree = Место в структуре
people-members-none = Здесь пока никого нет
people-members-all = Показать всех

## Teams
people-team-new = Новая группа
people-team-create = Создать группу
people-team-active = Активна
people-team-active-help = Неактивная группа больше не получает заявок
people-team-empty = В группе пока никого нет, её заявки никто не увидит
people-member-add = Добавить участника
people-member-role = В роли
people-teams-search = Название или ключ
people-teams-none = Групп пока нет
people-teams-none-match = Группы не найдены

## Services and locations
people-service-new = Новая услуга
people-service-create = Создать услугу
people-service-proposed = Предложена
people-service-live = Работает
people-service-retired = Выведена из работы
people-service-active = Можно выбрать
people-service-active-help = Выключено: в старых заявках остаётся, в новых выбрать нельзя
people-service-team-help = Заявка об этой услуге начинает путь в этой группе
people-services-search = Название или ключ
people-services-empty = Услуг пока нет. Начните с того, о чём просят чаще всего
people-location-new = Новое местоположение
people-location-create = Создать местоположение
people-location-active = Можно выбрать
people-location-active-help = Выключено: у людей и в заявках остаётся, выбрать заново нельзя
people-locations-search = Название или адрес
people-locations-empty = Местоположений пока нет. Начните с офисов
people-tree-none-match = Ничего не найдено
people-below = Новый элемент внутри
people-level = уровень { $level }

## Roles
people-matrix = Что может каждая роль и насколько широко
people-verb = Действие
people-role-own = Изменена
people-role-new = Новая роль
people-role-create = Создать роль
people-role-save = Сохранить роль
people-role-key-help = Строчные латинские буквы, цифры и подчёркивания. Не меняется
people-role-name-en = Название по-английски
people-role-name-es = Название по-испански
people-role-name-ru = Название по-русски
people-role-active = Активна
people-role-active-help = Неактивная роль ничего не даёт тем, у кого она есть
people-role-fixed = Эта роль может всё и всегда. Её нельзя изменить, чтобы никто не запер систему.
people-role-fallback = Эта роль есть у всех, у кого нет другой.
people-role-shared = Это определение действует для всех заказчиков. При сохранении появится ваше собственное, и здесь будет действовать оно.
people-hidden = Скрытые поля
people-hidden-help = Кто видит запись только по этой роли, не видит этих полей
people-holders = У кого она здесь есть
people-holders-none = Здесь её ни у кого нет
people-history = История
people-version = Версия { $version }
people-delivered = Поставляется с продуктом
people-role-change = { $verb }: было «{ $before }», стало «{ $after }»
people-role-hides = { $object }: скрыто поле «{ $field }»
people-role-shows = { $object }: показано поле «{ $field }»
people-role-on = Включена
people-role-off = Выключена

## What was done
people-done-saved = Сохранено
people-done-created = Создано
people-done-disabled = Доступ закрыт
people-done-enabled = Доступ возвращён
people-done-merged = Записи объединены
people-done-unmerged = Записи разделены
people-done-granted = Роль выдана
people-done-revoked = Роль забрана

## Somebody was faster
people-conflict-by = Пока страница была открыта, запись изменили: { $name }, { $time }
people-conflict = Пока страница была открыта, запись изменили: { $time }
people-conflict-help = Пока ничего не сохранено. Ваш текст ниже; там, где он отличается, сейчас сохранено:

## Errors
error-pick = Выберите один из предложенных вариантов
error-person-shut-out = Доступ этого человека закрыт. Выберите другого или верните доступ
error-key-taken = Этот ключ занят. Выберите другой
error-domain-taken = Один из этих доменов уже у другой организации
error-domains-many = { $max_plural ->
    [one] Не более { $max } домена
    [few] Не более { $max } доменов
    [many] Не более { $max } доменов
   *[other] Не более { $max } домена
}
people-roles-all = { $count_plural ->
    [one] Показать { $count } роль
    [few] Показать все { $count } роли
    [many] Показать все { $count } ролей
   *[other] Показать все { $count } роли
}
people-fields = Поля
people-fields-edit = Изменить поля
people-fields-none = Здесь нет своих полей.
