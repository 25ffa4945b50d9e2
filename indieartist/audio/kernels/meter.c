/* Kernels of measuring; meter.py says what each computes. */
#include "window.h"

#define BIN_FRAMES 256
#define RUN_FRAMES 3
#define GLANCE 64 /* samples that are looked over for a level at once */

/* ---- from a reader's blocks to planar samples ---- */

CLONES static int32_t part_integers(const int32_t *RESTRICT block, float *RESTRICT planar,
                                    Py_ssize_t frames, Py_ssize_t channels, Py_ssize_t columns)
{
    const float scale = 1.0f / 2147483648.0f;
    int32_t mask = 0;
    if (channels == 2) {
        float *RESTRICT left = planar, *RESTRICT right = planar + columns;
        for (Py_ssize_t i = 0; i < frames; i++) {
            mask |= block[2 * i] | block[2 * i + 1];
            left[i] = (float)block[2 * i] * scale;
            right[i] = (float)block[2 * i + 1] * scale;
        }
        return mask;
    }
    for (Py_ssize_t c = 0; c < channels; c++)
        for (Py_ssize_t i = 0; i < frames; i++) {
            mask |= block[i * channels + c];
            planar[c * columns + i] = (float)block[i * channels + c] * scale;
        }
    return mask;
}

CLONES static void part_floats(const float *RESTRICT block, float *RESTRICT planar,
                               Py_ssize_t frames, Py_ssize_t channels, Py_ssize_t columns)
{
    if (channels == 2) {
        float *RESTRICT left = planar, *RESTRICT right = planar + columns;
        for (Py_ssize_t i = 0; i < frames; i++) {
            left[i] = block[2 * i];
            right[i] = block[2 * i + 1];
        }
        return;
    }
    for (Py_ssize_t c = 0; c < channels; c++)
        for (Py_ssize_t i = 0; i < frames; i++)
            planar[c * columns + i] = block[i * channels + c];
}

static PyObject *part_block(PyObject *const *arguments, Py_ssize_t count, char kind)
{
    Arrays arrays = {.count = 0};
    Window window;
    int32_t mask = 0;
    if (check_count(count, 3) != 0)
        return NULL;
    const Py_ssize_t column = PyLong_AsSsize_t(arguments[2]);
    const void *block = take_array(&arrays, arguments[0], kind, 0, NULL);
    if (PyErr_Occurred() || take_window(&arrays, arguments[1], 1, &window) != 0)
        return refuse(&arrays, "deinterleave");
    const Py_buffer *view = &arrays.views[0];
    const Py_ssize_t frames = view->ndim == 2 ? view->shape[0] : -1;
    if (frames < 0 || view->shape[1] != window.channels || column < 0
        || column + frames > window.columns)
        return refuse(&arrays, "deinterleave");
    Py_BEGIN_ALLOW_THREADS
    float *planar = window.samples + column;
    if (kind == 'i')
        mask = part_integers(block, planar, frames, window.channels, window.columns);
    else
        part_floats(block, planar, frames, window.channels, window.columns);
    Py_END_ALLOW_THREADS
    return kind == 'i' ? give(&arrays, PyLong_FromLong(mask)) : finish(&arrays);
}

static PyObject *deinterleave(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    (void)module;
    return part_block(arguments, count, 'i');
}

static PyObject *deinterleave_floats(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    (void)module;
    return part_block(arguments, count, 'f');
}

CLONES static float find_highest(const float *samples, Py_ssize_t count)
{
    float highest[LANES] = {0};
    int none[LANES] = {0}; /* whether a sample was no number: then no comparison is true */
    Py_ssize_t i = 0;
    for (; i + LANES <= count; i += LANES)
        EACH(l, LANES) {
            const float size = fabsf(samples[i + l]);
            highest[l] = size > highest[l] ? size : highest[l];
            none[l] |= !(size <= INFINITY);
        }
    for (; i < count; i++) {
        highest[0] = MORE(highest[0], fabsf(samples[i]));
        none[0] |= !(fabsf(samples[i]) <= INFINITY);
    }
    for (int l = 1; l < LANES; l++) {
        highest[0] = MORE(highest[0], highest[l]);
        none[0] |= none[l];
    }
    return none[0] ? NAN : highest[0];
}

static PyObject *find_largest(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    Arrays arrays = {.count = 0};
    Py_ssize_t samples = 0;
    float largest = 0.0f;
    (void)module;
    if (check_count(count, 1) != 0)
        return NULL;
    const float *block = take_array(&arrays, arguments[0], 'f', 0, &samples);
    if (!block)
        return refuse(&arrays, "find_largest");
    Py_BEGIN_ALLOW_THREADS
    largest = find_highest(block, samples);
    Py_END_ALLOW_THREADS
    return give(&arrays, PyFloat_FromDouble(largest));
}

/* ---- sums of every 10 ms ---- */

static inline double add_lanes(const float *lanes)
{
    double sum = 0.0;
    EACH(l, LANES)
        sum += lanes[l];
    return sum;
}

CLONES static void sum_run(const float *samples, Py_ssize_t count, double *sum, double *square)
{
    float sums[LANES] = {0}, squares[LANES] = {0};
    Py_ssize_t i = 0;
    for (; i + LANES <= count; i += LANES)
        EACH(l, LANES) {
            sums[l] += samples[i + l];
            squares[l] += samples[i + l] * samples[i + l];
        }
    for (; i < count; i++) {
        sums[i % LANES] += samples[i];
        squares[i % LANES] += samples[i] * samples[i];
    }
    *sum = add_lanes(sums);
    *square = add_lanes(squares);
}

CLONES static double multiply_run(const float *left, const float *right, Py_ssize_t count)
{
    float products[LANES] = {0};
    Py_ssize_t i = 0;
    for (; i + LANES <= count; i += LANES)
        EACH(l, LANES)
            products[l] += left[i + l] * right[i + l];
    for (; i < count; i++)
        products[i % LANES] += left[i] * right[i];
    return add_lanes(products);
}

static PyObject *sum_bins(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    Arrays arrays = {.count = 0};
    Window window;
    Py_ssize_t edges_count = 0, sums_count = 0, squares_count = 0, bins = 0;
    (void)module;
    if (check_count(count, 5) != 0)
        return NULL;
    if (take_window(&arrays, arguments[0], 0, &window) != 0)
        return refuse(&arrays, "sum_bins");
    const int64_t *edges = take_array(&arrays, arguments[1], 'q', 0, &edges_count);
    double *sums = edges ? take_array(&arrays, arguments[2], 'd', 1, &sums_count) : NULL;
    double *squares = sums ? take_array(&arrays, arguments[3], 'd', 1, &squares_count) : NULL;
    double *products = squares ? take_array(&arrays, arguments[4], 'd', 1, &bins) : NULL;
    if (!products || edges_count != bins + 1 || sums_count != window.channels * bins
        || squares_count != sums_count || check_edges(edges, edges_count, &window) != 0)
        return refuse(&arrays, "sum_bins");
    Py_BEGIN_ALLOW_THREADS
    for (Py_ssize_t b = 0; b < bins; b++) {
        const float *samples = window.samples + edges[b];
        const Py_ssize_t length = edges[b + 1] - edges[b];
        for (Py_ssize_t c = 0; c < window.channels; c++)
            sum_run(samples + c * window.columns, length, sums + c * bins + b, squares + c * bins + b);
        products[b] = window.channels > 1 ? multiply_run(samples, samples + window.columns, length) : 0.0;
    }
    Py_END_ALLOW_THREADS
    return finish(&arrays);
}

/* ---- the waveform's bins ---- */

CLONES static void outline_bin(const float *samples, Py_ssize_t columns, Py_ssize_t channels,
                               Py_ssize_t count, float *bin, Py_ssize_t bins)
{
    float lows[LANES], highs[LANES], squares[LANES] = {0};
    EACH(l, LANES)
        lows[l] = highs[l] = samples[0];
    for (Py_ssize_t c = 0; c < channels; c++, samples += columns) {
        Py_ssize_t i = 0;
        for (; i + LANES <= count; i += LANES)
            EACH(l, LANES) {
                const float sample = samples[i + l];
                lows[l] = sample < lows[l] ? sample : lows[l];
                highs[l] = sample > highs[l] ? sample : highs[l];
                squares[l] += sample * sample;
            }
        for (; i < count; i++) {
            lows[0] = LESS(lows[0], samples[i]);
            highs[0] = MORE(highs[0], samples[i]);
            squares[i % LANES] += samples[i] * samples[i];
        }
    }
    bin[0] = lows[0];
    bin[bins] = highs[0];
    for (int l = 1; l < LANES; l++) {
        bin[0] = LESS(bin[0], lows[l]);
        bin[bins] = MORE(bin[bins], highs[l]);
    }
    bin[2 * bins] = (float)(add_lanes(squares) / (double)(count * channels));
}

static PyObject *outline(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    Arrays arrays = {.count = 0};
    Window window;
    Py_ssize_t first = 0, end = 0, room = 0;
    (void)module;
    if (check_count(count, 3) != 0)
        return NULL;
    if (take_window(&arrays, arguments[0], 0, &window) != 0
        || take_columns(arguments[1], &window, 0, &first, &end) != 0)
        return refuse(&arrays, "outline");
    float *into = take_array(&arrays, arguments[2], 'f', 1, &room);
    const Py_ssize_t bins = (end - first + BIN_FRAMES - 1) / BIN_FRAMES;
    if (!into || room != 3 * bins)
        return refuse(&arrays, "outline");
    Py_BEGIN_ALLOW_THREADS
    for (Py_ssize_t b = 0; b < bins; b++) {
        const Py_ssize_t at = first + b * BIN_FRAMES;
        outline_bin(window.samples + at, window.columns, window.channels,
                    end - at < BIN_FRAMES ? end - at : BIN_FRAMES, into + b, bins);
    }
    Py_END_ALLOW_THREADS
    return finish(&arrays);
}

/* ---- clipping ---- */

CLONES static int has_level(const float *samples, Py_ssize_t count, float level)
{
    int found = 0;
    for (Py_ssize_t i = 0; i < count; i++)
        found |= samples[i] == level;
    return found;
}

static int64_t count_channel(const float *samples, Py_ssize_t count, float level, int64_t *lead,
                             int64_t *tail)
{
    int64_t runs = 0, length = 0, begun = 0; /* of the run that ends here, and where it began */
    *lead = 0;
    for (Py_ssize_t at = 0; at < count; at += GLANCE) {
        const Py_ssize_t piece = LESS(count - at, GLANCE);
        const int found = has_level(samples + at, piece, level);
        for (Py_ssize_t i = at; i < at + (found ? piece : 1); i++) {
            if (samples[i] == level) {
                begun = length ? begun : i;
                length++;
            } else if (length) {
                if (begun == 0)
                    *lead = length;
                else
                    runs += length >= RUN_FRAMES;
                length = 0;
            }
        }
    }
    *tail = length;
    if (count && length == count)
        *lead = length;
    return runs;
}

static PyObject *count_plateaus(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    Arrays arrays = {.count = 0};
    Window window;
    Py_ssize_t first = 0, end = 0, leads_count = 0, tails_count = 0;
    int64_t runs = 0;
    (void)module;
    if (check_count(count, 5) != 0)
        return NULL;
    const float level = (float)PyFloat_AsDouble(arguments[2]);
    if (PyErr_Occurred() || take_window(&arrays, arguments[0], 0, &window) != 0
        || take_columns(arguments[1], &window, 0, &first, &end) != 0)
        return refuse(&arrays, "count_plateaus");
    int64_t *leads = take_array(&arrays, arguments[3], 'q', 1, &leads_count);
    int64_t *tails = leads ? take_array(&arrays, arguments[4], 'q', 1, &tails_count) : NULL;
    if (!tails || leads_count != window.channels || tails_count != window.channels)
        return refuse(&arrays, "count_plateaus");
    Py_BEGIN_ALLOW_THREADS
    for (Py_ssize_t c = 0; c < window.channels; c++)
        runs += count_channel(window.samples + c * window.columns + first, end - first, level,
                              leads + c, tails + c);
    Py_END_ALLOW_THREADS
    return give(&arrays, PyLong_FromLongLong(runs));
}

PyMethodDef meter_kernels[] = {
    KERNEL(count_plateaus), KERNEL(deinterleave), KERNEL(deinterleave_floats), KERNEL(find_largest),
    KERNEL(outline),        KERNEL(sum_bins),     {NULL, NULL, 0, NULL},
};
