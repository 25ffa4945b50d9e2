/* Kernels before and behind the transforms; spectra.py says what each computes. */
#include "window.h"
#include <string.h>

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC optimize("no-math-errno") /* else square roots would not go side by side */
#endif

#define MOST_BINS 1024
#define MOST_BANDS 64
#define MOST_LAG 8

/* ---- windows of mid and side ---- */

CLONES static void cut_window(const float *RESTRICT left, const float *RESTRICT right,
                              const float *RESTRICT shape, Py_ssize_t size, float *RESTRICT out)
{
    for (Py_ssize_t i = 0; i < size; i++) {
        out[i] = (left[i] + right[i]) * shape[i];
        out[size + i] = (left[i] - right[i]) * shape[i];
    }
}

static PyObject *cut_windows(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    Arrays arrays = {.count = 0};
    Py_ssize_t samples = 0, size = 0, room = 0;
    (void)module;
    if (check_count(count, 4) != 0)
        return NULL;
    const Py_ssize_t step = PyLong_AsSsize_t(arguments[1]);
    const float *planar = take_array(&arrays, arguments[0], 'f', 0, &samples);
    const float *shape = planar ? take_array(&arrays, arguments[2], 'f', 0, &size) : NULL;
    float *halves = shape ? take_array(&arrays, arguments[3], 'f', 1, &room) : NULL;
    const Py_ssize_t frames = samples / 2, windows = size ? room / (2 * size) : 0;
    if (!halves || !size || step < 0 || room != windows * 2 * size
        || (windows && frames < (windows - 1) * step + size))
        return refuse(&arrays, "cut_windows");
    Py_BEGIN_ALLOW_THREADS
    for (Py_ssize_t w = 0; w < windows; w++)
        cut_window(planar + w * step, planar + frames + w * step, shape, size, halves + 2 * w * size);
    Py_END_ALLOW_THREADS
    return finish(&arrays);
}

/* ---- mid and side, filtered ---- */

/* Complex numbers are pairs of floats: `mid` and `side` are the responses. */
CLONES static void filter_bins(const float *RESTRICT left, const float *RESTRICT right,
                               const float *RESTRICT mid, const float *RESTRICT side, Py_ssize_t bins,
                               float *RESTRICT out_left, float *RESTRICT out_right)
{
    for (Py_ssize_t i = 0; i < 2 * bins; i += 2) {
        const float sum = left[i] + right[i], sum_i = left[i + 1] + right[i + 1];
        const float rest = left[i] - right[i], rest_i = left[i + 1] - right[i + 1];
        const float m = sum * mid[i] - sum_i * mid[i + 1], m_i = sum * mid[i + 1] + sum_i * mid[i];
        const float s = rest * side[i] - rest_i * side[i + 1];
        const float s_i = rest * side[i + 1] + rest_i * side[i];
        out_left[i] = m + s;
        out_left[i + 1] = m_i + s_i;
        out_right[i] = m - s;
        out_right[i + 1] = m_i - s_i;
    }
}

static PyObject *filter_sides(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    Arrays arrays = {.count = 0};
    Py_ssize_t given = 0, size = 0, room = 0;
    (void)module;
    if (check_count(count, 4) != 0)
        return NULL;
    const Py_ssize_t hops = PyLong_AsSsize_t(arguments[1]);
    const float *spectra = take_array(&arrays, arguments[0], 'f', 0, &given);
    const float *response = spectra ? take_array(&arrays, arguments[2], 'f', 0, &size) : NULL;
    float *products = response ? take_array(&arrays, arguments[3], 'f', 1, &room) : NULL;
    const Py_ssize_t kept = size / 4, bins = hops > 0 ? given / (4 * hops) : 0;
    if (!products || hops < 1 || size != 4 * kept || given != 4 * hops * bins || kept > bins
        || room != hops * size)
        return refuse(&arrays, "filter_sides");
    Py_BEGIN_ALLOW_THREADS
    for (Py_ssize_t h = 0; h < hops; h++)
        filter_bins(spectra + 2 * h * bins, spectra + 2 * (hops + h) * bins, response,
                    response + 2 * kept, kept, products + 2 * h * kept, products + 2 * (hops + h) * kept);
    Py_END_ALLOW_THREADS
    return finish(&arrays);
}

/* ---- powers, sorted by level ---- */

CLONES static double sum_powers(const float *spectrum, Py_ssize_t bins)
{
    float sums[LANES] = {0};
    double sum = 0.0;
    Py_ssize_t i = 0;
    for (; i + LANES <= 2 * bins; i += LANES)
        EACH(l, LANES)
            sums[l] += spectrum[i + l] * spectrum[i + l];
    for (; i < 2 * bins; i++)
        sums[0] += spectrum[i] * spectrum[i];
    for (int l = 0; l < LANES; l++)
        sum += sums[l];
    return sum;
}

CLONES static void add_powers(const float *RESTRICT spectrum, Py_ssize_t bins, double *RESTRICT sums)
{
    for (Py_ssize_t i = 0; i < bins; i++)
        sums[i] += spectrum[2 * i] * spectrum[2 * i] + spectrum[2 * i + 1] * spectrum[2 * i + 1];
}

static Py_ssize_t classify(double level, const double *how, Py_ssize_t classes)
{
    const double place = floor((10.0 * log10(MORE(level, 1e-20)) - how[1]) * how[2]);
    return place < 0.0 ? 0 : place < (double)classes ? (Py_ssize_t)place : classes - 1;
}

static PyObject *sort_powers(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    Arrays arrays = {.count = 0};
    Py_ssize_t floats = 0, windows = 0, numbers = 0, classes = 0, counted = 0, room = 0;
    (void)module;
    if (check_count(count, 6) != 0)
        return NULL;
    const float *spectra = take_array(&arrays, arguments[0], 'f', 0, &floats);
    const double *how = spectra ? take_array(&arrays, arguments[1], 'd', 0, &numbers) : NULL;
    double *levels = how ? take_array(&arrays, arguments[2], 'd', 1, &windows) : NULL;
    int64_t *places = levels ? take_array(&arrays, arguments[3], 'q', 1, &classes) : NULL;
    int64_t *counts = places ? take_array(&arrays, arguments[4], 'q', 1, &counted) : NULL;
    double *sums = counts ? take_array(&arrays, arguments[5], 'd', 1, &room) : NULL;
    const Py_ssize_t bins = windows ? floats / (4 * windows) : 0, rows = bins ? room / (2 * bins) : 0;
    if (!sums || numbers != 3 || classes < 1 || counted != classes || floats != 4 * windows * bins
        || !(how[0] >= 0.0 && how[0] <= (double)bins))
        return refuse(&arrays, "sort_powers");
    const Py_ssize_t skipped = (Py_ssize_t)how[0];
    Py_ssize_t taken = 0;
    for (Py_ssize_t c = 0; c < classes; c++)
        taken = places[c] >= taken ? (Py_ssize_t)places[c] + 1 : taken;
    if (taken + windows > rows)
        return refuse(&arrays, "sort_powers");
    Py_BEGIN_ALLOW_THREADS
    for (Py_ssize_t w = 0; w < windows; w++) {
        const float *mid = spectra + 4 * w * bins, *side = mid + 2 * bins;
        levels[w] = sum_powers(mid + 2 * skipped, bins - skipped) + sum_powers(side + 2 * skipped, bins - skipped);
        const Py_ssize_t class = classify(levels[w], how, classes);
        if (places[class] < 0)
            places[class] = taken++;
        counts[class]++;
        add_powers(mid, 2 * bins, sums + places[class] * 2 * bins);
    }
    Py_END_ALLOW_THREADS
    return finish(&arrays);
}

/* ---- onsets ---- */

/* Of each band's filter the bins between which it is not zero. */
typedef struct {
    Py_ssize_t first, end;
} Reach;

static Reach find_reach(const float *filter, Py_ssize_t bins)
{
    Reach reach = {0, bins};
    while (reach.end > 0 && filter[reach.end - 1] == 0.0f)
        reach.end--;
    while (reach.first < reach.end && filter[reach.first] == 0.0f)
        reach.first++;
    return reach;
}

CLONES static void take_sizes(const float *RESTRICT spectrum, Py_ssize_t bins, float *RESTRICT sizes)
{
    for (Py_ssize_t i = 0; i < bins; i++)
        sizes[i] = sqrtf(spectrum[2 * i] * spectrum[2 * i] + spectrum[2 * i + 1] * spectrum[2 * i + 1]);
}

CLONES static float weigh_sizes(const float *sizes, const float *filter, Reach reach)
{
    float sums[LANES] = {0}, sum = 0.0f;
    Py_ssize_t i = reach.first;
    for (; i + LANES <= reach.end; i += LANES)
        EACH(l, LANES)
            sums[l] += sizes[i + l] * filter[i + l];
    for (; i < reach.end; i++)
        sum += sizes[i] * filter[i];
    for (int l = 0; l < LANES; l++)
        sum += sums[l];
    return sum;
}

/* The rises of one frame; `before` are the widened bands of the frames before, the oldest first. */
static void compare(const float *bands, Py_ssize_t count, float *before, Py_ssize_t lag, Py_ssize_t low,
                    float *rises, Py_ssize_t frames)
{
    float rise = 0.0f, low_rise = 0.0f, level = 0.0f;
    for (Py_ssize_t b = 0; b < count; b++) {
        const float up = MORE(bands[b] - before[b], 0.0f);
        rise += up;
        low_rise += b < low ? up : 0.0f;
        level += bands[b];
    }
    rises[0] = rise;
    rises[frames] = low_rise;
    rises[2 * frames] = level;
    memmove(before, before + count, (size_t)((lag - 1) * count) * sizeof *before);
    for (Py_ssize_t b = 0; b < count; b++) {
        const float under = bands[b ? b - 1 : 0], over = bands[b + 1 < count ? b + 1 : b];
        const float most = MORE(under, over);
        before[(lag - 1) * count + b] = MORE(bands[b], most);
    }
}

static PyObject *find_rises(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    Arrays arrays = {.count = 0};
    Py_ssize_t floats = 0, size = 0, kept = 0, room = 0;
    float sizes[MOST_BINS], bands[MOST_BANDS];
    Reach reach[MOST_BANDS];
    (void)module;
    if (check_count(count, 5) != 0)
        return NULL;
    const Py_ssize_t low = PyLong_AsSsize_t(arguments[2]);
    const float *spectra = take_array(&arrays, arguments[0], 'f', 0, &floats);
    const float *filters = spectra ? take_array(&arrays, arguments[1], 'f', 0, &size) : NULL;
    float *before = filters ? take_array(&arrays, arguments[3], 'f', 1, &kept) : NULL;
    float *rises = before ? take_array(&arrays, arguments[4], 'f', 1, &room) : NULL;
    const Py_ssize_t bins = rises ? find_columns(arguments[1]) : -1, frames = room / 3;
    const Py_ssize_t many = bins > 0 ? size / bins : 0, lag = many ? kept / many : 0;
    if (many < 1 || many > MOST_BANDS || bins > MOST_BINS || lag < 1 || lag > MOST_LAG
        || kept != lag * many || room != 3 * frames || floats != 2 * frames * bins)
        return refuse(&arrays, "find_rises");
    Py_BEGIN_ALLOW_THREADS
    for (Py_ssize_t b = 0; b < many; b++)
        reach[b] = find_reach(filters + b * bins, bins);
    for (Py_ssize_t f = 0; f < frames; f++) {
        take_sizes(spectra + 2 * f * bins, bins, sizes);
        for (Py_ssize_t b = 0; b < many; b++)
            bands[b] = log1pf(weigh_sizes(sizes, filters + b * bins, reach[b]));
        compare(bands, many, before, lag, low, rises + f, frames);
    }
    Py_END_ALLOW_THREADS
    return finish(&arrays);
}

PyMethodDef spectra_kernels[] = {
    KERNEL(cut_windows), KERNEL(filter_sides), KERNEL(sort_powers), KERNEL(find_rises), {NULL, NULL, 0, NULL},
};
