#include "allocation/detail/lanes.h"

// The sanitizers cannot run before their own start, as the choice of a clone would have to.
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define HUSTINGS_CLONES
#else
#define HUSTINGS_CLONES \
  __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#endif

#pragma clang fp contract(off)

namespace hustings::allocation::detail {

HUSTINGS_CLONES void forward(const RegionShape& shape, const Lanes* chances, Lanes* triangle) {
  triangle[0] = Lanes(1.0);
  for (std::size_t j = 0; j < shape.weights.size(); ++j) {
    const Lanes* from = triangle + shape.begins[j];
    Lanes* to = triangle + shape.begins[j + 1];
    const std::size_t last = shape.reached[j];
    const auto weight = static_cast<std::size_t>(shape.weights[j]);
    const Lanes won = chances[j];
    const Lanes lost = 1.0 - won;
    for (std::size_t k = 0; k <= last + weight; ++k) {
      Lanes sum = Lanes(0.0);
      if (k <= last) sum = lost * from[k];
      if (k >= weight) sum += won * from[k - weight];
      to[k] = sum;
    }
  }
}

HUSTINGS_CLONES void backward(const RegionShape& shape, const Lanes* chances, const Lanes* triangle,
                              const double* value, Lanes* scratch, Lanes* slopes) {
  const std::size_t all = shape.reached[shape.weights.size()];
  for (std::size_t k = 0; k <= all; ++k)
    scratch[k] = Lanes(value[k]);
  for (std::size_t j = shape.weights.size(); j-- > 0;) {
    const Lanes* before = triangle + shape.begins[j];
    const std::size_t last = shape.reached[j];
    const auto weight = static_cast<std::size_t>(shape.weights[j]);
    const Lanes won = chances[j];
    Lanes slope = Lanes(0.0);
    for (std::size_t k = 0; k <= last; ++k) {
      const Lanes gain = scratch[k + weight] - scratch[k];
      slope += before[k] * gain;
      scratch[k] += won * gain;
    }
    slopes[j] = slope;
  }
}

HUSTINGS_CLONES void correlate_add(const Correlation& of, double* out, std::size_t n) {
  std::size_t j = 0;
  for (; j + 4 <= of.taps; j += 4) {
    const double* b = of.b + j;
    const double f0 = of.f[j];
    const double f1 = of.f[j + 1];
    const double f2 = of.f[j + 2];
    const double f3 = of.f[j + 3];
    for (std::size_t k = 0; k < n; ++k)
      out[k] += (f0 * b[k] + f1 * b[k + 1]) + (f2 * b[k + 2] + f3 * b[k + 3]);
  }
  for (; j < of.taps; ++j) {
    const double* b = of.b + j;
    const double f = of.f[j];
    for (std::size_t k = 0; k < n; ++k)
      out[k] += f * b[k];
  }
}

namespace {

[[gnu::always_inline]] inline void load(const double* from, Lanes& to) {
  __builtin_memcpy(&to, from, sizeof to);
}

}  // namespace

HUSTINGS_CLONES void logs_of(double* values, std::size_t n) {
  using Words = long __attribute__((ext_vector_type(8)));
  for (std::size_t i = 0; i < n; i += kLanes) {
    Words bits;
    __builtin_memcpy(&bits, values + i, sizeof bits);
    // x = 2^k (1 + f) with sqrt(1/2) <= 1 + f < sqrt(2).
    const Words shifted = bits - Words(0x3fe6a09e667f3bcdL);
    const Words k = shifted >> 52;
    const Words mantissa = bits - (k << 52);
    Lanes f;
    __builtin_memcpy(&f, &mantissa, sizeof f);
    f -= 1.0;
    const Lanes exponent = __builtin_convertvector(k, Lanes);
    const Lanes s = f / (f + 2.0);
    const Lanes z = s * s;
    const Lanes w = z * z;
    const Lanes odd =
        w * (0.3999999999940941908 + w * (0.2222219843214978396 + w * 0.1531383769920937332));
    const Lanes even =
        z * (0.6666666666666735130 +
             w * (0.2857142874366239149 + w * (0.1818357216161805012 + w * 0.1479819860511658591)));
    const Lanes half = f * f * 0.5;
    const Lanes log =
        exponent * 6.93147180369123816490e-01 -
        ((half - (s * (half + odd + even) + exponent * 1.90821492927058770002e-10)) - f);
    __builtin_memcpy(values + i, &log, sizeof log);
  }
}

HUSTINGS_CLONES void exps_of(double* values, std::size_t n) {
  using Words = long __attribute__((ext_vector_type(8)));
  // A number this large has no room for fractions: what is added to it becomes a whole number, in
  // its last bits.
  constexpr double kWhole = 0x1.8p52;
  for (std::size_t i = 0; i < n; i += kLanes) {
    Lanes x;
    load(values + i, x);
    x = x > -708.0 ? x : Lanes(-708.0);
    x = x < 709.0 ? x : Lanes(709.0);
    // x = k log 2 + r, |r| <= log 2 / 2.
    const Lanes shifted = x * 1.44269504088896338700e+00 + kWhole;
    const Lanes k = shifted - kWhole;
    const Lanes high = x - k * 6.93147180369123816490e-01;
    const Lanes low = k * 1.90821492927058770002e-10;
    const Lanes r = high - low;
    const Lanes t = r * r;
    const Lanes c =
        r - t * (1.66666666666666019037e-01 +
                 t * (-2.77777777770155933842e-03 +
                      t * (6.61375632143793436117e-05 +
                           t * (-1.65339022054652515390e-06 + t * 4.13813679705723846039e-08))));
    const Lanes y = 1.0 - ((low - (r * c) / (2.0 - c)) - high);
    Words bits;
    Words power;
    __builtin_memcpy(&bits, &y, sizeof bits);
    __builtin_memcpy(&power, &shifted, sizeof power);
    bits += power << 52;
    __builtin_memcpy(values + i, &bits, sizeof bits);
  }
}

HUSTINGS_CLONES Usage usage_at(const SaturatingColumns& cells, double log_price) {
  Lanes sum = Lanes(0.0);
  Lanes fall = Lanes(0.0);
  for (std::size_t i = 0; i < cells.size; i += kLanes) {
    Lanes scale;
    Lanes start;
    Lanes low;
    Lanes high;
    load(cells.scale + i, scale);
    load(cells.start + i, start);
    load(cells.low + i, low);
    load(cells.high + i, high);
    const Lanes wish = scale * (start - log_price);
    const auto above = wish > low;
    const auto below = wish < high;
    sum += above ? (below ? wish : high) : low;
    fall += (above & below) ? scale : Lanes(0.0);
  }
  return {
      ((sum[0] + sum[1]) + (sum[2] + sum[3])) + ((sum[4] + sum[5]) + (sum[6] + sum[7])),
      ((fall[0] + fall[1]) + (fall[2] + fall[3])) + ((fall[4] + fall[5]) + (fall[6] + fall[7]))};
}

HUSTINGS_CLONES void spend_at(const SaturatingColumns& cells, double log_price, double* spend) {
  for (std::size_t i = 0; i < cells.size; ++i) {
    const double wish = cells.scale[i] * (cells.start[i] - log_price);
    const double raised = wish > cells.low[i] ? wish : cells.low[i];
    spend[i] = raised < cells.high[i] ? raised : cells.high[i];
  }
}

}  // namespace hustings::allocation::detail
