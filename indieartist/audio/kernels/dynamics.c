/* Kernels of mastering: the compressor and the bands; dynamics.py says what each computes. */
#include "calls.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LEAD 4 /* blocks of gain before and behind what weave_bands mixes */
#define TILE 512 /* samples that are worked on while they lie in the nearest cache */

/* ---- the compressor ---- */

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

/* ---- gain ---- */

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

/* ---- the bands, woven together ---- */

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

/* ---- dither ---- */

/* Noise between -1 and 1 by its number: the difference of the halves of a word of SplitMix64. */
static inline double draw(unsigned long long seed, unsigned long long number)
{
    unsigned long long word = seed + (number + 1) * 0x9E3779B97F4A7C15ULL;
    word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9ULL;
    word = (word ^ (word >> 27)) * 0x94D049BB133111EBULL;
    word ^= word >> 31;
    const double high = (double)(unsigned int)(word >> 32), low = (double)(unsigned int)word;
    return (high - low) * (1.0 / 4294967296.0);
}

CLONES static void draw_all(unsigned long long seed, unsigned long long first, Py_ssize_t count,
                            double *RESTRICT noise)
{
    for (Py_ssize_t i = 0; i < count; i++)
        noise[i] = draw(seed, first + (unsigned long long)i);
}

static inline double bound(double step, double scale)
{
    const double high = step > scale - 1.0 ? scale - 1.0 : step;
    return high < -scale ? -scale : high;
}

CLONES static void round_all(const float *RESTRICT planar, Py_ssize_t frames, unsigned long long seed,
                             unsigned long long first, int bits, int *RESTRICT rounded)
{
    double noise[2 * TILE];
    const double scale = (double)(1LL << (bits - 1));
    const int unit = 1 << (32 - bits);
    for (Py_ssize_t at = 0; at < frames; at += TILE) {
        const Py_ssize_t run = frames - at < TILE ? frames - at : TILE;
        draw_all(seed, first + 2ULL * (unsigned long long)at, 2 * run, noise);
        for (Py_ssize_t i = 0; i < run; i++) {
            const double left = rint((double)planar[at + i] * scale + noise[2 * i]);
            const double right = rint((double)planar[frames + at + i] * scale + noise[2 * i + 1]);
            rounded[2 * (at + i)] = (int)bound(left, scale) * unit;
            rounded[2 * (at + i) + 1] = (int)bound(right, scale) * unit;
        }
    }
}

/* ---- what Python calls ---- */

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

static PyObject *draw_noise(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    Arrays arrays = {.count = 0};
    Py_ssize_t length = 0;
    (void)module;
    if (check_count(count, 3) != 0)
        return NULL;
    const unsigned long long seed = PyLong_AsUnsignedLongLong(arguments[0]);
    const unsigned long long first = PyErr_Occurred() ? 0 : PyLong_AsUnsignedLongLong(arguments[1]);
    double *noise = PyErr_Occurred() ? NULL : take_array(&arrays, arguments[2], 'd', 1, &length);
    if (noise) {
        Py_BEGIN_ALLOW_THREADS
        draw_all(seed, first, length, noise);
        Py_END_ALLOW_THREADS
    }
    return finish(&arrays);
}

static PyObject *round_dithered(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    Arrays arrays = {.count = 0};
    Py_ssize_t samples = 0, room = 0;
    (void)module;
    if (check_count(count, 5) != 0)
        return NULL;
    const unsigned long long seed = PyLong_AsUnsignedLongLong(arguments[1]);
    const unsigned long long first = PyErr_Occurred() ? 0 : PyLong_AsUnsignedLongLong(arguments[2]);
    const long bits = PyErr_Occurred() ? 0 : PyLong_AsLong(arguments[3]);
    const float *planar = PyErr_Occurred() ? NULL : take_array(&arrays, arguments[0], 'f', 0, &samples);
    int *rounded = planar ? take_array(&arrays, arguments[4], 'i', 1, &room) : NULL;
    if (rounded && room == samples && samples % 2 == 0 && bits > 1 && bits <= 24) {
        Py_BEGIN_ALLOW_THREADS
        round_all(planar, samples / 2, seed, first, (int)bits, rounded);
        Py_END_ALLOW_THREADS
    } else
        misfit("round_dithered");
    return finish(&arrays);
}

PyMethodDef dynamics_kernels[] = {
    KERNEL(square_blocks),
    KERNEL(smooth_level),
    KERNEL(follow_level),
    KERNEL(weave_bands),
    KERNEL(apply_gain),
    KERNEL(draw_noise),
    KERNEL(round_dithered),
    {NULL, NULL, 0, NULL},
};
