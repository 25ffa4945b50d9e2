/* Kernels of measuring; meter.py says what each computes. */
#include "kernels.h"

CLONES static int part_channels(const int *RESTRICT block, float *RESTRICT planar, Py_ssize_t frames,
                                Py_ssize_t channels)
{
    const float scale = 1.0f / 2147483648.0f;
    int mask = 0;
    if (channels == 2) {
        float *RESTRICT left = planar, *RESTRICT right = planar + frames;
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
            planar[c * frames + i] = (float)block[i * channels + c] * scale;
        }
    return mask;
}

static PyObject *deinterleave(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    Arrays arrays = {.count = 0};
    Py_ssize_t samples = 0, room = 0;
    int mask = 0;
    (void)module;
    if (check_count(count, 3) != 0)
        return NULL;
    const Py_ssize_t channels = PyLong_AsSsize_t(arguments[2]);
    const int *block = take_array(&arrays, arguments[0], 'i', 0, &samples);
    float *planar = block ? take_array(&arrays, arguments[1], 'f', 1, &room) : NULL;
    if (planar && (channels < 1 || samples % channels != 0 || room != samples))
        PyErr_SetString(PyExc_ValueError, "the arrays of deinterleave do not fit each other");
    if (PyErr_Occurred()) {
        release_arrays(&arrays);
        return NULL;
    }
    Py_BEGIN_ALLOW_THREADS
    mask = part_channels(block, planar, samples / channels, channels);
    Py_END_ALLOW_THREADS
    release_arrays(&arrays);
    return PyLong_FromLong(mask);
}

PyMethodDef meter_kernels[] = {
    {"deinterleave", (PyCFunction)(void (*)(void))deinterleave, METH_FASTCALL, NULL},
    {NULL, NULL, 0, NULL},
};
