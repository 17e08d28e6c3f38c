### Поиск: поле вверху и страница результатов.

search-title = Поиск
search-title-of = Поиск: { $text }
search-skip = К результатам
search-hint = Слова из заявок, сообщений и заметок, имена, номера, телефоны, имена узлов. Кавычки держат слова вместе, минус исключает, фильтры вроде is:open team:l1 сужают поиск
search-kinds = Виды
search-all = Всё
search-tickets = Заявки
search-people = Люди
search-organisations = Организации
search-teams = Группы
search-services = Услуги
search-kind-ticket = Заявка
search-kind-person = Человек
search-kind-organisation = Организация
search-kind-team = Группа
search-kind-service = Услуга
search-facets = Сузить
search-facets-since = Посчитано среди самых новых: заявки, изменённые с { $day }.
search-order = Порядок
search-order-best = По соответствию
search-order-updated = По изменению
search-order-created = Сначала новые
search-inactive = Отключено
search-instead = По запросу «{ $typed }» ничего не найдено. Показаны результаты для «{ $meant }»
search-mostly = Всех этих слов нет нигде. Показано то, где есть большая часть
search-full = Слова искались также в описаниях, сообщениях, заметках и отчётах
search-nothing = По запросу «{ $text }» ничего нет. Попробуйте меньше слов
search-building = Поисковый индекс создаётся: готово { $percent } %. Пока можно открыть заявку только по номеру
search-rebuilding = Поисковый индекс создаётся заново: готово { $percent } %. Последние изменения могут не найтись

## Похожие заявки
search-similar = Похожие заявки
search-similar-show = Показать похожие заявки
search-similar-none = Похожих заявок нет
search-similar-open = Уже открыты
search-similar-solved = Решены раньше
search-answer = Чем решено
search-back-ticket = К заявке
