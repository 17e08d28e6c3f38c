# Задачи и списки заявок.
work-tasks = Задачи
work-task = Задача
work-back = Назад к заявке
work-back-tasks = Назад к задачам
work-none = Кроме ответа делать нечего. Первую задачу напишите ниже
work-add = Добавить задачу
work-add-to = Добавить задачу в список { $title }
work-list-first = Сделать
work-list-add = Добавить список
work-list-title = Название списка
work-list-remove = Удалить этот пустой список
work-list-remove-named = Удалить «{ $title }» вместе с задачами
work-up = Выше: { $title }
work-down = Ниже: { $title }
work-edit = Изменить: { $title }
work-answer = Ответ: { $title }
work-complete = Готово
work-overdue = Просрочена
work-due = Срок
work-blocks = До решения
work-blocks-label = Должна быть выполнена до решения заявки
work-blocks-help = До этого решить нельзя: ни одну, ни несколько сразу, ни через API
work-waits-for = После «{ $title }»
work-accepted = Получена
work-accept = Подтвердить получение
work-done = Готово
work-title = Что нужно сделать
work-sort = Чем отвечают
work-sort-heading = Ничем: это заголовок
work-sort-tick = Отметкой
work-sort-text = Словами
work-sort-number = Числом
work-owner = Исполнитель
work-team = Команда
work-team-help = Без исполнителя задача общая для всей команды
work-after = Можно начать после
work-remove = Удалить задачу
error-tasks-open = { $count_plural ->
    [one] Сначала нужно выполнить { $count } задачу: { $titles }
    [few] Сначала нужно выполнить { $count } задачи: { $titles }
    [many] Сначала нужно выполнить { $count } задач: { $titles }
   *[other] Сначала нужно выполнить { $count } задачи: { $titles }
}
error-task-heading = Заголовок нельзя выполнить
error-task-answer = Напишите ответ, который нужен для задачи
error-task-circle = Эти задачи ждали бы друг друга. Выберите другую
error-task-after = Сначала выполните «{ $title }»
error-task-others = Это задача другого исполнителя
error-tasks-many = В заявке не больше { $max } задач. Вынесите часть в отдельную заявку
error-checklists-many = В заявке не больше { $max } списков. Возьмите один из имеющихся
work-mine = Мои задачи
work-mine-none = Задач нет. Возьмите заявку
work-pick = К заявкам
work-skip = Перейти к задачам
work-whose = Чьи задачи
work-all = Все
work-own = Мои
work-teams = Моих команд
work-ticket = Заявка
work-complete-named = Готово: { $title }
