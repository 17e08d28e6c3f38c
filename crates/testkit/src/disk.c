/* A library for LD_PRELOAD that stands between a test's child process and the disk.
 *
 * DISK_FOLDER  files below this folder are watched.
 * DISK_FAIL    "kinds first count errno": of the watched calls of these kinds (o open, w write,
 *              t truncate, s sync, d sync of a folder, u unlink) the first-th and the count-1
 *              after it fail.
 * DISK_LOG     every watched call that succeeded is appended here, in the order of its effect:
 *              kind, length of the name, name, offset, length of the data, data.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static const char *folder;
static char kinds[8];
static long first, count, error_number, seen;
static int log_file = -1;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

__attribute__((constructor)) static void start(void)
{
	const char *fail = getenv("DISK_FAIL"), *log = getenv("DISK_LOG");
	folder = getenv("DISK_FOLDER");
	if (fail && sscanf(fail, "%7s %ld %ld %ld", kinds, &first, &count, &error_number) != 4)
		abort();
	if (log)
		log_file = REAL(open)(log, O_CREAT | O_APPEND | O_WRONLY | O_CLOEXEC, 0600);
}

static int watched_path(const char *path)
{
	return folder && path && strncmp(path, folder, strlen(folder)) == 0;
}

static int watched_file(int file, char *name, size_t room)
{
	char link[40];
	ssize_t length;
	if (!folder || file < 0)
		return 0;
	snprintf(link, sizeof link, "/proc/self/fd/%d", file);
	length = readlink(link, name, room - 1);
	if (length <= 0)
		return 0;
	name[length] = 0;
	return watched_path(name);
}

static char sync_kind(int file)
{
	struct stat found;
	return fstat(file, &found) == 0 && S_ISDIR(found.st_mode) ? 'd' : 's';
}

/* With the turn taken: whether this call is to fail. */
static int fails(char kind)
{
	if (!first || !strchr(kinds, kind))
		return 0;
	seen++;
	if (seen < first || seen >= first + count)
		return 0;
	errno = (int)error_number;
	return 1;
}

static void put(const void *data, size_t length)
{
	const char *from = data;
	while (length > 0) {
		ssize_t done = REAL(write)(log_file, from, length);
		if (done <= 0)
			abort();
		from += done;
		length -= (size_t)done;
	}
}

static void note(char kind, const char *name, int64_t offset, const void *data, size_t length)
{
	uint32_t name_length = (uint32_t)strlen(name), data_length = (uint32_t)length;
	if (log_file < 0)
		return;
	put(&kind, 1);
	put(&name_length, 4);
	put(name, name_length);
	put(&offset, 8);
	put(&data_length, 4);
	put(data, length);
}

/* Runs a call on a watched file or name: it fails as ordered, or its effect is noted. */
#define STEP(kind, name, offset, data, length, call, type)                                           \
	do {                                                                                         \
		type result;                                                                         \
		pthread_mutex_lock(&turn);                                                           \
		if (fails(kind)) {                                                                   \
			pthread_mutex_unlock(&turn);                                                 \
			return -1;                                                                   \
		}                                                                                    \
		result = call;                                                                       \
		if (result >= 0)                                                                     \
			note(kind, name, (int64_t)(offset), data, (size_t)(length));                 \
		pthread_mutex_unlock(&turn);                                                         \
		return result;                                                                       \
	} while (0)

ssize_t write(int file, const void *data, size_t length)
{
	char name[4096];
	if (!watched_file(file, name, sizeof name))
		return REAL(write)(file, data, length);
	STEP('w', name, (fcntl(file, F_GETFL) & O_APPEND) ? -1 : lseek(file, 0, SEEK_CUR) - result, data, result, REAL(write)(file, data, length), ssize_t);
}

ssize_t pwrite(int file, const void *data, size_t length, off_t offset)
{
	char name[4096];
	if (!watched_file(file, name, sizeof name))
		return REAL(pwrite)(file, data, length, offset);
	STEP('w', name, offset, data, result, REAL(pwrite)(file, data, length, offset), ssize_t);
}

ssize_t pwrite64(int file, const void *data, size_t length, off64_t offset)
{
	char name[4096];
	if (!watched_file(file, name, sizeof name))
		return REAL(pwrite64)(file, data, length, offset);
	STEP('w', name, offset, data, result, REAL(pwrite64)(file, data, length, offset), ssize_t);
}

int ftruncate(int file, off_t length)
{
	char name[4096];
	if (!watched_file(file, name, sizeof name))
		return REAL(ftruncate)(file, length);
	STEP('t', name, length, "", 0, REAL(ftruncate)(file, length), int);
}

int ftruncate64(int file, off64_t length)
{
	char name[4096];
	if (!watched_file(file, name, sizeof name))
		return REAL(ftruncate64)(file, length);
	STEP('t', name, length, "", 0, REAL(ftruncate64)(file, length), int);
}

int fsync(int file)
{
	char name[4096];
	if (!watched_file(file, name, sizeof name))
		return REAL(fsync)(file);
	STEP(sync_kind(file), name, 0, "", 0, REAL(fsync)(file), int);
}

int fdatasync(int file)
{
	char name[4096];
	if (!watched_file(file, name, sizeof name))
		return REAL(fdatasync)(file);
	STEP(sync_kind(file), name, 0, "", 0, REAL(fdatasync)(file), int);
}

int unlink(const char *path)
{
	if (!watched_path(path))
		return REAL(unlink)(path);
	STEP('u', path, 0, "", 0, REAL(unlink)(path), int);
}

static mode_t mode_of(int flags, va_list rest)
{
	return flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
}

int open(const char *path, int flags, ...)
{
	va_list rest;
	mode_t mode;
	va_start(rest, flags);
	mode = mode_of(flags, rest);
	va_end(rest);
	if (!watched_path(path))
		return REAL(open)(path, flags, mode);
	STEP('o', path, 0, "", 0, REAL(open)(path, flags, mode), int);
}

int open64(const char *path, int flags, ...)
{
	va_list rest;
	mode_t mode;
	va_start(rest, flags);
	mode = mode_of(flags, rest);
	va_end(rest);
	if (!watched_path(path))
		return REAL(open64)(path, flags, mode);
	STEP('o', path, 0, "", 0, REAL(open64)(path, flags, mode), int);
}

int rename(const char *from, const char *to)
{
	char both[8192];
	if (!watched_path(from))
		return REAL(rename)(from, to);
	snprintf(both, sizeof both, "%s\n%s", from, to);
	STEP('r', both, 0, "", 0, REAL(rename)(from, to), int);
}
