#include "statistics/special.h"

#include <cmath>
#include <numbers>

#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <boost/math/special_functions/zeta.hpp>

namespace hustings::statistics {

namespace bm = boost::math;

double normal_cdf(double x) { return 0.5 * std::erfc(-x / std::numbers::sqrt2); }
double normal_quantile(double p) { return bm::quantile(bm::normal(), p); }

double student_quantile(double p, double df) {
  if (!std::isfinite(df)) return normal_quantile(p);
  return bm::quantile(bm::students_t(df), p);
}

double student_two_sided(double t, double df) {
  if (std::isnan(t)) return t;
  if (!std::isfinite(t)) return 0;
  if (!std::isfinite(df)) return std::erfc(std::abs(t) / std::numbers::sqrt2);
  return 2 * bm::cdf(bm::complement(bm::students_t(df), std::abs(t)));
}

double f_upper(double f, double df1, double df2) {
  if (std::isnan(f)) return f;
  if (f <= 0) return 1;
  if (!std::isfinite(f)) return 0;
  if (!std::isfinite(df2)) return chi_square_upper(f * df1, df1);
  return bm::cdf(bm::complement(bm::fisher_f(df1, df2), f));
}

double chi_square_upper(double x, double df) {
  if (std::isnan(x)) return x;
  if (x <= 0) return 1;
  if (!std::isfinite(x)) return 0;
  return bm::cdf(bm::complement(bm::chi_squared(df), x));
}

double beta_quantile(double p, double a, double b) {
  if (a <= 0) return 0;
  if (b <= 0) return 1;
  return bm::ibeta_inv(a, b, p);
}

double log_beta(double a, double b) { return log_gamma(a) + log_gamma(b) - log_gamma(a + b); }

double log_incomplete_beta(double a, double b, double x) {
  return std::log(bm::ibeta(a, b, x)) + log_beta(a, b);
}

double log_gamma(double x) { return bm::lgamma(x); }
double log_gamma_p(double a, double x) { return std::log(bm::gamma_p(a, x)); }
double zeta(double s) { return bm::zeta(s); }

}  // namespace hustings::statistics
