### Erasing a person for good.

privacy-erase = Стереть навсегда
privacy-stand-in = Стёртый человек { $id }
privacy-goes = Что исчезнет
privacy-gone = Что исчезло
privacy-messages = Сообщения
privacy-texts = Заголовки и отчёты
privacy-files = Файлы
privacy-addresses = Контакты
privacy-organisations = Членство
privacy-teams = Группы
privacy-roles = Роли
privacy-tickets = Заявки, которые останутся
privacy-text = Имя, контакты, вход, роли, группы и личные представления исчезнут сразу, а написанное человеком — в фоне. Заявки останутся со своими сроками и состояниями. Останется и то, что писали о нём другие, а прежние резервные копии хранят всё, пока не будут удалены.
privacy-reason = Причина
privacy-reason-help = Например, запрос человека с датой
privacy-sure = Я знаю, что это нельзя отменить
privacy-send = Стереть данные человека
privacy-running = Данные стираются. Обновите страницу, чтобы увидеть ход работы.
privacy-done = Данные этого человека стёрты.

## What is kept about a person, as a file.

privacy-export = Все данные одним файлом
privacy-export-me = Профиль и вход
privacy-export-text = Один ZIP-файл со всем, что хранится о человеке: профиль, контакты, организации, дополнительные поля, настройки, вход и сеансы, каждое его обращение с перепиской и добавленные им файлы. Его можно читать без службы поддержки.
privacy-export-own = Файл готовится в фоне, скачать его можно в течение семи дней; больше его никто не получит. Внутренних заметок в нём нет.
privacy-export-other = В файле то, что видите и вы, и этот человек, поэтому конфиденциальных обращений, в которых вы не названы, в нём нет. Файл готовится в фоне, скачать его можно в течение семи дней; больше его никто не получит. Запрос и скачивание записываются в журнал.
privacy-export-notes = С внутренними заметками
privacy-export-notes-help = Из обращений этого человека, которые вы можете читать
privacy-export-noted = с заметками
privacy-export-send = Подготовить файл
privacy-export-asked = Файл готовится.
privacy-export-wait = Файл готовится. Обновите страницу, чтобы узнать, готов ли он.
privacy-export-none = Файл ещё не запрашивали.
privacy-export-when = Запрошен
privacy-export-state = Состояние
privacy-export-take = Скачать
privacy-export-running = Готовится
privacy-export-ready = Готов
privacy-export-failed = Не удалось
privacy-export-expired = Срок истёк
privacy-export-until = до { $day }
privacy-export-tickets = { $count_plural ->
    [one] { $count } обращение
    [few] { $count } обращения
    [many] { $count } обращений
   *[other] { $count } обращения
}
privacy-export-files = { $count_plural ->
    [one] { $count } файл
    [few] { $count } файла
    [many] { $count } файлов
   *[other] { $count } файла
}
privacy-file-made = Подготовлено: { $when }.
privacy-file-holds = То же для программ — в person.json и tickets.jsonl; в manifest.json записаны SHA-256 всех файлов.
privacy-file-with-notes = С внутренними заметками службы поддержки.
privacy-file-own = Здесь то, что вы можете видеть в службе поддержки, и то, что вы написали.
privacy-file-asked = Здесь то, что видят и сам человек, и тот, кто запросил файл: конфиденциальных обращений, в которых последний не назван, нет. В файле, который человек запросит сам, они будут.
privacy-file-name = Имя
privacy-file-title = Должность
privacy-file-email = Почта
privacy-file-phone = Телефон
privacy-file-mobile = Мобильный
privacy-file-room = Кабинет
privacy-file-tag = Метка
privacy-file-organisation = Организация
privacy-file-tickets = Обращения
privacy-file-state = Состояние
privacy-file-created = Создано
privacy-file-service = Услуга
privacy-file-report = Отчёт
privacy-file-desk = Служба поддержки
privacy-file-note = Внутренняя заметка
privacy-file-erased = Это сообщение стёрто.

error-person-export-running = Файл уже готовится. Дождитесь его.
error-person-export-large = Данных больше, чем вмещает один файл. Администратор может передать их по частям
error-person-export-stopped = Служба поддержки остановлена; файл будет подготовлен после её запуска.
error-person-export-failed = Не удалось подготовить файл. Попробуйте ещё раз; если не получится снова, причина — в журнале сервера
