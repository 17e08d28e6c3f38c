### Lists as files.

export-menu = Export
export-csv = CSV for spreadsheets
export-xlsx = Excel (XLSX)
export-jsonl = JSON Lines for programs
export-resolved = Solved
export-closed = Closed
export-id = Id
export-yes = yes
export-no = no
event-export-started = Export of { $list } as { $format } begun
event-export-finished = Export sent to its end: { $rows } rows
