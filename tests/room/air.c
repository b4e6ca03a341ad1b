// SPDX-License-Identifier: AGPL-3.0-or-later
// The air between the laptop and the tablets of a room: a wire of two tap interfaces a tablet, one in the
// tablet's network namespace ("wlan0") and one in the laptop's ("seat0", "seat1", ...), with the frames
// carried from one to the other by this program, late, or not at all. The kernel's netem does the same
// where it is built in, which it often is not. Frames that are not for the room are counted by where they
// wanted to go. Ends, and the interfaces with it, when its input ends.
//
//   air LAPTOP TABLET...             names of namespaces; says "ready"
//   wire N DELAY JITTER LOSS STATE   milliseconds, milliseconds, per mille, on|quiet|off; says "ok"
//   strays                           says how many frames, then up to 32 addresses, on one line
//
// "quiet" loses everything while both ends think they are connected; "off" takes the carrier away, too.
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <net/ethernet.h>
#include <poll.h>
#include <sched.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum { TABLETS_MAX = 32, QUEUE_MAX = 4096, FRAME_MAX = 2048, STRAYS_MAX = 32 };

struct frame {
    int64_t due_ms;
    size_t len;
    unsigned char bytes[FRAME_MAX];
};

/* One way of a wire. Frames never overtake each other. */
struct way {
    int from, to;
    struct frame *ring; // QUEUE_MAX
    size_t first, count;
};

struct wire {
    struct way ways[2]; // from the tablet, to the tablet
    int delay_ms, jitter_ms, loss_per_mille;
    bool carries;
};

struct air {
    struct wire wires[TABLETS_MAX];
    int count;
    uint64_t random;
    uint64_t stray_count;
    char strays[STRAYS_MAX][INET6_ADDRSTRLEN];
    int strays_known;
};

static void give_up(const char *what) {
    fprintf(stderr, "air: %s: %s\n", what, strerror(errno));
    exit(1);
}

static int64_t now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* xorshift: the same losses for the same frames in each run */
static unsigned random_below(struct air *air, unsigned end) {
    air->random ^= air->random << 13;
    air->random ^= air->random >> 7;
    air->random ^= air->random << 17;
    return (unsigned)(air->random % end);
}

static int open_tap(const char *namespace, const char *name) {
    char path[256];
    struct ifreq request = {.ifr_flags = IFF_TAP | IFF_NO_PI};
    snprintf(path, sizeof path, "/run/netns/%s", namespace);
    int space = open(path, O_RDONLY | O_CLOEXEC);
    if (space < 0 || setns(space, CLONE_NEWNET) != 0)
        give_up(path);
    close(space);
    int fd = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
    snprintf(request.ifr_name, sizeof request.ifr_name, "%s", name);
    if (fd < 0 || ioctl(fd, TUNSETIFF, &request) != 0)
        give_up(name);
    return fd;
}

static void open_wire(struct air *air, const char *laptop, const char *tablet) {
    struct wire *wire = &air->wires[air->count];
    char seat[IFNAMSIZ];
    snprintf(seat, sizeof seat, "seat%d", air->count++);
    int near = open_tap(tablet, "wlan0"), far = open_tap(laptop, seat);
    wire->carries = true;
    wire->ways[0] = (struct way){.from = near, .to = far};
    wire->ways[1] = (struct way){.from = far, .to = near};
    for (int way = 0; way < 2; way++) {
        wire->ways[way].ring = calloc(QUEUE_MAX, sizeof(struct frame));
        if (!wire->ways[way].ring)
            give_up("memory");
    }
}

static void remember_stray(struct air *air, int family, const void *address) {
    char text[INET6_ADDRSTRLEN];
    air->stray_count++;
    if (!inet_ntop(family, address, text, sizeof text))
        return;
    for (int i = 0; i < air->strays_known; i++)
        if (strcmp(air->strays[i], text) == 0)
            return;
    if (air->strays_known < STRAYS_MAX)
        snprintf(air->strays[air->strays_known++], INET6_ADDRSTRLEN, "%s", text);
}

/* What a tablet sends to neither the room (10.77.0.0/24), everybody, nor a group. */
static void look_at(struct air *air, const unsigned char *frame, size_t len) {
    if (len < 34)
        return;
    unsigned kind = (unsigned)frame[12] << 8 | frame[13];
    if (kind == ETHERTYPE_IP) {
        const unsigned char *to = frame + 30;
        bool room = to[0] == 10 && to[1] == 77 && to[2] == 0;
        if (!room && to[0] < 224)
            remember_stray(air, AF_INET, to);
    } else if (kind == ETHERTYPE_IPV6 && len >= 54) {
        const unsigned char *to = frame + 38;
        bool link_local = to[0] == 0xfe && (to[1] & 0xc0) == 0x80;
        if (to[0] != 0xff && !link_local)
            remember_stray(air, AF_INET6, to);
    }
}

static void take_frames(struct air *air, struct wire *wire, struct way *way) {
    for (;;) {
        unsigned char bytes[FRAME_MAX];
        ssize_t len = read(way->from, bytes, sizeof bytes);
        if (len <= 0)
            return;
        if (way == &wire->ways[0])
            look_at(air, bytes, (size_t)len);
        bool lost = !wire->carries || way->count == QUEUE_MAX ||
                    (int)random_below(air, 1000) < wire->loss_per_mille;
        if (lost)
            continue;
        struct frame *frame = &way->ring[(way->first + way->count) % QUEUE_MAX];
        int64_t due_ms = now_ms() + wire->delay_ms;
        if (wire->jitter_ms > 0)
            due_ms += random_below(air, (unsigned)wire->jitter_ms);
        if (way->count > 0) {
            const struct frame *last = &way->ring[(way->first + way->count - 1) % QUEUE_MAX];
            due_ms = due_ms < last->due_ms ? last->due_ms : due_ms;
        }
        frame->due_ms = due_ms;
        frame->len = (size_t)len;
        memcpy(frame->bytes, bytes, (size_t)len);
        way->count++;
    }
}

/* Sends what is due; the time of the next frame in `next_ms` when that is sooner. */
static void send_frames(const struct wire *wire, struct way *way, int64_t *next_ms) {
    int64_t now = now_ms();
    while (way->count > 0 && way->ring[way->first].due_ms <= now) {
        const struct frame *frame = &way->ring[way->first];
        // an end whose interface is down takes nothing, as in the air
        if (wire->carries && write(way->to, frame->bytes, frame->len) < 0 && errno == EAGAIN)
            break;
        way->first = (way->first + 1) % QUEUE_MAX;
        way->count--;
    }
    if (way->count > 0 && way->ring[way->first].due_ms < *next_ms)
        *next_ms = way->ring[way->first].due_ms;
}

static void set_wire(struct air *air, const char *line) {
    int number, delay_ms, jitter_ms, loss;
    char state[8];
    if (sscanf(line, "wire %d %d %d %d %7s", &number, &delay_ms, &jitter_ms, &loss, state) != 5 ||
        number < 0 || number >= air->count) {
        puts("what?");
        return;
    }
    struct wire *wire = &air->wires[number];
    int carrier = strcmp(state, "off") != 0;
    wire->delay_ms = delay_ms;
    wire->jitter_ms = jitter_ms;
    wire->loss_per_mille = loss;
    wire->carries = strcmp(state, "on") == 0;
    for (int way = 0; way < 2; way++)
        if (ioctl(wire->ways[way].from, TUNSETCARRIER, &carrier) != 0)
            give_up("carrier");
    puts("ok");
}

static void tell_strays(const struct air *air) {
    printf("%llu", (unsigned long long)air->stray_count);
    for (int i = 0; i < air->strays_known; i++)
        printf(" %s", air->strays[i]);
    putchar('\n');
}

/* One command a line; false at the end of the input. */
static bool take_command(struct air *air) {
    static char line[256];
    size_t len = 0;
    char c;
    ssize_t got;
    while ((got = read(STDIN_FILENO, &c, 1)) == 1 && c != '\n')
        if (len + 1 < sizeof line)
            line[len++] = c;
    line[len] = 0;
    if (got != 1)
        return false;
    if (strcmp(line, "strays") == 0)
        tell_strays(air);
    else
        set_wire(air, line);
    fflush(stdout);
    return true;
}

int main(int argc, char **argv) {
    struct air *air = calloc(1, sizeof *air);
    struct pollfd polled[2 * TABLETS_MAX + 1];
    if (!air || argc < 3 || argc > 2 + TABLETS_MAX)
        give_up("air LAPTOP TABLET...");
    air->random = 88172645463325252u;
    for (int i = 2; i < argc; i++)
        open_wire(air, argv[1], argv[i]);
    puts("ready");
    fflush(stdout);
    for (;;) {
        int64_t next_ms = now_ms() + 1000;
        for (int i = 0; i < 2 * air->count; i++) {
            struct wire *wire = &air->wires[i / 2];
            send_frames(wire, &wire->ways[i % 2], &next_ms);
            polled[i] = (struct pollfd){.fd = wire->ways[i % 2].from, .events = POLLIN};
        }
        polled[2 * air->count] = (struct pollfd){.fd = STDIN_FILENO, .events = POLLIN};
        int64_t wait_ms = next_ms - now_ms();
        poll(polled, (nfds_t)(2 * air->count + 1), wait_ms > 0 ? (int)wait_ms : 0);
        for (int i = 0; i < 2 * air->count; i++)
            if (polled[i].revents & POLLIN)
                take_frames(air, &air->wires[i / 2], &air->wires[i / 2].ways[i % 2]);
        if (polled[2 * air->count].revents && !take_command(air))
            return 0;
    }
}
