/* Kernels of the limiter, and of what it leaves; limiting.py says what each computes. */
#include "calls.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TILE 512 /* blocks that are worked on while they lie in the nearest cache */
#define MOST_TAPS 64
#define MOST_WINDOW 1024

CLONES static void take_larger(const float *RESTRICT values, float *RESTRICT out, Py_ssize_t count,
                               Py_ssize_t step)
{
    for (Py_ssize_t i = 0; i < count; i++)
        out[i] = values[i] > values[i + step] ? values[i] : values[i + step];
}

/* The largest of `width` values from each place on, in one of both rooms. */
static const float *hold(float *values, float *room, Py_ssize_t count, Py_ssize_t width)
{
    for (Py_ssize_t have = 1; have < width;) {
        const Py_ssize_t step = have < width - have ? have : width - have;
        count -= step;
        take_larger(values, room, count, step);
        float *swap = values;
        values = room;
        room = swap;
        have += step;
    }
    return values;
}

CLONES static void need(const float *RESTRICT peak, Py_ssize_t count, Py_ssize_t first, Py_ssize_t run,
                        float push, float *RESTRICT out)
{
    for (Py_ssize_t i = 0; i < run; i++)
        out[i] = 0.0f;
    const Py_ssize_t from = first < 0 ? -first : 0;
    const Py_ssize_t to = run < count - first ? run : count - first;
    for (Py_ssize_t i = from; i < to; i++) {
        const float over = peak[first + i] + push;
        out[i] = over > 0.0f ? over : 0.0f;
    }
}

/* Hold and release; `past` is room for the last `slow` held values. */
static void let_go(const float *peak, Py_ssize_t count, float push, const long long *windows,
                   const double *decays, float *past, float *out)
{
    const Py_ssize_t back = windows[0], width = windows[0] + windows[1] + 2, slow = windows[2];
    float one[TILE + MOST_WINDOW], two[TILE + MOST_WINDOW];
    const double share = 1.0 / (double)slow;
    double sum = 0.0, fast_state = 0.0, slow_state = 0.0;
    Py_ssize_t oldest = 0;
    memset(past, 0, (size_t)slow * sizeof *past);
    for (Py_ssize_t first = 0; first <= count; first += TILE) {
        const Py_ssize_t run = count + 1 - first < TILE ? count + 1 - first : TILE;
        need(peak, count, first - back - 1, run + width - 1, push, one);
        const float *held = hold(one, two, run + width - 1, width);
        for (Py_ssize_t i = 0; i < run; i++) {
            const double now = held[i];
            sum += now - past[oldest];
            past[oldest] = held[i];
            oldest = oldest + 1 == slow ? 0 : oldest + 1;
            const double recent = sum > 0.0 ? sum * share : 0.0;
            fast_state *= decays[0];
            slow_state *= decays[1];
            fast_state = now > fast_state ? now : fast_state;
            slow_state = recent > slow_state ? recent : slow_state;
            out[first + i] = (float)(fast_state > slow_state ? fast_state : slow_state);
        }
        if (fast_state < 1e-12)
            fast_state = 0.0;
        if (slow_state < 1e-12)
            slow_state = 0.0;
    }
}

/* The mean of `width` values from each place on. */
CLONES static void add_up(const float *RESTRICT values, Py_ssize_t count, Py_ssize_t width, float *RESTRICT mean)
{
    const float share = 1.0f / (float)width;
    for (Py_ssize_t i = 0; i < count; i++)
        mean[i] = values[i];
    for (Py_ssize_t j = 1; j < width; j++)
        for (Py_ssize_t i = 0; i < count; i++)
            mean[i] += values[i + j];
    for (Py_ssize_t i = 0; i < count; i++)
        mean[i] *= share;
}

/* Both averages as one, in place: a tile is copied with its surroundings before it is written. */
static void average_twice(float *values, Py_ssize_t count, Py_ssize_t half, Py_ssize_t other)
{
    float copy[TILE + 2 * MOST_TAPS], mean[TILE + 2 * MOST_TAPS], before[2 * MOST_TAPS];
    const Py_ssize_t reach = half + other;
    const float last = values[count - 1];
    for (Py_ssize_t i = 0; i < reach; i++)
        before[i] = values[0];
    for (Py_ssize_t first = 0; first < count; first += TILE) {
        const Py_ssize_t run = count - first < TILE ? count - first : TILE;
        memcpy(copy, before, (size_t)reach * sizeof *copy);
        for (Py_ssize_t i = 0; i < run + reach; i++)
            copy[reach + i] = first + i < count ? values[first + i] : last;
        memcpy(before, copy + run, (size_t)reach * sizeof *before);
        add_up(copy, run + 2 * other, 2 * half + 1, mean);
        add_up(mean, run, 2 * other + 1, values + first);
    }
}

/* 10 to the minus (a + b) / 20, times power: a polynomial for the fraction of the exponent of 2. */
CLONES static void reduce(const float *RESTRICT power, const float *RESTRICT reduction, Py_ssize_t run,
                          float *RESTRICT out)
{
    for (Py_ssize_t i = 0; i < run; i++) {
        float x = (reduction[i] + reduction[i + 1]) * -0.16609640474436812f;
        x = x < -120.0f ? -120.0f : x;
        const int whole = (int)x - 1;
        const float f = x - (float)whole - 1.0f; /* -1 to 0 */
        const float g = f * 0.6931471805599453f;
        const float two_to = 1.0f + g * (1.0f + g * (0.5f + g * (0.16666667f + g * (0.041666667f
            + g * (0.0083333333f + g * (0.0013888889f + g * 0.0001984127f))))));
        const int bits = (whole + 1 + 127) << 23;
        float scale;
        memcpy(&scale, &bits, sizeof scale);
        out[i] = power[i] * two_to * scale;
    }
}

/* The sum of a run of values: eight sums side by side, the same on every processor. */
CLONES static double add_run(const float *values, Py_ssize_t count)
{
    double sums[8] = {0};
    Py_ssize_t i = 0;
    for (; i + 8 <= count; i += 8)
        for (int j = 0; j < 8; j++)
            sums[j] += values[i + j];
    for (; i < count; i++)
        sums[0] += values[i];
    return ((sums[0] + sums[4]) + (sums[1] + sums[5])) + ((sums[2] + sums[6]) + (sums[3] + sums[7]));
}

static void sum_between(const float *power, const float *reduction, Py_ssize_t count, const double *edges,
                        Py_ssize_t sums_count, double *sums)
{
    float reduced[TILE];
    double total = 0.0, at_edge = 0.0;
    Py_ssize_t edge = 0;
    for (Py_ssize_t first = 0; first < count && edge <= sums_count; first += TILE) {
        const Py_ssize_t run = count - first < TILE ? count - first : TILE;
        Py_ssize_t done = 0;
        reduce(power + first, reduction + first, run, reduced);
        for (; edge <= sums_count && edges[edge] < (double)(first + run); edge++) {
            const Py_ssize_t block = (Py_ssize_t)edges[edge] - first;
            total += add_run(reduced + done, block - done);
            done = block;
            const double here = total + (edges[edge] - (double)(first + block)) * reduced[block];
            if (edge)
                sums[edge - 1] = here - at_edge;
            at_edge = here;
        }
        total += add_run(reduced + done, run - done);
    }
    for (; edge <= sums_count; edge++) { /* edges at the end, or behind it */
        if (edge)
            sums[edge - 1] = total - at_edge;
        at_edge = total;
    }
}

static int do_rise(const double *edges, Py_ssize_t count)
{
    for (Py_ssize_t i = 0; i < count; i++)
        if (!(edges[i] >= (i ? edges[i - 1] : 0.0)))
            return 0;
    return 1;
}

static int are_windows(const long long *windows)
{
    for (int i = 0; i < 5; i++)
        if (windows[i] < (i == 2))
            return 0;
    return windows[0] + windows[1] + 2 <= MOST_WINDOW && windows[3] + windows[4] < MOST_TAPS
        && windows[2] < (1 << 24);
}

static PyObject *decide_limiting(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    Arrays arrays = {.count = 0};
    Py_ssize_t blocks = 0, many = 0, rates = 0, room = 0;
    float *past = NULL;
    (void)module;
    if (check_count(count, 5) != 0)
        return NULL;
    const double push = PyFloat_AsDouble(arguments[1]);
    const float *peak = take_array(&arrays, arguments[0], 'f', 0, &blocks);
    const long long *windows = peak ? take_array(&arrays, arguments[2], 'q', 0, &many) : NULL;
    const double *decays = windows ? take_array(&arrays, arguments[3], 'd', 0, &rates) : NULL;
    float *reduction = decays ? take_array(&arrays, arguments[4], 'f', 1, &room) : NULL;
    if (!reduction || PyErr_Occurred() || many != 5 || rates != 2 || room != blocks + 1
        || !are_windows(windows)) {
        misfit("decide_limiting");
        return finish(&arrays);
    }
    Py_BEGIN_ALLOW_THREADS
    past = malloc((size_t)windows[2] * sizeof *past);
    if (past) {
        let_go(peak, blocks, (float)push, windows, decays, past, reduction);
        average_twice(reduction, room, windows[3], windows[4]);
    }
    free(past);
    Py_END_ALLOW_THREADS
    if (!past)
        PyErr_NoMemory();
    return finish(&arrays);
}

static PyObject *sum_limited(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    Arrays arrays = {.count = 0};
    Py_ssize_t blocks = 0, knots = 0, edges_count = 0, sums_count = 0;
    (void)module;
    if (check_count(count, 4) != 0)
        return NULL;
    const float *power = take_array(&arrays, arguments[0], 'f', 0, &blocks);
    const float *reduction = power ? take_array(&arrays, arguments[1], 'f', 0, &knots) : NULL;
    const double *edges = reduction ? take_array(&arrays, arguments[2], 'd', 0, &edges_count) : NULL;
    double *sums = edges ? take_array(&arrays, arguments[3], 'd', 1, &sums_count) : NULL;
    if (sums && knots == blocks + 1 && edges_count == sums_count + 1 && do_rise(edges, edges_count)) {
        Py_BEGIN_ALLOW_THREADS
        sum_between(power, reduction, blocks, edges, sums_count, sums);
        Py_END_ALLOW_THREADS
    } else
        misfit("sum_limited");
    return finish(&arrays);
}

PyMethodDef limiting_kernels[] = {
    KERNEL(decide_limiting),
    KERNEL(sum_limited),
    {NULL, NULL, 0, NULL},
};
