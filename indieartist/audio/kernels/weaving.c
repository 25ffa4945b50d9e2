/* Kernels that draw gains, and weave the bands together with theirs; weaving.py says how. */
#include "calls.h"
#include <stdlib.h>
#include <string.h>

#define LEAD 4 /* blocks of gain before and behind what weave_bands mixes */
#define TILE 512 /* samples that are worked on while they lie in the nearest cache */

CLONES static void draw_gain(float *RESTRICT sound, Py_ssize_t frames, const float *RESTRICT knots,
                             Py_ssize_t offset, Py_ssize_t block_frames)
{
    const float scale = 1.0f / (float)block_frames;
    for (Py_ssize_t i = 0; i < frames;) {
        const Py_ssize_t block = (i + offset) / block_frames, within = (i + offset) % block_frames;
        Py_ssize_t run = block_frames - within;
        if (run > frames - i)
            run = frames - i;
        const float from = knots[block], rise = knots[block + 1] - from;
        for (Py_ssize_t j = 0; j < run; j++)
            sound[i + j] *= from + rise * ((float)(within + j) * scale);
        i += run;
    }
}

/* band[i] times the line through `gain`, whose first value lies LEAD blocks before the chunk. */
CLONES static void multiply(const float *RESTRICT band, float *RESTRICT out, Py_ssize_t count,
                            Py_ssize_t early, Py_ssize_t per_block, const float *RESTRICT gain)
{
    Py_ssize_t place = LEAD * per_block - early;
    for (Py_ssize_t i = 0; i < count;) {
        const Py_ssize_t block = place / per_block, within = place % per_block;
        Py_ssize_t run = per_block - within;
        if (run > count - i)
            run = count - i;
        const float from = gain[block], step = (gain[block + 1] - from) / (float)per_block;
        for (Py_ssize_t j = 0; j < run; j++)
            out[i + j] = band[i + j] * (from + step * (float)(within + j));
        i += run;
        place += run;
    }
}

/* Interpolate by 2: even samples stand, odd ones lie between. */
CLONES static void add_doubled(const float *RESTRICT band, Py_ssize_t count, const float *RESTRICT taps,
                               Py_ssize_t many, float *RESTRICT out)
{
    float between[TILE];
    const float *standing = band + many / 2;
    for (Py_ssize_t first = 0; first < count; first += TILE) {
        const Py_ssize_t run = count - first < TILE ? count - first : TILE;
        const float *RESTRICT from = band + first + 1;
        memset(between, 0, sizeof between);
        for (Py_ssize_t t = 0; t < many; t += 2) {
            const float a = taps[2 * t + 1], b = taps[2 * t + 3];
            for (Py_ssize_t i = 0; i < run; i++)
                between[i] += a * from[i + t] + b * from[i + t + 1];
        }
        for (Py_ssize_t i = 0; i < run; i++) {
            out[2 * (first + i)] += standing[first + i];
            out[2 * (first + i) + 1] += between[i];
        }
    }
}

/* The same for 16 taps that are their own mirror image. */
CLONES static void add_doubled_evenly(const float *RESTRICT band, Py_ssize_t count,
                                      const float *RESTRICT taps, float *RESTRICT out)
{
    float between[TILE];
    const float a = taps[1], b = taps[3], c = taps[5], d = taps[7];
    const float e = taps[9], f = taps[11], g = taps[13], h = taps[15];
    for (Py_ssize_t first = 0; first < count; first += TILE) {
        const Py_ssize_t run = count - first < TILE ? count - first : TILE;
        const float *RESTRICT x = band + first + 1;
        for (Py_ssize_t i = 0; i < run; i++)
            between[i] = a * (x[i] + x[i + 15]) + b * (x[i + 1] + x[i + 14]) + c * (x[i + 2] + x[i + 13])
                + d * (x[i + 3] + x[i + 12]) + e * (x[i + 4] + x[i + 11]) + f * (x[i + 5] + x[i + 10])
                + g * (x[i + 6] + x[i + 9]) + h * (x[i + 7] + x[i + 8]);
        for (Py_ssize_t i = 0; i < run; i++) {
            out[2 * (first + i)] += x[i + 7];
            out[2 * (first + i) + 1] += between[i];
        }
    }
}

static int are_even(const float *taps, Py_ssize_t many)
{
    for (Py_ssize_t t = 0; t < many / 2; t++)
        if (taps[2 * t + 1] != taps[2 * (many - 1 - t) + 1])
            return 0;
    return many == 16;
}

CLONES static void add_stretched(const float *RESTRICT band, Py_ssize_t count, const float *RESTRICT taps,
                                 Py_ssize_t many, Py_ssize_t step, float *RESTRICT out)
{
    for (Py_ssize_t i = 0; i < count; i++) {
        float *RESTRICT to = out + i * step;
        for (Py_ssize_t t = 0; t < many; t++) {
            const float sample = band[i + 1 + t];
            for (Py_ssize_t p = 0; p < step; p++)
                to[p] += sample * taps[t * step + p];
        }
    }
}

CLONES static void add_sixteenfold(const float *RESTRICT band, Py_ssize_t count,
                                   const float *RESTRICT taps, Py_ssize_t many, float *RESTRICT out)
{
    for (Py_ssize_t i = 0; i < count; i++) {
        float sum[16];
        memcpy(sum, out + 16 * i, sizeof sum);
        for (Py_ssize_t t = 0; t < many; t++) {
            const float sample = band[i + 1 + t];
            for (int p = 0; p < 16; p++)
                sum[p] += sample * taps[16 * t + p];
        }
        memcpy(out + 16 * i, sum, sizeof sum);
    }
}

static void add_band(const float *band, float *room, Py_ssize_t frames, Py_ssize_t grid,
                     const float *gain, const float *taps, Py_ssize_t many, Py_ssize_t step, float *out)
{
    const Py_ssize_t count = frames / step;
    multiply(band, room, count + many, many / 2, grid / step, gain);
    if (step == 2 && are_even(taps, many))
        add_doubled_evenly(room, count, taps, out);
    else if (step == 2 && many % 2 == 0)
        add_doubled(room, count, taps, many, out);
    else if (step == 16)
        add_sixteenfold(room, count, taps, many, out);
    else
        add_stretched(room, count, taps, many, step, out);
}

static PyObject *weave_bands(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    Arrays arrays = {.count = 0};
    float *bands[3], *room = NULL;
    const float *tables[3];
    Py_ssize_t lengths[3], sizes[3], steps[3] = {1, 0, 0};
    (void)module;
    if (check_count(count, 6) != 0)
        return NULL;
    for (int i = 0; i < 3; i++) {
        bands[i] = take_array(&arrays, arguments[i], 'f', i == 0, &lengths[i]);
        tables[i] = bands[i] ? take_array(&arrays, arguments[i + 3], 'f', 0, &sizes[i]) : NULL;
        if (!tables[i] || (i && (steps[i] = find_columns(arguments[i + 3])) < 1)) {
            misfit("weave_bands");
            return finish(&arrays);
        }
    }
    const Py_ssize_t frames = lengths[0] / 2, edges = sizes[0] / 3, blocks = edges - 1 - 2 * LEAD;
    const Py_ssize_t grid = blocks > 0 ? frames / blocks : 0;
    int fits = grid > 0 && grid * blocks == frames;
    for (int i = 1; fits && i < 3; i++) {
        const Py_ssize_t many = sizes[i] / steps[i];
        fits = grid % steps[i] == 0 && lengths[i] == 2 * (frames / steps[i] + many)
            && many / 2 * steps[i] <= LEAD * grid && many >= 2;
    }
    if (!fits) {
        misfit("weave_bands");
        return finish(&arrays);
    }
    Py_BEGIN_ALLOW_THREADS
    room = malloc((size_t)(lengths[1] > lengths[2] ? lengths[1] : lengths[2]) * sizeof *room);
    for (int channel = 0; room && channel < 2; channel++) {
        float *out = bands[0] + channel * frames;
        draw_gain(out, frames, tables[0] + 2 * edges + LEAD, 0, grid);
        for (int i = 1; i < 3; i++)
            add_band(bands[i] + channel * (lengths[i] / 2), room, frames, grid, tables[0] + (2 - i) * edges,
                     tables[i], sizes[i] / steps[i], steps[i], out);
    }
    free(room);
    Py_END_ALLOW_THREADS
    if (!room)
        PyErr_NoMemory();
    return finish(&arrays);
}

static PyObject *apply_gain(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    Arrays arrays = {.count = 0};
    Py_ssize_t samples = 0, edges = 0;
    (void)module;
    if (check_count(count, 4) != 0)
        return NULL;
    const Py_ssize_t offset = PyLong_AsSsize_t(arguments[2]);
    const Py_ssize_t block_frames = PyLong_AsSsize_t(arguments[3]);
    float *planar = take_array(&arrays, arguments[0], 'f', 1, &samples);
    const float *knots = planar ? take_array(&arrays, arguments[1], 'f', 0, &edges) : NULL;
    if (knots && offset >= 0 && block_frames > 0 && samples / 2 + offset <= (edges - 1) * block_frames) {
        Py_BEGIN_ALLOW_THREADS
        draw_gain(planar, samples / 2, knots, offset, block_frames);
        draw_gain(planar + samples / 2, samples / 2, knots, offset, block_frames);
        Py_END_ALLOW_THREADS
    } else
        misfit("apply_gain");
    return finish(&arrays);
}

PyMethodDef weaving_kernels[] = {KERNEL(weave_bands), KERNEL(apply_gain), {NULL, NULL, 0, NULL}};
