/* The kernel of true peaks by block; block_peaks.py says what it computes. */
#include "window.h"
#include <string.h>

#define TILE 512 /* samples whose peaks are known before they are gathered by block */
#define MOST_TAPS 64
#define PAIRS 3
#define SUMS (2 * PAIRS + 1)

/* Raise `peaks` to the points between `count` samples, LANES at most, and those after them.
 *
 * The points of one phase and of its mirror image are S + D and S - D, where S is of the taps' even
 * part and D of their odd one: the larger is |S| + |D|. Where not `paired` there is no mirror image.
 */
static inline void raise_point(const float *RESTRICT x, int count, const float *RESTRICT taps,
                               Py_ssize_t many, int paired, float *RESTRICT peaks)
{
    float even[LANES] = {0}, odd[LANES] = {0};
    for (Py_ssize_t k = 0; k < many / 2; k++) {
        const float *RESTRICT near = x + k, *RESTRICT far = x + many - 1 - k;
        const float s = 0.5f * (taps[k] + taps[many - 1 - k]), d = 0.5f * (taps[k] - taps[many - 1 - k]);
        EACH(l, count)
            even[l] += s * (near[l] + far[l]);
        if (paired)
            EACH(l, count)
                odd[l] += d * (near[l] - far[l]);
    }
    EACH(l, count) {
        const float reach = fabsf(even[l]) + fabsf(odd[l]);
        peaks[l] = MORE(reach, peaks[l]);
    }
}

CLONES static void raise_points(const float *RESTRICT x, Py_ssize_t run, const float *RESTRICT taps,
                                Py_ssize_t many, int paired, float *RESTRICT peaks)
{
    Py_ssize_t j = 0;
    for (; j + LANES <= run; j += LANES)
        raise_point(x + j, LANES, taps, many, paired, peaks + j);
    if (j < run)
        raise_point(x + j, (int)(run - j), taps, many, paired, peaks + j);
}

/* As raise_points, for all seven points between samples at once: each sample is loaded once. */
CLONES static void raise_eightfold(const float *RESTRICT x, Py_ssize_t run, const float *RESTRICT parts,
                                   Py_ssize_t many, float *RESTRICT peaks)
{
    float even0[TILE], even1[TILE], even2[TILE], odd0[TILE], odd1[TILE], odd2[TILE], middle[TILE];
    const float *RESTRICT end = x + many - 1;
    const size_t size = (size_t)run * sizeof(float);
    memset(even0, 0, size), memset(even1, 0, size), memset(even2, 0, size);
    memset(odd0, 0, size), memset(odd1, 0, size), memset(odd2, 0, size);
    memset(middle, 0, size);
    for (Py_ssize_t k = 0; k < many / 2; k += 2) {
        const float *p = parts + k * SUMS, *q = p + SUMS;
        const float p0 = p[0], p1 = p[1], p2 = p[2], p3 = p[3], p4 = p[4], p5 = p[5], p6 = p[6];
        const float q0 = q[0], q1 = q[1], q2 = q[2], q3 = q[3], q4 = q[4], q5 = q[5], q6 = q[6];
        for (Py_ssize_t j = 0; j < run; j++) {
            const float a = x[j + k] + end[j - k], b = x[j + k] - end[j - k];
            const float c = x[j + k + 1] + end[j - k - 1], d = x[j + k + 1] - end[j - k - 1];
            even0[j] += p0 * a + q0 * c;
            even1[j] += p1 * a + q1 * c;
            even2[j] += p2 * a + q2 * c;
            middle[j] += p3 * a + q3 * c;
            odd0[j] += p4 * b + q4 * d;
            odd1[j] += p5 * b + q5 * d;
            odd2[j] += p6 * b + q6 * d;
        }
    }
    for (Py_ssize_t j = 0; j < run; j++) {
        const float one = fabsf(even0[j]) + fabsf(odd0[j]), two = fabsf(even1[j]) + fabsf(odd1[j]);
        const float three = fabsf(even2[j]) + fabsf(odd2[j]), four = fabsf(middle[j]);
        const float five = MORE(one, two), six = MORE(three, four), reach = MORE(five, six);
        peaks[j] = MORE(reach, peaks[j]);
    }
}

/* The even and odd parts of the taps, as raise_eightfold takes them: SUMS for each pair of samples. */
static void part_taps(const float *taps, Py_ssize_t many, float *parts)
{
    for (Py_ssize_t k = 0; k < many / 2; k++)
        for (Py_ssize_t p = 0; p <= PAIRS; p++) {
            const float near = taps[p * many + k], far = taps[p * many + many - 1 - k];
            parts[k * SUMS + p] = 0.5f * (near + far);
            if (p < PAIRS)
                parts[k * SUMS + PAIRS + 1 + p] = 0.5f * (near - far);
        }
}

CLONES static void raise_samples(const float *RESTRICT x, Py_ssize_t run, float *RESTRICT peaks)
{
    for (Py_ssize_t j = 0; j < run; j++) {
        const float size = fabsf(x[j]);
        peaks[j] = MORE(size, peaks[j]);
    }
}

/* How many blocks from the first on follow each other without a gap, and fit into a tile. */
static Py_ssize_t count_adjoining(const int64_t *starts, Py_ssize_t count, Py_ssize_t block_frames)
{
    const Py_ssize_t most = LESS(count, TILE / block_frames);
    Py_ssize_t blocks = 1;
    while (blocks < most && starts[blocks] == starts[0] + blocks * block_frames)
        blocks++;
    return blocks;
}

static void find_peaks(const float *stretch, Py_ssize_t length, const int64_t *starts, Py_ssize_t count,
                       Py_ssize_t block_frames, const float *taps, Py_ssize_t points, Py_ssize_t many,
                       float *out)
{
    float peaks[TILE], parts[MOST_TAPS * SUMS];
    const int eightfold = points == PAIRS + 1 && many <= 2 * MOST_TAPS;
    if (eightfold)
        part_taps(taps, many, parts);
    for (Py_ssize_t i = 0; i < count;) {
        const Py_ssize_t blocks = count_adjoining(starts + i, count - i, block_frames);
        const Py_ssize_t run = blocks * block_frames;
        memset(peaks, 0, (size_t)run * sizeof *peaks);
        for (int channel = 0; channel < 2; channel++) {
            const float *x = stretch + channel * length + starts[i];
            raise_samples(x + many / 2 - 1, run, peaks);
            if (eightfold)
                raise_eightfold(x, run, parts, many, peaks);
            for (Py_ssize_t p = 0; !eightfold && p < points; p++)
                raise_points(x, run, taps + p * many, many, p < points - 1, peaks);
        }
        for (Py_ssize_t b = 0; b < blocks; b++, i++) {
            out[i] = 0.0f;
            for (Py_ssize_t j = b * block_frames; j < (b + 1) * block_frames; j++)
                out[i] = MORE(peaks[j], out[i]);
        }
    }
}

static int are_inside(const int64_t *starts, Py_ssize_t count, Py_ssize_t last)
{
    for (Py_ssize_t i = 0; i < count; i++)
        if (starts[i] < 0 || starts[i] > last)
            return 0;
    return 1;
}

static PyObject *find_block_peaks(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    Arrays arrays = {.count = 0};
    Py_ssize_t samples = 0, blocks = 0, size = 0, room = 0;
    (void)module;
    if (check_count(count, 5) != 0)
        return NULL;
    const Py_ssize_t block_frames = PyLong_AsSsize_t(arguments[2]);
    const float *stretch = take_array(&arrays, arguments[0], 'f', 0, &samples);
    const int64_t *starts = stretch ? take_array(&arrays, arguments[1], 'q', 0, &blocks) : NULL;
    const float *taps = starts ? take_array(&arrays, arguments[3], 'f', 0, &size) : NULL;
    float *peaks = taps ? take_array(&arrays, arguments[4], 'f', 1, &room) : NULL;
    const Py_ssize_t many = peaks ? find_columns(arguments[3]) : -1;
    if (many >= 4 && many % 4 == 0 && room == blocks && block_frames > 0 && block_frames <= TILE
        && are_inside(starts, blocks, samples / 2 - block_frames - many + 1)) {
        Py_BEGIN_ALLOW_THREADS
        find_peaks(stretch, samples / 2, starts, blocks, block_frames, taps, size / many, many, peaks);
        Py_END_ALLOW_THREADS
    } else
        misfit("find_block_peaks");
    return finish(&arrays);
}

PyMethodDef block_peaks_kernels[] = {KERNEL(find_block_peaks), {NULL, NULL, 0, NULL}};
