/* Records what a program writes into the files of one folder, below SQLite: preloaded by the dynamic linker.
 *
 * SOTRAM_RECORDER names the log, SOTRAM_RECORDED the folder. Each record of the log is
 *   type (1 byte), fd (int32), place (int64), size (int64), then `size` bytes.
 * Types: O opened (path), W write, T truncated to `place`, S synced, U unlinked (path), R renamed (from NUL to),
 * M mapped shared and writable, A said on standard output, C closed.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#define MOST 4096
static char watched[MOST];
static int log_fd = -2;
static const char *folder;
static size_t folder_size;

static void begin(void) {
    if (log_fd != -2) return;
    const char *name = getenv("SOTRAM_RECORDER");
    folder = getenv("SOTRAM_RECORDED");
    folder_size = folder ? strlen(folder) : 0;
    log_fd = name && folder ? (int)syscall(SYS_openat, AT_FDCWD, name, O_WRONLY | O_CREAT | O_APPEND, 0600) : -1;
}

static void put(const void *data, size_t size) {
    const char *at = data;
    while (size) {
        ssize_t done = syscall(SYS_write, log_fd, at, size);
        if (done <= 0) abort();
        at += done;
        size -= (size_t)done;
    }
}

static void note(char type, int fd, int64_t place, const void *data, int64_t size) {
    char head[21];
    int32_t number = fd;
    if (log_fd < 0) return;
    head[0] = type;
    memcpy(head + 1, &number, 4);
    memcpy(head + 5, &place, 8);
    memcpy(head + 13, &size, 8);
    put(head, sizeof head);
    if (size) put(data, (size_t)size);
}

static int is_ours(const char *path) {
    begin();
    return log_fd >= 0 && path && strncmp(path, folder, folder_size) == 0;
}

static int is_watched(int fd) { return fd >= 0 && fd < MOST && watched[fd]; }

static int opened(int fd, const char *path) {
    if (fd >= 0 && fd < MOST && is_ours(path)) {
        watched[fd] = 1;
        note('O', fd, 0, path, (int64_t)strlen(path));
    }
    return fd;
}

#define REAL(type, name, ...) \
    static type (*real)(__VA_ARGS__); \
    if (!real) real = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        mode_t mode = 0; \
        if (flags & (O_CREAT | O_TMPFILE)) { va_list more; va_start(more, flags); mode = va_arg(more, mode_t); va_end(more); } \
        REAL(int, name, const char *, int, ...); \
        return opened(real(path, flags, mode), path); \
    }
OPEN(open)
OPEN(open64)

#define OPENAT(name) \
    int name(int at, const char *path, int flags, ...) { \
        mode_t mode = 0; \
        if (flags & (O_CREAT | O_TMPFILE)) { va_list more; va_start(more, flags); mode = va_arg(more, mode_t); va_end(more); } \
        REAL(int, name, int, const char *, int, ...); \
        return opened(real(at, path, flags, mode), path); \
    }
OPENAT(openat)
OPENAT(openat64)

int close(int fd) {
    REAL(int, close, int);
    if (is_watched(fd)) { watched[fd] = 0; note('C', fd, 0, "", 0); }
    return real(fd);
}

ssize_t write(int fd, const void *data, size_t size) {
    REAL(ssize_t, write, int, const void *, size_t);
    begin();
    off_t place = is_watched(fd) ? lseek(fd, 0, SEEK_CUR) : 0;
    ssize_t done = real(fd, data, size);
    if (done > 0 && is_watched(fd)) note('W', fd, place, data, done);
    if (done > 0 && fd == 1) note('A', fd, 0, data, done);
    return done;
}

#define PWRITE(name, offset) \
    ssize_t name(int fd, const void *data, size_t size, offset place) { \
        REAL(ssize_t, name, int, const void *, size_t, offset); \
        ssize_t done = real(fd, data, size, place); \
        if (done > 0 && is_watched(fd)) note('W', fd, (int64_t)place, data, done); \
        return done; \
    }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

#define TRUNCATE(name, offset) \
    int name(int fd, offset size) { \
        REAL(int, name, int, offset); \
        int result = real(fd, size); \
        if (!result && is_watched(fd)) note('T', fd, (int64_t)size, "", 0); \
        return result; \
    }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

#define SYNC(name) \
    int name(int fd) { \
        REAL(int, name, int); \
        int result = real(fd); \
        if (!result && is_watched(fd)) note('S', fd, 0, "", 0); \
        return result; \
    }
SYNC(fsync)
SYNC(fdatasync)

int unlink(const char *path) {
    REAL(int, unlink, const char *);
    int result = real(path);
    if (!result && is_ours(path)) note('U', -1, 0, path, (int64_t)strlen(path));
    return result;
}

int rename(const char *from, const char *to) {
    REAL(int, rename, const char *, const char *);
    int result = real(from, to);
    if (!result && is_ours(from)) {
        char both[2 * 4096];
        size_t first = strlen(from) + 1, second = strlen(to);
        if (first + second > sizeof both) abort();
        memcpy(both, from, first);
        memcpy(both + first, to, second);
        note('R', -1, 0, both, (int64_t)(first + second));
    }
    return result;
}

#define MAP(name, offset) \
    void *name(void *at, size_t size, int allowed, int flags, int fd, offset place) { \
        REAL(void *, name, void *, size_t, int, int, int, offset); \
        if ((allowed & PROT_WRITE) && (flags & MAP_SHARED) && is_watched(fd)) note('M', fd, (int64_t)place, "", 0); \
        return real(at, size, allowed, flags, fd, place); \
    }
MAP(mmap, off_t)
MAP(mmap64, off64_t)

int msync(void *at, size_t size, int flags) {
    REAL(int, msync, void *, size_t, int);
    note('Y', -1, 0, "", 0);
    return real(at, size, flags);
}
