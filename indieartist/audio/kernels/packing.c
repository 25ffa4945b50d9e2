/* Kernels of samples of three bytes, as files hold them; packing.py says what each computes. */
#include "calls.h"
#include <stdint.h>

CLONES static void pack(const int32_t *RESTRICT samples, Py_ssize_t count, uint8_t *RESTRICT packed)
{
    for (Py_ssize_t i = 0; i < count; i++) {
        const uint32_t sample = (uint32_t)samples[i];
        packed[3 * i] = (uint8_t)(sample >> 8);
        packed[3 * i + 1] = (uint8_t)(sample >> 16);
        packed[3 * i + 2] = (uint8_t)(sample >> 24);
    }
}

CLONES static void unpack(const uint8_t *RESTRICT packed, Py_ssize_t count, int32_t *RESTRICT samples)
{
    for (Py_ssize_t i = 0; i < count; i++) {
        const uint32_t low = packed[3 * i], middle = packed[3 * i + 1], high = packed[3 * i + 2];
        samples[i] = (int32_t)(low << 8 | middle << 16 | high << 24);
    }
}

static PyObject *pack_24(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    Arrays arrays = {.count = 0};
    Py_ssize_t wanted = 0, bytes = 0;
    (void)module;
    if (check_count(count, 2) != 0)
        return NULL;
    const int32_t *samples = take_array(&arrays, arguments[0], 'i', 0, &wanted);
    uint8_t *packed = samples ? take_array(&arrays, arguments[1], 'B', 1, &bytes) : NULL;
    if (packed && bytes == 3 * wanted) {
        Py_BEGIN_ALLOW_THREADS
        pack(samples, wanted, packed);
        Py_END_ALLOW_THREADS
    } else
        misfit("pack_24");
    return finish(&arrays);
}

static PyObject *unpack_24(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    Arrays arrays = {.count = 0};
    Py_ssize_t wanted = 0, bytes = 0;
    (void)module;
    if (check_count(count, 2) != 0)
        return NULL;
    const uint8_t *packed = take_array(&arrays, arguments[0], 'B', 0, &bytes);
    int32_t *samples = packed ? take_array(&arrays, arguments[1], 'i', 1, &wanted) : NULL;
    if (samples && bytes == 3 * wanted) {
        Py_BEGIN_ALLOW_THREADS
        unpack(packed, wanted, samples);
        Py_END_ALLOW_THREADS
    } else
        misfit("unpack_24");
    return finish(&arrays);
}

PyMethodDef packing_kernels[] = {KERNEL(pack_24), KERNEL(unpack_24), {NULL, NULL, 0, NULL}};
