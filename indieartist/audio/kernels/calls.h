/* What the kernels that Python calls have in common, beside kernels.h. */
#ifndef INDIEARTIST_CALLS_H
#define INDIEARTIST_CALLS_H

#include "kernels.h"

/* The end of each call: the arrays go back, and None or the error is returned. */
static inline PyObject *finish(Arrays *arrays)
{
    release_arrays(arrays);
    if (PyErr_Occurred())
        return NULL;
    return Py_NewRef(Py_None);
}

static inline void misfit(const char *kernel)
{
    if (!PyErr_Occurred())
        PyErr_Format(PyExc_ValueError, "the arrays of %s do not fit each other", kernel);
}

/* The length of the second dimension of an array, -1 with an error set. */
static inline Py_ssize_t find_columns(PyObject *array)
{
    PyObject *shape = PyObject_GetAttrString(array, "shape");
    PyObject *columns = shape ? PySequence_GetItem(shape, 1) : NULL;
    const Py_ssize_t found = columns ? PyLong_AsSsize_t(columns) : -1;
    Py_XDECREF(shape);
    Py_XDECREF(columns);
    return found;
}

#define KERNEL(name) {#name, (PyCFunction)(void (*)(void))name, METH_FASTCALL, NULL}

#endif
