/* The feedback of shaped dither. The twin in shaping.py defines it. */
#include "calls.h"

#include <math.h>

#define TAPS 5
#define LANE_FRAMES 1024

/* Oldest error first. */
static const double LIPSHITZ[TAPS] = {0.6149, -1.590, 1.959, -2.165, 2.033};

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

PyMethodDef shaping_kernels[] = {
    KERNEL(feed_back),
    {NULL, NULL, 0, NULL},
};
