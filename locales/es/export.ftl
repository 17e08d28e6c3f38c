### Listas como archivos.

export-menu = Exportar
export-csv = CSV para hojas de cálculo
export-xlsx = Excel (XLSX)
export-jsonl = JSON Lines para programas
export-resolved = Resuelto
export-closed = Cerrado
export-id = Id
export-yes = sí
export-no = no
event-export-started = Exportación de { $list } como { $format } iniciada
event-export-finished = Exportación enviada hasta el final; filas: { $rows }
