### Import: stages, states of a batch, why rows are refused, errors.

## Stages
import-stage-reading = Reading the file
import-stage-checking = Checking the rows
import-stage-parties = Adding people, teams, organisations, services and locations
import-stage-writing = Writing tickets
import-stage-undoing = Removing tickets

## States of a batch
import-state-running = Under way
import-state-interrupted = Interrupted
import-state-done = Done
import-state-undoing = Being rolled back
import-state-undone = Rolled back

## Refused rows; $detail is the cause as it stands in the file
import-refused-cells = The row has another number of cells than the header: { $detail }
import-refused-encoding = The row is not written in { $detail }
import-refused-no-number = The column “{ $detail }” is empty, so the row belongs to no ticket
import-refused-moment = This is no date and time: { $detail }
import-refused-future = This moment has not come yet: { $detail }
import-refused-unmapped = The mapping does not know this value: { $detail }
import-refused-missing = A value that is needed is missing: { $detail }
import-refused-value = The desk cannot take this value: { $detail }
import-refused-unknown = The desk does not have this, and the mapping does not let the import add it: { $detail }
import-refused-twice = An earlier row is the same record: line { $detail }
import-refused-doubtful = It cannot be told which record is meant: { $detail }
import-refused-after-closed = The ticket was closed before, and the mapping refuses what comes after
import-refused-unchanged = The row changes nothing, and the mapping refuses such rows
import-refused-case = Another row of the same ticket was refused
import-refused-known = The ticket is there already: { $detail }
import-refused-database = The database refused the row: { $detail }

## Errors
error-import-stopped = The import was stopped before anything was written
error-import-elsewhere = Another process works on import { $batch }
error-import-undoing = Import { $batch } of the same source is being rolled back. Finish that first
error-import-states = The states of the mapping do not fit the kind: { $message }
