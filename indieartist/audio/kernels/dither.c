/* Kernels of dither: its noise, its rounding, and the feedback that shapes it; dither.py says how. */
#include "calls.h"
#include <math.h>

#define TILE 512 /* samples that are worked on while they lie in the nearest cache */
#define TAPS 5
#define LANE_FRAMES 1024

/* Oldest error first. */
static const double LIPSHITZ[TAPS] = {0.6149, -1.590, 1.959, -2.165, 2.033};

/* Noise between -1 and 1 by its number: the difference of the halves of a word of SplitMix64. */
static inline double draw(unsigned long long seed, unsigned long long number)
{
    unsigned long long word = seed + (number + 1) * 0x9E3779B97F4A7C15ULL;
    word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9ULL;
    word = (word ^ (word >> 27)) * 0x94D049BB133111EBULL;
    word ^= word >> 31;
    const double high = (double)(unsigned int)(word >> 32), low = (double)(unsigned int)word;
    return (high - low) * (1.0 / 4294967296.0);
}

CLONES static void draw_all(unsigned long long seed, unsigned long long first, Py_ssize_t count,
                            double *RESTRICT noise)
{
    for (Py_ssize_t i = 0; i < count; i++)
        noise[i] = draw(seed, first + (unsigned long long)i);
}

static inline double bound(double step, double scale)
{
    const double high = step > scale - 1.0 ? scale - 1.0 : step;
    return high < -scale ? -scale : high;
}

CLONES static void round_all(const float *RESTRICT planar, Py_ssize_t frames, unsigned long long seed,
                             unsigned long long first, int bits, int *RESTRICT rounded)
{
    double noise[2 * TILE];
    const double scale = (double)(1LL << (bits - 1));
    const int unit = 1 << (32 - bits);
    for (Py_ssize_t at = 0; at < frames; at += TILE) {
        const Py_ssize_t run = frames - at < TILE ? frames - at : TILE;
        draw_all(seed, first + 2ULL * (unsigned long long)at, 2 * run, noise);
        for (Py_ssize_t i = 0; i < run; i++) {
            const double left = rint((double)planar[at + i] * scale + noise[2 * i]);
            const double right = rint((double)planar[frames + at + i] * scale + noise[2 * i + 1]);
            rounded[2 * (at + i)] = (int)bound(left, scale) * unit;
            rounded[2 * (at + i) + 1] = (int)bound(right, scale) * unit;
        }
    }
}

static void feed_back_all(double *RESTRICT steps, const double *RESTRICT noise,
                          double *RESTRICT errors, Py_ssize_t frames, Py_ssize_t position)
{
    double past[TAPS][2];
    for (int tap = 0; tap < TAPS; tap++)
        for (int side = 0; side < 2; side++)
            past[tap][side] = errors[2 * tap + side];
    for (Py_ssize_t i = 0; i < frames; i++) {
        const int fresh = (position + i) % LANE_FRAMES == 0;
        for (int side = 0; side < 2; side++) {
            double fed = 0.0;
            for (int tap = 0; tap < TAPS; tap++) {
                if (fresh)
                    past[tap][side] = 0.0;
                fed += LIPSHITZ[tap] * past[tap][side];
            }
            const double wanted = steps[2 * i + side] - fed;
            const double rounded = rint(wanted + noise[2 * i + side]);
            for (int tap = 0; tap + 1 < TAPS; tap++)
                past[tap][side] = past[tap + 1][side];
            past[TAPS - 1][side] = rounded - wanted;
            steps[2 * i + side] = rounded;
        }
    }
    for (int tap = 0; tap < TAPS; tap++)
        for (int side = 0; side < 2; side++)
            errors[2 * tap + side] = past[tap][side];
}

static PyObject *feed_back(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    Arrays arrays = {.count = 0};
    Py_ssize_t values = 0, drawn = 0, kept = 0;
    (void)module;
    if (check_count(count, 4) != 0)
        return NULL;
    const Py_ssize_t position = PyLong_AsSsize_t(arguments[3]);
    double *steps = PyErr_Occurred() ? NULL : take_array(&arrays, arguments[0], 'd', 1, &values);
    const double *noise = steps ? take_array(&arrays, arguments[1], 'd', 0, &drawn) : NULL;
    double *errors = noise ? take_array(&arrays, arguments[2], 'd', 1, &kept) : NULL;
    if (errors && drawn == values && values % 2 == 0 && kept == 2 * TAPS && position >= 0) {
        Py_BEGIN_ALLOW_THREADS
        feed_back_all(steps, noise, errors, values / 2, position);
        Py_END_ALLOW_THREADS
    } else
        misfit("feed_back");
    return finish(&arrays);
}

static PyObject *draw_noise(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    Arrays arrays = {.count = 0};
    Py_ssize_t length = 0;
    (void)module;
    if (check_count(count, 3) != 0)
        return NULL;
    const unsigned long long seed = PyLong_AsUnsignedLongLong(arguments[0]);
    const unsigned long long first = PyErr_Occurred() ? 0 : PyLong_AsUnsignedLongLong(arguments[1]);
    double *noise = PyErr_Occurred() ? NULL : take_array(&arrays, arguments[2], 'd', 1, &length);
    if (noise) {
        Py_BEGIN_ALLOW_THREADS
        draw_all(seed, first, length, noise);
        Py_END_ALLOW_THREADS
    }
    return finish(&arrays);
}

static PyObject *round_dithered(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    Arrays arrays = {.count = 0};
    Py_ssize_t samples = 0, room = 0;
    (void)module;
    if (check_count(count, 5) != 0)
        return NULL;
    const unsigned long long seed = PyLong_AsUnsignedLongLong(arguments[1]);
    const unsigned long long first = PyErr_Occurred() ? 0 : PyLong_AsUnsignedLongLong(arguments[2]);
    const long bits = PyErr_Occurred() ? 0 : PyLong_AsLong(arguments[3]);
    const float *planar = PyErr_Occurred() ? NULL : take_array(&arrays, arguments[0], 'f', 0, &samples);
    int *rounded = planar ? take_array(&arrays, arguments[4], 'i', 1, &room) : NULL;
    if (rounded && room == samples && samples % 2 == 0 && bits > 1 && bits <= 24) {
        Py_BEGIN_ALLOW_THREADS
        round_all(planar, samples / 2, seed, first, (int)bits, rounded);
        Py_END_ALLOW_THREADS
    } else
        misfit("round_dithered");
    return finish(&arrays);
}

PyMethodDef dither_kernels[] = {
    KERNEL(draw_noise),
    KERNEL(round_dithered),
    KERNEL(feed_back),
    {NULL, NULL, 0, NULL},
};
