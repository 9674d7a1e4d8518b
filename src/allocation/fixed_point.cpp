#include "allocation/fixed_point.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"

namespace hustings::allocation {
namespace {

constexpr std::size_t kPastMax = 5;
constexpr double kRidge = 1e-13;

/// a x = b for a small symmetric positive matrix with a touch of ridge; x in b's place.
void solve(std::vector<double>& a, std::vector<double>& b) {
  const std::size_t n = b.size();
  double largest = 0;
  for (std::size_t i = 0; i < n; ++i)
    largest = std::max(largest, a[i * n + i]);
  for (std::size_t i = 0; i < n; ++i)
    a[i * n + i] += kRidge * largest + 1e-300;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = i + 1; j < n; ++j) {
      const double factor = a[j * n + i] / a[i * n + i];
      for (std::size_t k = i; k < n; ++k)
        a[j * n + k] -= factor * a[i * n + k];
      b[j] -= factor * b[i];
    }
  }
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t k = i + 1; k < n; ++k)
      b[i] -= a[i * n + k] * b[k];
    b[i] /= a[i * n + i];
  }
}

}  // namespace

void FixedPoint::remember(const std::vector<double>& q, const std::vector<double>& g) {
  Pair pair{q, g};
  for (std::size_t i = 0; i < q.size(); ++i)
    pair.rest[i] -= q[i];
  past_.push_back(std::move(pair));
  if (past_.size() > kPastMax) past_.erase(past_.begin());
}

const std::vector<double>& FixedPoint::last() const {
  static const std::vector<double> kNone;
  return past_.empty() ? kNone : past_.back().q;
}

std::vector<double> FixedPoint::next() const {
  CHECK(!past_.empty());
  const Pair& now = past_.back();
  const std::size_t m = past_.size() - 1;
  const std::size_t n = now.q.size();
  // Differences of the rests: what a step from each past q to the last one changed.
  std::vector<double> normal(m * m);
  std::vector<double> parts(m);
  for (std::size_t a = 0; a < m; ++a) {
    for (std::size_t b = 0; b < m; ++b) {
      for (std::size_t i = 0; i < n; ++i) {
        normal[a * m + b] += (now.rest[i] - past_[a].rest[i]) * (now.rest[i] - past_[b].rest[i]);
      }
    }
    for (std::size_t i = 0; i < n; ++i)
      parts[a] += (now.rest[i] - past_[a].rest[i]) * now.rest[i];
  }
  if (m > 0) solve(normal, parts);
  std::vector<double> q(n);
  for (std::size_t i = 0; i < n; ++i) {
    q[i] = now.q[i] + now.rest[i];
    for (std::size_t a = 0; a < m; ++a) {
      q[i] -= parts[a] * ((now.q[i] - past_[a].q[i]) + (now.rest[i] - past_[a].rest[i]));
    }
    q[i] = std::max(q[i], 0.0);
  }
  return q;
}

}  // namespace hustings::allocation
