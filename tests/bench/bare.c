// SPDX-License-Identifier: AGPL-3.0-or-later
// The least that libmicrohttpd can do: the same bytes at every path, with the flags and options that
// http/server.c uses. What the server is slower than this, is its own doing.
//
//   bare FILE IO_THREADS    on a free port of the loopback, until it is ended
#include <arpa/inet.h>
#include <microhttpd.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static enum MHD_Result answer(void *cls, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *data,
                              size_t *data_len, void **seen) {
    (void)url, (void)method, (void)version, (void)data;
    if (!*seen) { // an answer at the first call would close the connection
        *seen = cls;
        return MHD_YES;
    }
    *data_len = 0;
    return MHD_queue_response(connection, 200, cls);
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
    if (argc != 3) {
        fprintf(stderr, "usage: bare FILE IO_THREADS\n");
        return 2;
    }
    size_t len;
    char *bytes = read_file(argv[1], &len);
    if (!bytes) {
        perror(argv[1]);
        return 1;
    }
    unsigned threads = (unsigned)strtoul(argv[2], NULL, 10);
    struct sockaddr_in loopback = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct MHD_Response *response =
        MHD_create_response_from_buffer(len, bytes, MHD_RESPMEM_PERSISTENT);
    MHD_add_response_header(response, "Content-Type", "application/json");
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
    struct MHD_OptionItem pool[] = {
        {threads > 1 ? MHD_OPTION_THREAD_POOL_SIZE : MHD_OPTION_END, (intptr_t)threads, NULL},
        {MHD_OPTION_END, 0, NULL},
    };
    struct MHD_Daemon *daemon =
        MHD_start_daemon(flags, 0, NULL, NULL, answer, response, MHD_OPTION_SOCK_ADDR, &loopback,
                         MHD_OPTION_CONNECTION_LIMIT, 4096u,
                         MHD_OPTION_CONNECTION_TIMEOUT, 30u, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
                         (size_t)65536, MHD_OPTION_ARRAY, pool, MHD_OPTION_END);
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
