/* Kernels of the compressor; dynamics.py says what each computes. */
#include "calls.h"
#include <math.h>

static void smooth(const float *RESTRICT power, Py_ssize_t count, Py_ssize_t reach, float *RESTRICT level)
{
    const double share = 1.0 / (double)(2 * reach + 1);
    double sum = 0.0;
    for (Py_ssize_t i = -reach - 1; i < reach; i++)
        sum += power[i < 0 ? 0 : i >= count ? count - 1 : i];
    for (Py_ssize_t i = 0; i < count; i++) {
        const Py_ssize_t first = i - reach - 1, last = i + reach;
        sum += (double)power[last < count ? last : count - 1] - (double)power[first > 0 ? first : 0];
        level[i] = 10.0f * log10f((float)(sum * share > 1e-20 ? sum * share : 1e-20));
    }
}

static void follow(float *level, Py_ssize_t count, const double *how)
{
    const double threshold = how[0], knee = how[1], slope = how[2], attack = how[3], release = how[4];
    double state = 0.0;
    for (Py_ssize_t i = 0; i < count; i++) {
        const double over = level[i] - threshold, into = over + knee / 2;
        double wanted = 0.0;
        if (into >= knee)
            wanted = over * slope;
        else if (into > 0.0)
            wanted = into * into / (2 * knee) * slope;
        state += (wanted > state ? attack : release) * (wanted - state);
        level[i] = (float)state;
    }
}

/* Squares of both channels added up per block: the inner loop is one block's row of partial sums. */
CLONES static void square(const float *RESTRICT planar, Py_ssize_t frames, Py_ssize_t block_frames,
                          float *RESTRICT power)
{
    const float *RESTRICT right = planar + frames;
    for (Py_ssize_t b = 0; b < frames / block_frames; b++) {
        const float *RESTRICT l = planar + b * block_frames, *RESTRICT r = right + b * block_frames;
        float sums[8] = {0};
        Py_ssize_t i = 0;
        for (; i + 8 <= block_frames; i += 8)
            for (int j = 0; j < 8; j++)
                sums[j] += l[i + j] * l[i + j] + r[i + j] * r[i + j];
        for (; i < block_frames; i++)
            sums[0] += l[i] * l[i] + r[i] * r[i];
        power[b] = ((sums[0] + sums[4]) + (sums[1] + sums[5])) + ((sums[2] + sums[6]) + (sums[3] + sums[7]));
    }
}

static PyObject *square_blocks(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    Arrays arrays = {.count = 0};
    Py_ssize_t samples = 0, blocks = 0;
    (void)module;
    if (check_count(count, 3) != 0)
        return NULL;
    const Py_ssize_t block_frames = PyLong_AsSsize_t(arguments[1]);
    const float *planar = take_array(&arrays, arguments[0], 'f', 0, &samples);
    float *power = planar ? take_array(&arrays, arguments[2], 'f', 1, &blocks) : NULL;
    if (power && block_frames > 0 && samples == 2 * blocks * block_frames) {
        Py_BEGIN_ALLOW_THREADS
        square(planar, samples / 2, block_frames, power);
        Py_END_ALLOW_THREADS
    } else
        misfit("square_blocks");
    return finish(&arrays);
}

static PyObject *smooth_level(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    Arrays arrays = {.count = 0};
    Py_ssize_t blocks = 0, room = 0;
    (void)module;
    if (check_count(count, 3) != 0)
        return NULL;
    const Py_ssize_t reach = PyLong_AsSsize_t(arguments[1]);
    const float *power = take_array(&arrays, arguments[0], 'f', 0, &blocks);
    float *level = power ? take_array(&arrays, arguments[2], 'f', 1, &room) : NULL;
    if (level && room == blocks && reach >= 0) {
        Py_BEGIN_ALLOW_THREADS
        smooth(power, blocks, reach, level);
        Py_END_ALLOW_THREADS
    } else
        misfit("smooth_level");
    return finish(&arrays);
}

static PyObject *follow_level(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    Arrays arrays = {.count = 0};
    Py_ssize_t blocks = 0, numbers = 0;
    (void)module;
    if (check_count(count, 2) != 0)
        return NULL;
    float *level = take_array(&arrays, arguments[0], 'f', 1, &blocks);
    const double *how = level ? take_array(&arrays, arguments[1], 'd', 0, &numbers) : NULL;
    if (how && numbers == 5) {
        Py_BEGIN_ALLOW_THREADS
        follow(level, blocks, how);
        Py_END_ALLOW_THREADS
    } else
        misfit("follow_level");
    return finish(&arrays);
}

PyMethodDef dynamics_kernels[] = {
    KERNEL(square_blocks),
    KERNEL(smooth_level),
    KERNEL(follow_level),
    {NULL, NULL, 0, NULL},
};
