/* An open network of two M/M/1 stations in a row, as plain C does it: one event heap, two waiting lines, a histogram
   of stays. Arguments: number of requests. Prints requests per second of real time. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define RATE 8.0
#define SERVICE 0.1
#define BUCKETS 1280

typedef struct { double at; int32_t kind, request; } Event;

static Event *heap;
static long heap_size, heap_room = 1024;
static double *arrived;
static int32_t *next_free;
static int32_t free_head = -1;
static long used, room = 1024;
static int32_t *line[2];
static long line_head[2], line_size[2], line_room[2] = {1024, 1024};
static long histogram[BUCKETS];
static uint64_t s[4] = {1, 2, 3, 4};

static uint64_t rotl(uint64_t x, int k) { return (x << k) | (x >> (64 - k)); }

static double uniform(void) {
    uint64_t result = rotl(s[1] * 5, 7) * 9, t = s[1] << 17;
    s[2] ^= s[0]; s[3] ^= s[1]; s[1] ^= s[2]; s[0] ^= s[3]; s[2] ^= t; s[3] = rotl(s[3], 45);
    return ((result >> 11) + 0.5) * 0x1.0p-53;
}

static double exponential(double mean) { return -mean * log(uniform()); }

static void push(double at, int32_t kind, int32_t request) {
    if (heap_size == heap_room) heap = realloc(heap, (heap_room *= 2) * sizeof *heap);
    long i = heap_size++;
    while (i > 0 && heap[(i - 1) / 2].at > at) { heap[i] = heap[(i - 1) / 2]; i = (i - 1) / 2; }
    heap[i] = (Event){at, kind, request};
}

static Event pop(void) {
    Event first = heap[0], last = heap[--heap_size];
    long i = 0, child;
    while ((child = 2 * i + 1) < heap_size) {
        if (child + 1 < heap_size && heap[child + 1].at < heap[child].at) child++;
        if (heap[child].at >= last.at) break;
        heap[i] = heap[child];
        i = child;
    }
    heap[i] = last;
    return first;
}

static int32_t new_request(double now) {
    int32_t id;
    if (free_head >= 0) { id = free_head; free_head = next_free[id]; }
    else {
        if (used == room) {
            room *= 2;
            arrived = realloc(arrived, room * sizeof *arrived);
            next_free = realloc(next_free, room * sizeof *next_free);
        }
        id = (int32_t)used++;
    }
    arrived[id] = now;
    return id;
}

static void join(int station, int32_t request, double now) {
    if (line_size[station] == line_room[station]) {
        int32_t *wider = malloc(2 * line_room[station] * sizeof *wider);
        for (long i = 0; i < line_size[station]; i++)
            wider[i] = line[station][(line_head[station] + i) % line_room[station]];
        free(line[station]);
        line[station] = wider; line_head[station] = 0; line_room[station] *= 2;
    }
    line[station][(line_head[station] + line_size[station]++) % line_room[station]] = request;
    if (line_size[station] == 1) push(now + exponential(SERVICE), 1 + station, request);
}

static void leave(int station, double now) {
    line_head[station] = (line_head[station] + 1) % line_room[station];
    if (--line_size[station] > 0) push(now + exponential(SERVICE), 1 + station, line[station][line_head[station]]);
}

int main(int argc, char **argv) {
    long wanted = argc > 1 ? atol(argv[1]) : 1000000, done = 0;
    heap = malloc(heap_room * sizeof *heap);
    arrived = malloc(room * sizeof *arrived);
    next_free = malloc(room * sizeof *next_free);
    for (int i = 0; i < 2; i++) line[i] = malloc(line_room[i] * sizeof **line);
    struct timespec began, ended;
    clock_gettime(CLOCK_MONOTONIC, &began);
    push(exponential(1.0 / RATE), 0, -1);
    while (done < wanted) {
        Event event = pop();
        double now = event.at;
        if (event.kind == 0) {
            push(now + exponential(1.0 / RATE), 0, -1);
            join(0, new_request(now), now);
        } else if (event.kind == 1) {
            leave(0, now);
            join(1, event.request, now);
        } else {
            leave(1, now);
            double stay = now - arrived[event.request];
            int bucket = (int)(32.0 * (log2(stay) + 20.0));
            histogram[bucket < 0 ? 0 : bucket >= BUCKETS ? BUCKETS - 1 : bucket]++;
            next_free[event.request] = free_head;
            free_head = event.request;
            done++;
        }
    }
    clock_gettime(CLOCK_MONOTONIC, &ended);
    double seconds = (ended.tv_sec - began.tv_sec) + 1e-9 * (ended.tv_nsec - began.tv_nsec);
    long counted = 0;
    for (int i = 0; i < BUCKETS; i++) counted += histogram[i];
    printf("%.1f %ld\n", done / seconds, counted);
    return 0;
}
