// SPDX-License-Identifier: AGPL-3.0-or-later
// The least that libmicrohttpd can do, with the flags and options that http/server.c uses. What the
// server is slower than this, is its own doing. Every reply is ready before the first request.
//
//   bare FILE IO_THREADS        the same bytes at every path
//   bare FILE IO_THREADS LIST   of the bytes the part that LIST gives the path, in lines "PATH
//   LENGTH", one
//                               part behind the other
// On a free port of the loopback, until it is ended.
#include <arpa/inet.h>
#include <microhttpd.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct reply {
    char *path;
    struct MHD_Response *response;
};
struct replies {
    struct MHD_Response *any; // NULL: by path
    struct reply *by_path;    // ascending
    size_t count;
};

static int reply_compare(const void *a, const void *b) {
    return strcmp(((const struct reply *)a)->path, ((const struct reply *)b)->path);
}

static enum MHD_Result answer(void *cls, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *data,
                              size_t *data_len, void **seen) {
    struct replies *replies = cls;
    (void)method, (void)version, (void)data;
    if (!*seen) { // an answer at the first call would close the connection
        *seen = cls;
        return MHD_YES;
    }
    *data_len = 0;
    struct MHD_Response *response = replies->any;
    if (!response) {
        const struct reply sought = {.path = (char *)(uintptr_t)url};
        const struct reply *found =
            bsearch(&sought, replies->by_path, replies->count, sizeof sought, reply_compare);
        if (!found)
            return MHD_NO;
        response = found->response;
    }
    return MHD_queue_response(connection, 200, response);
}

static struct MHD_Response *reply_to_be(char *bytes, size_t len, const char *type) {
    struct MHD_Response *response =
        MHD_create_response_from_buffer(len, bytes, MHD_RESPMEM_PERSISTENT);
    if (response)
        MHD_add_response_header(response, "Content-Type", type);
    return response;
}

/* Reads the list; false when it does not fit the bytes. */
static bool read_list(const char *list, char *bytes, size_t len, struct replies *out) {
    char path[128];
    size_t part, at = 0, room = 0;
    FILE *file = fopen(list, "r");
    bool good = file != NULL;
    while (good && fscanf(file, "%127s %zu", path, &part) == 2) {
        if (out->count == room) {
            room = 2 * room + 1024;
            out->by_path = reallocarray(out->by_path, room, sizeof *out->by_path);
        }
        good = out->by_path && part <= len - at;
        if (good)
            out->by_path[out->count++] = (struct reply){
                strdup(path), reply_to_be(bytes + at, part, "application/octet-stream")};
        at += part;
    }
    if (file)
        fclose(file);
    if (good)
        qsort(out->by_path, out->count, sizeof *out->by_path, reply_compare);
    return good && at == len;
}

static char *read_file(const char *path, size_t *len) {
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    char *bytes = NULL;
    size_t room = 0, n;
    *len = 0;
    do {
        room += 65536;
        char *larger = realloc(bytes, room);
        if (!larger) {
            free(bytes);
            bytes = NULL;
            break;
        }
        bytes = larger;
        n = fread(bytes + *len, 1, room - *len, file);
        *len += n;
    } while (*len == room);
    fclose(file);
    return bytes;
}

int main(int argc, char **argv) {
    if (argc != 3 && argc != 4) {
        fprintf(stderr, "usage: bare FILE IO_THREADS [LIST]\n");
        return 2;
    }
    size_t len;
    char *bytes = read_file(argv[1], &len);
    if (!bytes) {
        perror(argv[1]);
        return 1;
    }
    unsigned threads = (unsigned)strtoul(argv[2], NULL, 10);
    struct sockaddr_in loopback = {.sin_family = AF_INET,
                                   .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct replies replies = {0};
    if (argc == 3)
        replies.any = reply_to_be(bytes, len, "application/json");
    else if (!read_list(argv[3], bytes, len, &replies)) {
        fprintf(stderr, "bare: %s does not fit %s\n", argv[3], argv[1]);
        return 1;
    }
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
    struct MHD_OptionItem pool[] = {
        {threads > 1 ? MHD_OPTION_THREAD_POOL_SIZE : MHD_OPTION_END, (intptr_t)threads, NULL},
        {MHD_OPTION_END, 0, NULL},
    };
    struct MHD_Daemon *daemon = MHD_start_daemon(
        flags, 0, NULL, NULL, answer, &replies, MHD_OPTION_SOCK_ADDR, &loopback,
        MHD_OPTION_CONNECTION_LIMIT, 4096u, MHD_OPTION_CONNECTION_TIMEOUT, 30u,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)65536, MHD_OPTION_ARRAY, pool, MHD_OPTION_END);
    if (!daemon) {
        fprintf(stderr, "bare: cannot listen\n");
        return 1;
    }
    printf("listening on http://127.0.0.1:%u\n",
           MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port);
    fflush(stdout);
    pause();
    return 0;
}
