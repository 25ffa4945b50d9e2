/* The kernel of the true peak; true_peak.py says what it computes. */
#include "window.h"
#include <stdlib.h>

#define PHASES 7
#define TAPS 48
#define NEAR 16 /* taps from here to 2 * NEAR are those near the middle */
#define STRIDE 64 /* positions that are skipped or looked at together */
#define SLACK 1.00001f /* more than rounding can add to a peak */

/* How much a phase can gain, by its filter and beyond a straight line: in all, near, and far. */
typedef struct {
    float gain, bend, near_bend, far_bend;
} Bounds;

static inline float find_most(float *lanes)
{
    float most = lanes[0];
    for (int l = 1; l < LANES; l++)
        most = MORE(most, lanes[l]);
    return most;
}

static inline float get_bend(const float *samples)
{
    return fabsf(samples[-1] + samples[1] - 2.0f * samples[0]);
}

/* The highest sample of each stride, and the sharpest bend between three samples. */
CLONES static void survey(const float *samples, Py_ssize_t count, float *loudest, float *sharpest)
{
    for (Py_ssize_t at = 0; at < count; at += STRIDE) {
        const Py_ssize_t end = LESS(at + STRIDE, count - 1);
        float highs[LANES] = {0}, bends[LANES] = {0};
        Py_ssize_t i = MORE(at, 1);
        for (; i + LANES <= end; i += LANES)
            EACH(l, LANES) {
                const float high = fabsf(samples[i + l]), bend = get_bend(samples + i + l);
                highs[l] = MORE(high, highs[l]);
                bends[l] = MORE(bend, bends[l]);
            }
        for (; i < end; i++) {
            highs[0] = MORE(highs[0], fabsf(samples[i]));
            bends[0] = MORE(bends[0], get_bend(samples + i));
        }
        if (at == 0)
            highs[0] = MORE(highs[0], fabsf(samples[0]));
        if (at + STRIDE >= count)
            highs[0] = MORE(highs[0], fabsf(samples[count - 1]));
        *loudest++ = find_most(highs);
        *sharpest++ = find_most(bends);
    }
}

/* What no point at LANES positions can exceed; `sharpest` is the sharpest bend of the stride. */
CLONES static float limit_lanes(const float *samples, const Bounds *bounds, float sharpest)
{
    const float *middle = samples + TAPS / 2 - 1;
    float highs[LANES], bends[LANES];
    EACH(l, LANES) {
        const float left = fabsf(middle[l]), right = fabsf(middle[l + 1]);
        const float early = get_bend(samples + NEAR + l), late = get_bend(samples + 2 * NEAR + l);
        highs[l] = MORE(left, right);
        bends[l] = MORE(early, late);
    }
    const float near_bend = bounds->near_bend * find_most(bends);
    return (find_most(highs) + near_bend + bounds->far_bend * sharpest) * SLACK;
}

/* The highest point between the samples at LANES positions. */
CLONES static float work_out_lanes(const float *samples, const float *taps)
{
    float a[LANES] = {0}, b[LANES] = {0}, c[LANES] = {0}, d[LANES] = {0};
    float e[LANES] = {0}, f[LANES] = {0}, g[LANES] = {0};
    for (int j = 0; j < TAPS; j++) {
        const float *tap = taps + j;
        EACH(l, LANES) {
            const float sample = samples[j + l];
            a[l] += tap[0] * sample;
            b[l] += tap[TAPS] * sample;
            c[l] += tap[2 * TAPS] * sample;
            d[l] += tap[3 * TAPS] * sample;
            e[l] += tap[4 * TAPS] * sample;
            f[l] += tap[5 * TAPS] * sample;
            g[l] += tap[6 * TAPS] * sample;
        }
    }
    EACH(l, LANES) {
        const float ab = MORE(fabsf(a[l]), fabsf(b[l])), cd = MORE(fabsf(c[l]), fabsf(d[l]));
        const float ef = MORE(fabsf(e[l]), fabsf(f[l])), efg = MORE(ef, fabsf(g[l]));
        const float abcd = MORE(ab, cd);
        a[l] = MORE(abcd, efg);
    }
    return find_most(a);
}

static float work_out(const float *samples, const float *taps)
{
    float highest = 0.0f;
    for (int p = 0; p < PHASES; p++) {
        float point = 0.0f;
        for (int j = 0; j < TAPS; j++)
            point += taps[p * TAPS + j] * samples[j];
        highest = MORE(highest, fabsf(point));
    }
    return highest;
}

static float search_stride(const float *samples, Py_ssize_t positions, const float *taps,
                           const Bounds *bounds, float sharpest, float peak)
{
    Py_ssize_t i = 0;
    for (; i + LANES <= positions; i += LANES)
        if (limit_lanes(samples + i, bounds, sharpest) > peak) {
            const float high = work_out_lanes(samples + i, taps);
            peak = MORE(peak, high);
        }
    for (; i < positions; i++) { /* one by one, for what lies behind them may not be sound */
        const float high = work_out(samples + i, taps);
        peak = MORE(peak, high);
    }
    return peak;
}

/* `room` is for two floats for each stride of what the positions can see. */
static float search_channel(const float *samples, Py_ssize_t positions, const float *taps,
                            const Bounds *bounds, float peak, float *room)
{
    const Py_ssize_t seen = positions + TAPS - 1, all = (seen + STRIDE - 1) / STRIDE;
    const Py_ssize_t strides = (positions + STRIDE - 1) / STRIDE;
    float *limits = room, *sharpest = room + all;
    Py_ssize_t best = 0;
    survey(samples, seen, limits, sharpest);
    for (Py_ssize_t s = 0; s < strides; s++) {
        const Py_ssize_t next = LESS(s + 1, all - 1);
        const float high = MORE(limits[s], limits[next]);
        sharpest[s] = MORE(sharpest[s], sharpest[next]);
        const float by_gain = bounds->gain * high, by_bend = high + bounds->bend * sharpest[s];
        limits[s] = LESS(by_gain, by_bend) * SLACK;
        best = limits[s] > limits[best] ? s : best;
    }
    for (Py_ssize_t s = -1; s < strides; s++) { /* the most promising one first: it spares others */
        const Py_ssize_t stride = s < 0 ? best : s, at = stride * STRIDE;
        if (limits[stride] > peak)
            peak = search_stride(samples + at, LESS(positions - at, STRIDE), taps, bounds,
                                 sharpest[stride], peak);
    }
    return peak;
}

static PyObject *find_true_peak(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    Arrays arrays = {.count = 0};
    Window window;
    Py_ssize_t first = 0, end = 0, taps_count = 0, bounds_count = 0;
    (void)module;
    if (check_count(count, 5) != 0)
        return NULL;
    float peak = (float)PyFloat_AsDouble(arguments[4]);
    if (PyErr_Occurred() || take_window(&arrays, arguments[0], 0, &window) != 0
        || take_columns(arguments[1], &window, TAPS - 1, &first, &end) != 0)
        return refuse(&arrays, "find_true_peak");
    const float *taps = take_array(&arrays, arguments[2], 'f', 0, &taps_count);
    const float *given = taps ? take_array(&arrays, arguments[3], 'f', 0, &bounds_count) : NULL;
    if (!given || taps_count != PHASES * TAPS || bounds_count != 4)
        return refuse(&arrays, "find_true_peak");
    const Bounds bounds = {given[0], given[1], given[2], given[3]};
    float *room = malloc(sizeof(float) * 2 * (size_t)((end - first + TAPS) / STRIDE + 1));
    if (!room) {
        PyErr_NoMemory();
        return refuse(&arrays, "find_true_peak");
    }
    Py_BEGIN_ALLOW_THREADS
    for (Py_ssize_t c = 0; first < end && c < window.channels; c++)
        peak = search_channel(window.samples + c * window.columns + first, end - first, taps,
                              &bounds, peak, room);
    Py_END_ALLOW_THREADS
    free(room);
    return give(&arrays, PyFloat_FromDouble(peak));
}

PyMethodDef true_peak_kernels[] = {KERNEL(find_true_peak), {NULL, NULL, 0, NULL}};
