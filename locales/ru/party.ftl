### Errors of people, organisations, teams, locations and services.

## Trees
error-tree-cycle = Нельзя поместить элемент внутрь самого себя
error-tree-tenant = Элемент должен остаться у того же заказчика
error-tree-root = Вершину дерева заказчика нельзя переместить
error-tree-deep = Наибольшая глубина дерева: { $max }
error-tree-large = Сразу переместилось бы слишком много элементов (предел: { $max }). Переместите их по частям

## Names and keys
error-key = Используйте строчные латинские буквы, цифры, точки и дефисы
error-domain = Введите почтовые домены, например example.com, по одному в строке

## Persons
error-address = Это не похоже на адрес, по которому можно связаться
error-login = Введите имя для входа
error-membership-dates = Окончание раньше начала
error-membership-tenant = Человек и организация принадлежат разным заказчикам
error-merge-self = Выберите другого человека для объединения
error-merge-tenant = Нельзя объединить людей разных заказчиков
error-merge-done = Одна из двух записей уже объединена
error-merge-none = Эта запись не была объединена
