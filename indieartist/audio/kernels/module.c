/* The extension module `_compiled`: all kernels under one roof. */
#include "kernels.h"

/* Whether a buffer's format says `kind`, with a native or little-endian mark or none. */
static int is_kind(const Py_buffer *view, char kind)
{
    const char *format = view->format ? view->format : "B";
    if (*format == '@' || *format == '=' || *format == '<')
        format++;
    if (format[0] == '\0' || format[1] != '\0')
        return 0;
    if (kind == 'q')
        return view->itemsize == 8 && (*format == 'q' || *format == 'l');
    if (kind == 'i')
        return view->itemsize == 4 && (*format == 'i' || *format == 'l');
    return *format == kind;
}

void *take_array(Arrays *arrays, PyObject *object, char kind, int writable, Py_ssize_t *length)
{
    Py_buffer *view = &arrays->views[arrays->count];
    int flags = PyBUF_C_CONTIGUOUS | PyBUF_FORMAT | (writable ? PyBUF_WRITABLE : 0);
    if (arrays->count == MOST_ARRAYS) {
        PyErr_SetString(PyExc_SystemError, "a kernel takes too many arrays");
        return NULL;
    }
    if (PyObject_GetBuffer(object, view, flags) != 0)
        return NULL;
    arrays->count++;
    if (!is_kind(view, kind)) {
        PyErr_Format(PyExc_TypeError, "a kernel wants items of kind '%c', not '%s'", kind, view->format);
        return NULL;
    }
    if (length)
        *length = view->len / view->itemsize;
    return view->buf;
}

void release_arrays(Arrays *arrays)
{
    while (arrays->count)
        PyBuffer_Release(&arrays->views[--arrays->count]);
}

int check_count(Py_ssize_t given, Py_ssize_t wanted)
{
    if (given == wanted)
        return 0;
    PyErr_Format(PyExc_TypeError, "this kernel takes %zd arguments, not %zd", wanted, given);
    return -1;
}

static int add_kernels(PyObject *module)
{
    PyMethodDef *const all[] = {
        block_peaks_kernels, dither_kernels, dynamics_kernels, limiting_kernels,
        meter_kernels,       packing_kernels, rates_kernels,   spectra_kernels,
        true_peak_kernels,   weaving_kernels, weighting_kernels,
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (PyModule_AddFunctions(module, all[i]) != 0)
            return -1;
    return 0;
}

static PyModuleDef_Slot slots[] = {{Py_mod_exec, add_kernels}, {0, NULL}};

static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "_compiled", "The hot loops, compiled.", 0, NULL, slots, NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit__compiled(void)
{
    return PyModuleDef_Init(&definition);
}
