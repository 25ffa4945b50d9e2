/* The kernel of the K filter; weighting.py says what it computes. */
#include "window.h"
#include <string.h>

#define ROWS 8
#define TILE 8

/* The filters of ROWS parts of the song, side by side: four delays, and the sum of squares. */
typedef double Filters[5][ROWS];

/* The next frames of all parts, turned: each row of the tile is of one moment. */
static inline void fill_tile(float (*tile)[ROWS], const float *const *parts, Py_ssize_t at,
                             Py_ssize_t count)
{
    if (count == TILE)
        for (int r = 0; r < ROWS; r++)
            for (int t = 0; t < TILE; t++)
                tile[t][r] = parts[r][at + t];
    else
        for (int r = 0; r < ROWS; r++)
            for (Py_ssize_t t = 0; t < count; t++)
                tile[t][r] = parts[r][at + t];
}

CLONES static void run_filters(Filters filters, const float *const *parts, Py_ssize_t frames,
                               const double *k)
{
    const double b0 = k[0], b1 = k[1], b2 = k[2], a1 = k[3], a2 = k[4];
    const double d0 = k[5], d1 = k[6], d2 = k[7], c1 = k[8], c2 = k[9];
    double first[ROWS], second[ROWS], third[ROWS], fourth[ROWS], energy[ROWS];
    float tiles[2][TILE][ROWS];
    memcpy(first, filters[0], sizeof first);
    memcpy(second, filters[1], sizeof second);
    memcpy(third, filters[2], sizeof third);
    memcpy(fourth, filters[3], sizeof fourth);
    memcpy(energy, filters[4], sizeof energy);
    fill_tile(tiles[0], parts, 0, LESS(frames, TILE));
    for (Py_ssize_t at = 0; at < frames; at += TILE) {
        const Py_ssize_t count = LESS(frames - at, TILE), next = LESS(frames - at - count, TILE);
        const float(*tile)[ROWS] = tiles[at / TILE % 2];
        /* A tile ahead: one just written would have to be waited for. */
        fill_tile(tiles[(at / TILE + 1) % 2], parts, at + count, next);
        for (Py_ssize_t t = 0; t < count; t++)
            EACH(r, ROWS) {
                const double x = tile[t][r];
                const double y = b0 * x + first[r];
                const double z = d0 * y + third[r];
                first[r] = (b1 * x + second[r]) - a1 * y; /* what is known early comes first */
                second[r] = b2 * x - a2 * y;
                third[r] = (d1 * y + fourth[r]) - c1 * z;
                fourth[r] = d2 * y - c2 * z;
                energy[r] += z * z;
            }
    }
    memcpy(filters[0], first, sizeof first);
    memcpy(filters[1], second, sizeof second);
    memcpy(filters[2], third, sizeof third);
    memcpy(filters[3], fourth, sizeof fourth);
    memcpy(filters[4], energy, sizeof energy);
}

/* The same for one part alone. */
static void run_filter(Filters filters, int r, const float *part, Py_ssize_t frames, const double *k)
{
    for (Py_ssize_t t = 0; t < frames; t++) {
        const double x = part[t];
        const double y = k[0] * x + filters[0][r];
        const double z = k[5] * y + filters[2][r];
        filters[0][r] = (k[1] * x + filters[1][r]) - k[3] * y;
        filters[1][r] = k[2] * x - k[4] * y;
        filters[2][r] = (k[6] * y + filters[3][r]) - k[8] * z;
        filters[3][r] = k[7] * y - k[9] * z;
        filters[4][r] += z * z;
    }
}

static int64_t find_shortest(const int64_t *edges, const Py_ssize_t *bin, const Py_ssize_t *stop)
{
    int64_t shortest = 0;
    for (int r = 0; r < ROWS; r++) {
        const int64_t length = bin[r] < stop[r] ? edges[bin[r] + 1] - edges[bin[r]] : 0;
        if (length && (!shortest || length < shortest))
            shortest = length;
    }
    return shortest;
}

/* One channel in 8 parts, or two in 4 each: every part warms up on what lies before it. */
static void weigh_channels(const float *samples, Py_ssize_t columns, int channels,
                           const int64_t *edges, Py_ssize_t bins, const double *k, double *energies)
{
    const int parts = ROWS / channels;
    Filters filters = {{0}};
    const float *at[ROWS];
    Py_ssize_t bin[ROWS], stop[ROWS];
    for (int r = 0; r < ROWS; r++) {
        bin[r] = bins * (r % parts) / parts;
        stop[r] = bins * (r % parts + 1) / parts;
        at[r] = samples + (r / parts) * columns + edges[bin[r]] - edges[0];
    }
    run_filters(filters, at, edges[0], k);
    memset(filters[4], 0, sizeof filters[4]);
    for (int r = 0; r < ROWS; r++)
        at[r] += edges[0];
    for (int64_t shortest; (shortest = find_shortest(edges, bin, stop)) > 0;) {
        for (int r = 0; r < ROWS; r++)
            at[r] = bin[r] < stop[r] ? at[r] : samples; /* those that are done idle along */
        run_filters(filters, at, shortest, k);
        for (int r = 0; r < ROWS; r++) {
            if (bin[r] == stop[r])
                continue;
            const int64_t length = edges[bin[r] + 1] - edges[bin[r]];
            run_filter(filters, r, at[r] + shortest, length - shortest, k);
            energies[(r / parts) * bins + bin[r]++] = filters[4][r];
            filters[4][r] = 0.0;
            at[r] += length;
        }
    }
}

static PyObject *weigh(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    Arrays arrays = {.count = 0};
    Window window;
    Py_ssize_t edges_count = 0, k_count = 0, room = 0;
    (void)module;
    if (check_count(count, 4) != 0)
        return NULL;
    if (take_window(&arrays, arguments[0], 0, &window) != 0)
        return refuse(&arrays, "weigh");
    const int64_t *edges = take_array(&arrays, arguments[1], 'q', 0, &edges_count);
    const double *k = edges ? take_array(&arrays, arguments[2], 'd', 0, &k_count) : NULL;
    double *energies = k ? take_array(&arrays, arguments[3], 'd', 1, &room) : NULL;
    const Py_ssize_t bins = edges_count - 1;
    if (!energies || k_count != 10 || room != window.channels * bins
        || check_edges(edges, edges_count, &window) != 0)
        return refuse(&arrays, "weigh");
    Py_BEGIN_ALLOW_THREADS
    for (Py_ssize_t c = 0; bins && c < window.channels; c += 2)
        weigh_channels(window.samples + c * window.columns, window.columns,
                       window.channels - c > 1 ? 2 : 1, edges, bins, k, energies + c * bins);
    Py_END_ALLOW_THREADS
    return finish(&arrays);
}

PyMethodDef weighting_kernels[] = {KERNEL(weigh), {NULL, NULL, 0, NULL}};
