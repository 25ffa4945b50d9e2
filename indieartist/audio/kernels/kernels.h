/* What the kernels share: arrays taken from Python as plain pointers, and the table of functions.
 *
 * A kernel takes contiguous arrays and numbers, checks them, lets go of the interpreter's lock and
 * loops. Its twin of the same name in NumPy, in the .py file of that name, defines what it computes.
 */
#ifndef INDIEARTIST_KERNELS_H
#define INDIEARTIST_KERNELS_H

#define Py_LIMITED_API 0x030B0000
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#if defined(_MSC_VER)
#define RESTRICT __restrict
#else
#define RESTRICT restrict
#endif

/* Clones for wider vectors, chosen when the library is loaded; a macro, for few compilers can. */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && defined(__linux__)
#define CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define CLONES
#endif

#define MOST_ARRAYS 12

/* The arrays of one call, all released together. */
typedef struct {
    Py_buffer views[MOST_ARRAYS];
    int count;
} Arrays;

/* Take a contiguous array of items of `kind` ('f', 'd', 'i', 'q', 'B'); NULL with an error set. */
void *take_array(Arrays *arrays, PyObject *object, char kind, int writable, Py_ssize_t *length);
void release_arrays(Arrays *arrays);
int check_count(Py_ssize_t given, Py_ssize_t wanted);

extern PyMethodDef block_peaks_kernels[];
extern PyMethodDef dither_kernels[];
extern PyMethodDef dynamics_kernels[];
extern PyMethodDef limiting_kernels[];
extern PyMethodDef meter_kernels[];
extern PyMethodDef packing_kernels[];
extern PyMethodDef rates_kernels[];
extern PyMethodDef spectra_kernels[];
extern PyMethodDef true_peak_kernels[];
extern PyMethodDef weaving_kernels[];
extern PyMethodDef weighting_kernels[];

#endif
