# Stops a PostgreSQL server of the tests when no process holds the file `users` any more.
# $1: folder, $2: seconds of grace, the rest: the command line of pg_ctl.
folder=$1 grace=$2
shift 2
exec 8>>"$folder/watchdog" 9>>"$folder/users"
flock -n 8 || exit 0
idle=0
while :; do
    sleep 1
    if flock -n -x 9; then
        idle=$((idle + 1))
        [ "$idle" -ge "$grace" ] && break
        flock -u 9
    else
        idle=0
    fi
done
# `users` stays locked until the end: a process that comes now waits, then starts a server anew.
rm -f "$folder/ready"
"$@" -D "$folder/data" -w -m immediate stop
rm -rf "$folder/data"
