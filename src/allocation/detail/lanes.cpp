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
