/* The kernel of lower sample rates; rates.py says what it computes. */
#include "kernels.h"

#define PIECE 256 /* outputs worked out at once: all that they need stays in the first cache */
#define MOST_SIDES 32

/* `count` outputs, at most PIECE, from 2 * count + 4 * pairs - 3 samples. */
CLONES static void decimate_piece(const float *RESTRICT samples, const float *sides,
                                  Py_ssize_t pairs, float *RESTRICT out, Py_ssize_t count)
{
    float even[PIECE + 2 * MOST_SIDES], sums[PIECE];
    const Py_ssize_t last = 2 * pairs - 1;
    for (Py_ssize_t i = 0; i < count + last; i++)
        even[i] = samples[2 * i];
    for (Py_ssize_t i = 0; i < count; i++)
        sums[i] = 0.5f * samples[2 * i + last];
    for (Py_ssize_t k = 0; k < pairs; k++)
        for (Py_ssize_t i = 0; i < count; i++)
            sums[i] += sides[k] * (even[i + k] + even[i + last - k]);
    for (Py_ssize_t i = 0; i < count; i++)
        out[i] = sums[i];
}

static PyObject *decimate(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    Arrays arrays = {.count = 0};
    Py_ssize_t samples = 0, pairs = 0, wanted = 0;
    (void)module;
    if (check_count(count, 3) != 0)
        return NULL;
    const float *from = take_array(&arrays, arguments[0], 'f', 0, &samples);
    const float *sides = from ? take_array(&arrays, arguments[1], 'f', 0, &pairs) : NULL;
    float *out = sides ? take_array(&arrays, arguments[2], 'f', 1, &wanted) : NULL;
    if (out && (pairs < 1 || pairs > MOST_SIDES || (wanted && samples < 2 * wanted + 4 * pairs - 3)))
        PyErr_SetString(PyExc_ValueError, "the arrays of decimate do not fit each other");
    if (PyErr_Occurred()) {
        release_arrays(&arrays);
        return NULL;
    }
    Py_BEGIN_ALLOW_THREADS
    for (Py_ssize_t at = 0; at < wanted; at += PIECE)
        decimate_piece(from + 2 * at, sides, pairs, out + at,
                       wanted - at < PIECE ? wanted - at : PIECE);
    Py_END_ALLOW_THREADS
    release_arrays(&arrays);
    Py_RETURN_NONE;
}

PyMethodDef rates_kernels[] = {
    {"decimate", (PyCFunction)(void (*)(void))decimate, METH_FASTCALL, NULL},
    {NULL, NULL, 0, NULL},
};
