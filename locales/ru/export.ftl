### Списки в виде файлов.

export-menu = Выгрузить
export-csv = CSV для электронных таблиц
export-xlsx = Excel (XLSX)
export-jsonl = JSON Lines для программ
export-resolved = Решена
export-closed = Закрыта
export-id = Ид.
export-yes = да
export-no = нет
event-export-started = Начата выгрузка списка { $list } в формате { $format }
event-export-finished = Выгрузка передана до конца, строк: { $rows }
