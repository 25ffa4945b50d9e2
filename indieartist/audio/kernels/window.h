/* Planar samples, as the kernels of measuring get them, and loops over the lanes of a vector. */
#ifndef INDIEARTIST_WINDOW_H
#define INDIEARTIST_WINDOW_H

#include "calls.h"
#include <math.h>
#include <stdint.h>

#define MORE(a, b) ((a) > (b) ? (a) : (b))
#define LESS(a, b) ((a) < (b) ? (a) : (b))

/* Sums run in LANES parts side by side, in a fixed order: that fills a vector of any width and
 * gives the same result with all of them. GCC must not unroll these loops, lest it weave them. */
#define LANES 16
#if defined(__GNUC__) && !defined(__clang__)
#define EACH(lane, count) _Pragma("GCC unroll 1") for (int lane = 0; lane < (count); lane++)
#else
#define EACH(lane, count) for (int lane = 0; lane < (count); lane++)
#endif

typedef struct {
    float *samples;
    Py_ssize_t channels, columns;
} Window;

static inline int take_window(Arrays *arrays, PyObject *object, int writable, Window *window)
{
    window->samples = take_array(arrays, object, 'f', writable, NULL);
    if (!window->samples)
        return -1;
    const Py_buffer *view = &arrays->views[arrays->count - 1];
    if (view->ndim != 2 || view->shape[0] < 1) {
        PyErr_SetString(PyExc_ValueError, "a window has channels and columns");
        return -1;
    }
    window->channels = view->shape[0];
    window->columns = view->shape[1];
    return 0;
}

/* Two columns in rising order, the second at least `reach` before the window's end. */
static inline int take_columns(PyObject *object, const Window *window, Py_ssize_t reach,
                               Py_ssize_t *first, Py_ssize_t *end)
{
    if (!PyTuple_Check(object)) {
        PyErr_SetString(PyExc_TypeError, "columns are a tuple: the first, and the one behind the last");
        return -1;
    }
    if (!PyArg_ParseTuple(object, "nn", first, end))
        return -1;
    if (0 <= *first && *first <= *end && *end <= window->columns - reach)
        return 0;
    PyErr_SetString(PyExc_ValueError, "these columns are not in the window");
    return -1;
}

static inline int check_edges(const int64_t *edges, Py_ssize_t count, const Window *window)
{
    int right = count > 0 && edges[0] >= 0 && edges[count - 1] <= window->columns;
    for (Py_ssize_t i = 1; right && i < count; i++)
        right = edges[i - 1] < edges[i];
    if (right)
        return 0;
    PyErr_SetString(PyExc_ValueError, "these edges do not rise within the window");
    return -1;
}

/* The end of a call that gives something. */
static inline PyObject *give(Arrays *arrays, PyObject *result)
{
    release_arrays(arrays);
    return result;
}

/* The end of a call whose arguments are wrong. */
static inline PyObject *refuse(Arrays *arrays, const char *kernel)
{
    misfit(kernel);
    return finish(arrays);
}

#endif
