// Random numbers that are the same on every machine: xoshiro256++ seeded by splitmix64, and only
// integer and plain floating point arithmetic behind it (the standard distributions differ between
// libraries).
#pragma once

#include <array>
#include <cstdint>

namespace hustings::people {

// A good hash of one number, for choices that must not depend on the order of draws.
constexpr std::uint64_t mix(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15u;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

constexpr double unit_of(std::uint64_t bits) { return static_cast<double>(bits >> 11) * 0x1.0p-53; }

class Rng {
 public:
  Rng(std::uint64_t seed, std::uint64_t stream) {
    std::uint64_t x = mix(seed) ^ mix(~stream);
    for (auto& word : state_)
      word = x = mix(x);
  }

  std::uint64_t next() {
    const std::uint64_t result = rotate(state_[0] + state_[3], 23) + state_[0];
    const std::uint64_t shifted = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = rotate(state_[3], 45);
    return result;
  }

  // 0 <= result < n; the bias of at most n / 2^32 does not matter here.
  std::uint32_t below(std::uint32_t n) {
    return static_cast<std::uint32_t>(((next() >> 32) * n) >> 32);
  }
  int between(int low, int high) {
    return low + static_cast<int>(below(static_cast<std::uint32_t>(high - low + 1)));
  }
  double unit() { return unit_of(next()); }
  bool chance(double probability) { return unit() < probability; }

  // Mean 0, deviation 1: the sum of four uniforms, near enough and one draw.
  double normal() {
    const std::uint64_t bits = next();
    const std::uint64_t sum =
        (bits & 0xffff) + ((bits >> 16) & 0xffff) + ((bits >> 32) & 0xffff) + (bits >> 48);
    return (static_cast<double>(sum) / 65536.0 - 2.0) * 1.7320508075688772;
  }

  // An index into weights; they need not sum to 1.
  template <std::size_t N>
  std::size_t pick(const std::array<double, N>& weights) {
    double total = 0;
    for (double weight : weights)
      total += weight;
    double at = unit() * total;
    for (std::size_t i = 0; i + 1 < N; ++i) {
      if (at < weights[i]) return i;
      at -= weights[i];
    }
    return N - 1;
  }

 private:
  static constexpr std::uint64_t rotate(std::uint64_t x, int by) {
    return (x << by) | (x >> (64 - by));
  }
  std::array<std::uint64_t, 4> state_;
};

}  // namespace hustings::people
