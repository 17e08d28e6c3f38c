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
