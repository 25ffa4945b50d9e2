/* Kernels of mastering: loudness, peaks and limiter; limiting.py says what each computes. */
#include "calls.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TILE 512 /* samples or blocks that are worked on while they lie in the nearest cache */
#define MOST_TAPS 64
#define MOST_WINDOW 1024

/* ---- the K filter ---- */

static void weigh(const float *planar, Py_ssize_t frames, const double *k, double *state,
                  Py_ssize_t block_frames, float *power)
{
    const float *left = planar, *right = planar + frames;
    double l0 = state[0], l1 = state[1], l2 = state[2], l3 = state[3];
    double r0 = state[4], r1 = state[5], r2 = state[6], r3 = state[7];
    const double b0 = k[0], b1 = k[1], b2 = k[2], a1 = k[3], a2 = k[4];
    const double d0 = k[5], d1 = k[6], d2 = k[7], c1 = k[8], c2 = k[9];
    for (Py_ssize_t block = 0; block < frames / block_frames; block++) {
        double sum = 0.0;
        for (Py_ssize_t i = block * block_frames; i < (block + 1) * block_frames; i++) {
            const double x = left[i], z = right[i];
            const double y = b0 * x + l0, w = b0 * z + r0;
            l0 = b1 * x - a1 * y + l1;
            r0 = b1 * z - a1 * w + r1;
            l1 = b2 * x - a2 * y;
            r1 = b2 * z - a2 * w;
            const double u = d0 * y + l2, v = d0 * w + r2;
            l2 = d1 * y - c1 * u + l3;
            r2 = d1 * w - c1 * v + r3;
            l3 = d2 * y - c2 * u;
            r3 = d2 * w - c2 * v;
            sum += u * u + v * v;
        }
        power[block] = (float)sum;
    }
    const double now[8] = {l0, l1, l2, l3, r0, r1, r2, r3};
    for (int i = 0; i < 8; i++) /* what fades out must not end as denormal numbers, which are slow */
        state[i] = fabs(now[i]) < 1e-30 ? 0.0 : now[i];
}

/* ---- true peaks ---- */

/* The points of one phase and of its mirror image are S + D and S - D: the larger is |S| + |D|. */
CLONES static void raise_peaks(const float *RESTRICT x, Py_ssize_t run, const float *RESTRICT taps,
                               Py_ssize_t many, int paired, float *RESTRICT peaks)
{
    float even[TILE], odd[TILE];
    const float *RESTRICT end = x + many - 1;
    memset(even, 0, sizeof even);
    memset(odd, 0, sizeof odd);
    for (Py_ssize_t k = 0; k < many / 2; k += 2) {
        const float s0 = 0.5f * (taps[k] + taps[many - 1 - k]), d0 = 0.5f * (taps[k] - taps[many - 1 - k]);
        const float s1 = 0.5f * (taps[k + 1] + taps[many - 2 - k]);
        const float d1 = 0.5f * (taps[k + 1] - taps[many - 2 - k]);
        if (paired)
            for (Py_ssize_t j = 0; j < run; j++) {
                const float a = x[j + k], b = end[j - k], c = x[j + k + 1], d = end[j - k - 1];
                even[j] += s0 * (a + b) + s1 * (c + d);
                odd[j] += d0 * (a - b) + d1 * (c - d);
            }
        else
            for (Py_ssize_t j = 0; j < run; j++)
                even[j] += s0 * (x[j + k] + end[j - k]) + s1 * (x[j + k + 1] + end[j - k - 1]);
    }
    for (Py_ssize_t j = 0; j < run; j++) {
        const float reach = fabsf(even[j]) + fabsf(odd[j]);
        peaks[j] = reach > peaks[j] ? reach : peaks[j];
    }
}

#define PAIRS 3
#define SUMS (2 * PAIRS + 1)

/* As raise_peaks, for all seven points between samples at once: each sample is loaded once. */
CLONES static void raise_eightfold(const float *RESTRICT x, Py_ssize_t run, const float *RESTRICT parts,
                                   Py_ssize_t many, float *RESTRICT peaks)
{
    float even0[TILE], even1[TILE], even2[TILE], odd0[TILE], odd1[TILE], odd2[TILE], middle[TILE];
    const float *RESTRICT end = x + many - 1;
    const size_t size = (size_t)run * sizeof(float);
    memset(even0, 0, size), memset(even1, 0, size), memset(even2, 0, size);
    memset(odd0, 0, size), memset(odd1, 0, size), memset(odd2, 0, size);
    memset(middle, 0, size);
    for (Py_ssize_t k = 0; k < many / 2; k += 2) {
        const float *p = parts + k * SUMS, *q = p + SUMS;
        const float p0 = p[0], p1 = p[1], p2 = p[2], p3 = p[3], p4 = p[4], p5 = p[5], p6 = p[6];
        const float q0 = q[0], q1 = q[1], q2 = q[2], q3 = q[3], q4 = q[4], q5 = q[5], q6 = q[6];
        for (Py_ssize_t j = 0; j < run; j++) {
            const float a = x[j + k] + end[j - k], b = x[j + k] - end[j - k];
            const float c = x[j + k + 1] + end[j - k - 1], d = x[j + k + 1] - end[j - k - 1];
            even0[j] += p0 * a + q0 * c;
            even1[j] += p1 * a + q1 * c;
            even2[j] += p2 * a + q2 * c;
            middle[j] += p3 * a + q3 * c;
            odd0[j] += p4 * b + q4 * d;
            odd1[j] += p5 * b + q5 * d;
            odd2[j] += p6 * b + q6 * d;
        }
    }
    for (Py_ssize_t j = 0; j < run; j++) {
        const float one = fabsf(even0[j]) + fabsf(odd0[j]), two = fabsf(even1[j]) + fabsf(odd1[j]);
        const float three = fabsf(even2[j]) + fabsf(odd2[j]), four = fabsf(middle[j]);
        const float five = one > two ? one : two, six = three > four ? three : four;
        const float reach = five > six ? five : six;
        peaks[j] = reach > peaks[j] ? reach : peaks[j];
    }
}

/* The even and odd parts of the taps, as raise_eightfold takes them: SUMS for each pair of samples. */
static void part_taps(const float *taps, Py_ssize_t many, float *parts)
{
    for (Py_ssize_t k = 0; k < many / 2; k++)
        for (Py_ssize_t p = 0; p <= PAIRS; p++) {
            const float near = taps[p * many + k], far = taps[p * many + many - 1 - k];
            parts[k * SUMS + p] = 0.5f * (near + far);
            if (p < PAIRS)
                parts[k * SUMS + PAIRS + 1 + p] = 0.5f * (near - far);
        }
}

CLONES static void raise_samples(const float *RESTRICT x, Py_ssize_t run, float *RESTRICT peaks)
{
    for (Py_ssize_t j = 0; j < run; j++) {
        const float size = fabsf(x[j]);
        peaks[j] = size > peaks[j] ? size : peaks[j];
    }
}

static float larger(float a, float b)
{
    return a > b ? a : b;
}

static void find_peaks(const float *stretch, Py_ssize_t length, const long long *starts, Py_ssize_t count,
                       Py_ssize_t block_frames, const float *taps, Py_ssize_t points, Py_ssize_t many,
                       float *out)
{
    float peaks[TILE], parts[MOST_TAPS * SUMS];
    const Py_ssize_t fit = TILE / block_frames;
    const int eightfold = points == PAIRS + 1 && many <= 2 * MOST_TAPS;
    if (eightfold)
        part_taps(taps, many, parts);
    for (Py_ssize_t i = 0; i < count;) {
        Py_ssize_t blocks = 1;
        while (blocks < fit && i + blocks < count
               && starts[i + blocks] == starts[i] + blocks * block_frames)
            blocks++;
        memset(peaks, 0, sizeof peaks);
        for (int channel = 0; channel < 2; channel++) {
            const float *x = stretch + channel * length + starts[i];
            raise_samples(x + many / 2 - 1, blocks * block_frames, peaks);
            if (eightfold)
                raise_eightfold(x, blocks * block_frames, parts, many, peaks);
            for (Py_ssize_t p = 0; !eightfold && p < points; p++)
                raise_peaks(x, blocks * block_frames, taps + p * many, many, p < points - 1, peaks);
        }
        for (Py_ssize_t b = 0; b < blocks; b++) {
            float top = 0.0f;
            for (Py_ssize_t j = 0; j < block_frames; j++)
                top = larger(top, peaks[b * block_frames + j]);
            out[i + b] = top;
        }
        i += blocks;
    }
}

/* ---- the limiter ---- */

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

/* ---- what Python calls ---- */

static PyObject *weigh_blocks(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    Arrays arrays = {.count = 0};
    Py_ssize_t samples = 0, numbers = 0, memory = 0, blocks = 0;
    (void)module;
    if (check_count(count, 5) != 0)
        return NULL;
    const Py_ssize_t block_frames = PyLong_AsSsize_t(arguments[3]);
    const float *planar = take_array(&arrays, arguments[0], 'f', 0, &samples);
    const double *coefficients = planar ? take_array(&arrays, arguments[1], 'd', 0, &numbers) : NULL;
    double *state = coefficients ? take_array(&arrays, arguments[2], 'd', 1, &memory) : NULL;
    float *power = state ? take_array(&arrays, arguments[4], 'f', 1, &blocks) : NULL;
    if (power && block_frames > 0 && numbers == 10 && memory == 8 && samples == 2 * blocks * block_frames) {
        Py_BEGIN_ALLOW_THREADS
        weigh(planar, samples / 2, coefficients, state, block_frames, power);
        Py_END_ALLOW_THREADS
    } else
        misfit("weigh_blocks");
    return finish(&arrays);
}

static int are_inside(const long long *starts, Py_ssize_t count, Py_ssize_t last)
{
    for (Py_ssize_t i = 0; i < count; i++)
        if (starts[i] < 0 || starts[i] > last)
            return 0;
    return 1;
}

static PyObject *find_block_peaks(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    Arrays arrays = {.count = 0};
    Py_ssize_t samples = 0, blocks = 0, size = 0, room = 0;
    (void)module;
    if (check_count(count, 5) != 0)
        return NULL;
    const Py_ssize_t block_frames = PyLong_AsSsize_t(arguments[2]);
    const float *stretch = take_array(&arrays, arguments[0], 'f', 0, &samples);
    const long long *starts = stretch ? take_array(&arrays, arguments[1], 'q', 0, &blocks) : NULL;
    const float *taps = starts ? take_array(&arrays, arguments[3], 'f', 0, &size) : NULL;
    float *peaks = taps ? take_array(&arrays, arguments[4], 'f', 1, &room) : NULL;
    const Py_ssize_t many = peaks ? find_columns(arguments[3]) : -1;
    if (many >= 4 && many % 4 == 0 && room == blocks && block_frames > 0 && block_frames <= TILE
        && are_inside(starts, blocks, samples / 2 - block_frames - many + 1)) {
        Py_BEGIN_ALLOW_THREADS
        find_peaks(stretch, samples / 2, starts, blocks, block_frames, taps, size / many, many, peaks);
        Py_END_ALLOW_THREADS
    } else
        misfit("find_block_peaks");
    return finish(&arrays);
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
    KERNEL(weigh_blocks),
    KERNEL(find_block_peaks),
    KERNEL(decide_limiting),
    KERNEL(sum_limited),
    {NULL, NULL, 0, NULL},
};
